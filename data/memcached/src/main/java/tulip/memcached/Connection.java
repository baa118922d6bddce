// SPDX-License-Identifier: Apache-2.0
package tulip.memcached;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tulip.core.EventLoop;
import tulip.core.Task;
import tulip.core.Tulip;
import tulip.core.sync.Event;
import tulip.memcached.protocol.Reply;
import tulip.memcached.protocol.ReplyDecoder;
import tulip.memcached.protocol.RequestEncoder;
import tulip.net.ByteStream;
import tulip.pipelining.Pipeline;
import tulip.pipelining.PipelineLimits;
import tulip.pool.ConnectionLostException;

/// One connection, shared by all tasks: requests are sent as they come, and their replies come in
/// the same order.
///
/// A task of its own connects, so that no caller's cancellation touches the others.
final class Connection {
  private final Endpoint endpoint;
  private final MemcachedOptions options;
  private final Consumer<Connection> onEnd;
  private final RequestEncoder encoder;
  private final Event decided = new Event();
  private final Task<?> opener;

  private @Nullable Pipeline<Reply> pipeline;
  private @Nullable IOException failure;

  /// Begins to connect. In a task.
  ///
  /// @param onEnd is told once that it is over, or that nothing came of it
  Connection(Endpoint endpoint, MemcachedOptions options, Consumer<Connection> onEnd) {
    this.endpoint = endpoint;
    this.options = options;
    this.onEnd = onEnd;
    encoder = new RequestEncoder(options.keys());
    opener = EventLoop.current().createTask("connect to memcached at " + endpoint, this::open);
  }

  // The beginning.

  private void open() {
    try {
      var stream = Tulip.timeout(options.connectTimeout(), this::connect);
      pipeline = pipeline(stream);
    } catch (TimeoutException e) {
      fail(
          (IOException)
              new SocketTimeoutException("connecting took longer than " + options.connectTimeout())
                  .initCause(e));
    } catch (IOException e) {
      fail(e);
    } finally {
      if (pipeline == null) {
        fail(new IOException("the client was closed"));
      }
      decided.set();
    }
  }

  private ByteStream connect() throws IOException {
    var longest = options.limits().value() + 2 * ReplyDecoder.MAX_LINE;
    var stream = endpoint.connect(PipelineLimits.stream(longest));
    boolean done = false;
    try {
      if (options.tls() != null) {
        stream.startTls(options.tls(), endpoint.host());
      }
      if (options.credentials() != null) {
        new Login(options.credentials()).run(stream);
      }
      done = true;
      return stream;
    } finally {
      if (!done) {
        stream.abort();
      }
    }
  }

  private Pipeline<Reply> pipeline(ByteStream stream) {
    var limits = options.limits();
    return Pipeline.open(
        "memcached at " + endpoint,
        stream,
        new MemcachedDialect(limits.value(), () -> onEnd.accept(this)),
        new PipelineLimits(limits.pending(), limits.unsent(), options.replyTimeout()));
  }

  private void fail(IOException why) {
    if (failure == null) {
      failure = why;
      onEnd.accept(this);
    }
  }

  // Asking.

  boolean isEnded() {
    return failure() != null;
  }

  /// Why it has ended; `null` if it has not.
  @Nullable IOException failure() {
    return pipeline == null ? failure : pipeline.loss();
  }

  /// Whether the server has ever replied.
  boolean hasServed() {
    return pipeline != null && pipeline.received() > 0;
  }

  /// Waits until a request may be sent.
  ///
  /// @throws ConnectionLostException if there is no connection
  void awaitRoom() throws IOException {
    if (pipeline == null) {
      decided.await();
    }
    if (failure != null) {
      throw new ConnectionLostException(
          "no connection to " + endpoint + ": " + failure.getMessage(), false, failure);
    }
    pipeline().awaitRoom(Duration.ZERO);
  }

  /// Sends a meta command. Does not wait.
  Exchange send(Request request) throws IOException {
    request.encode(encoder);
    return sent(new Exchange(endpoint, request.command()));
  }

  /// Sends a classic command. Does not wait.
  Listing sendLine(String words) throws IOException {
    encoder.line(words);
    return sent(new Listing(endpoint, options.limits().lines()));
  }

  private <T extends Exchange> T sent(T call) throws IOException {
    if (encoder.isLarge()) {
      pipeline().send(call, encoder.parts());
    } else {
      pipeline().send(call, encoder.buffer());
    }
    return call;
  }

  private Pipeline<Reply> pipeline() {
    return Objects.requireNonNull(pipeline);
  }

  // The end.

  void close() {
    var why = new IOException("the client was closed");
    if (pipeline != null) {
      pipeline.lose(why);
    } else {
      fail(why);
      opener.taskScope().cancel("the client was closed");
    }
  }

  @Override
  public String toString() {
    return "memcached at " + endpoint;
  }
}
