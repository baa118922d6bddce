// SPDX-License-Identifier: Apache-2.0
package tulip.memcached;

import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tulip.bytes.ByteQueue;
import tulip.bytes.MalformedException;
import tulip.core.EventLoop;
import tulip.core.Task;
import tulip.core.TimerHandle;
import tulip.core.Tulip;
import tulip.core.sync.Event;
import tulip.core.sync.Lock;
import tulip.memcached.protocol.Reply;
import tulip.memcached.protocol.ReplyDecoder;
import tulip.memcached.protocol.RequestEncoder;
import tulip.net.ByteStream;
import tulip.net.StreamLimits;
import tulip.pool.ConnectionLostException;

/// One connection, shared by all tasks: requests are sent as they come, and their replies come in
/// the same order.
///
/// A task of its own connects and reads, so that no caller's cancellation touches the others: who
/// is cancelled leaves its [Call] in the line, and the reply goes there. Sending never waits, so
/// that the order in the line is the order on the wire; who must wait does so before, in
/// [#awaitRoom].
final class Connection {
  private final EventLoop loop = EventLoop.current();
  private final Endpoint endpoint;
  private final MemcachedOptions options;
  private final Consumer<Connection> onEnd;
  private final RequestEncoder encoder;
  private final ReplyDecoder decoder;
  private final ArrayDeque<Call> pending = new ArrayDeque<>();
  private final Event decided = new Event();
  private final Lock line = new Lock();
  private final Event room = new Event();
  private final Task<?> reader;

  private @Nullable ByteStream stream;
  private @Nullable IOException end;
  private @Nullable TimerHandle watch;
  private long replies;

  /// Begins to connect. In a task.
  ///
  /// @param onEnd is told once that it is over, or that nothing came of it
  Connection(Endpoint endpoint, MemcachedOptions options, Consumer<Connection> onEnd) {
    this.endpoint = endpoint;
    this.options = options;
    this.onEnd = onEnd;
    encoder = new RequestEncoder(options.keys());
    decoder = new ReplyDecoder(options.limits().value());
    reader = loop.createTask("memcached " + endpoint, this::run);
  }

  // Asking.

  boolean isEnded() {
    return end != null;
  }

  /// Whether the server has ever replied.
  boolean hasServed() {
    return replies > 0;
  }

  /// Waits until a request may be sent.
  ///
  /// @throws ConnectionLostException if there is no connection
  void awaitRoom() throws IOException {
    if (stream == null) {
      decided.await();
    }
    if (isFull() || line.isLocked()) {
      line.run(this::awaitLess);
    }
    if (end != null) {
      throw lost(false);
    }
  }

  private void awaitLess() {
    while (isFull()) {
      room.clear();
      room.await();
    }
  }

  private boolean isFull() {
    var limits = options.limits();
    return end == null
        && (pending.size() >= limits.pending() || stream().unsent() >= limits.unsent());
  }

  /// Sends a meta command. Does not wait.
  Call send(Task<?> task, Request request) throws IOException {
    request.encode(encoder);
    return sent(new Call(this, task, request.command()));
  }

  /// Sends a classic command. Does not wait.
  Listing sendLine(Task<?> task, String words) throws IOException {
    encoder.line(words);
    return sent(new Listing(this, task, options.limits().lines()));
  }

  private <T extends Call> T sent(T call) throws IOException {
    try {
      if (encoder.isLarge()) {
        stream().writeAll(encoder.parts());
      } else {
        stream().write(encoder.buffer());
      }
    } catch (IOException e) {
      end(e);
      throw lost(true);
    }
    pending.add(call);
    if (watch == null) {
      watch();
    }
    return call;
  }

  /// The failure for one of many tasks, whose stack it has.
  ConnectionLostException lost(boolean maybeExecuted) {
    var why = Objects.requireNonNull(end);
    return new ConnectionLostException(
        "no connection to "
            + endpoint
            + (maybeExecuted ? " any more, and the request may have been executed" : "")
            + ": "
            + why.getMessage(),
        maybeExecuted,
        why);
  }

  // Reading.

  private @Nullable Void run() {
    try {
      var opened = Tulip.timeout(options.connectTimeout(), this::open);
      stream = opened;
      decided.set();
      read(opened);
    } catch (TimeoutException e) {
      end(timedOut("connecting took longer than " + options.connectTimeout(), e));
    } catch (MalformedException e) {
      end(protocolError(e));
    } catch (IOException e) {
      end(e);
    } finally {
      end(new IOException("the client was closed"));
      release();
    }
    return null;
  }

  private ByteStream open() throws IOException {
    var limits =
        new StreamLimits(
            options.limits().value() + 2 * ReplyDecoder.MAX_LINE,
            Integer.MAX_VALUE, // who writes waits in awaitRoom
            Duration.ZERO);
    var opened = endpoint.connect(limits);
    boolean done = false;
    try {
      if (options.tls() != null) {
        opened.startTls(options.tls(), endpoint.host());
      }
      if (options.credentials() != null) {
        new Login(options.credentials()).run(opened);
      }
      done = true;
      return opened;
    } finally {
      if (!done) {
        opened.abort();
      }
    }
  }

  private void read(ByteStream in) throws IOException, MalformedException {
    do {
      deliverAll(in.input());
      if (line.isLocked() && !isFull()) {
        room.set();
      }
    } while (in.fill());
    throw new EOFException("the server has closed the connection");
  }

  private void deliverAll(ByteQueue input) throws MalformedException {
    for (Reply reply; (reply = decoder.decode(input)) != null; ) {
      var call = pending.peek();
      if (call == null) {
        throw new MalformedException("the server says something unasked: " + reply);
      }
      replies++;
      if (call.accept(reply)) {
        pending.remove();
      }
      if (reply instanceof Reply.Failure failure && !failure.isInStep()) {
        throw new MalformedException("the server did not understand: " + failure);
      }
    }
  }

  /// Gives the connection up if the server keeps silent: one timer for all calls.
  private void watch() {
    long seen = replies;
    watch = loop.callLater(options.replyTimeout(), () -> checkProgress(seen));
  }

  private void checkProgress(long seen) {
    watch = null;
    if (pending.isEmpty()) {
      return;
    }
    if (replies == seen) {
      end(timedOut("no reply within " + options.replyTimeout(), null));
    } else {
      watch();
    }
  }

  private static IOException timedOut(String message, @Nullable Throwable cause) {
    return (IOException) new SocketTimeoutException(message).initCause(cause);
  }

  private static IOException protocolError(MalformedException cause) {
    return (IOException) new ProtocolException(cause.getMessage()).initCause(cause);
  }

  // The end.

  private ByteStream stream() {
    return Objects.requireNonNull(stream);
  }

  void close() {
    end(new IOException("the client was closed"));
    reader.taskScope().cancel("the client was closed");
  }

  /// All that wait fail. Does nothing the second time.
  private void end(IOException why) {
    if (end != null) {
      return;
    }
    end = why;
    if (watch != null) {
      watch.cancel();
    }
    release();
    onEnd.accept(this);
    decided.set();
    room.set();
    pending.forEach(call -> call.fail(why));
    pending.clear();
  }

  private void release() {
    if (stream != null) {
      stream.abort();
    }
  }

  @Override
  public String toString() {
    return "memcached at " + endpoint;
  }
}
