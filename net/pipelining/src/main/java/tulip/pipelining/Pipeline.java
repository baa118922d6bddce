// SPDX-License-Identifier: Apache-2.0
package tulip.pipelining;

import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;
import tulip.core.Action;
import tulip.core.EventLoop;
import tulip.core.TimerHandle;
import tulip.core.Tulip;
import tulip.core.sync.Event;
import tulip.core.sync.Lock;
import tulip.net.ByteStream;

/// A connection to a server that answers in the order of the requests, for any number of tasks.
///
/// ```java
/// pipeline.awaitRoom(limit);
/// pipeline.send(call, request);   // nothing that waits stands between these two
/// call.await();
/// ```
///
/// What tasks send in one iteration leaves in one write. A task of its own reads, and gives each
/// message to the first [Call] to which a reply is owed, whether somebody still waits for it or
/// not: cancellation and lateness never shift a reply to another call.
///
/// Once it is lost a pipeline stays so. All methods are for the loop that it was opened on.
///
/// @param <R> a message of the server
public final class Pipeline<R> {
  private static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);

  private final EventLoop loop = EventLoop.current();
  private final String server;
  private final ByteStream stream;
  private final Dialect<R> dialect;
  private final PipelineLimits limits;
  private final Owed<R> owed = new Owed<>(this::late);

  /// Those who wait for room, one behind the other.
  private final Lock line = new Lock();

  /// Set when there may be room, or quiet, for those who wait for it.
  private final Event progress = new Event();

  private final Event ended = new Event();
  private @Nullable IOException loss;
  private @Nullable TimerHandle watch;

  /// Whether a task is in the midst of a large write. Whoever would join it and be cancelled before
  /// its bytes are taken would have a place among the replies and none among the requests.
  private boolean writing;

  private long written;
  private long received;

  private Pipeline(String server, ByteStream stream, Dialect<R> dialect, PipelineLimits limits) {
    this.server = server;
    this.stream = stream;
    this.dialect = dialect;
    this.limits = limits;
    progress.set();
  }

  /// Begins to read from a stream, which is the pipeline's from now on. On a loop.
  ///
  /// @param server what it is called in messages
  /// @param stream one with [PipelineLimits#stream]
  /// @throws IllegalArgumentException if writing to the stream could wait
  public static <R> Pipeline<R> open(
      String server, ByteStream stream, Dialect<R> dialect, PipelineLimits limits) {
    if (stream.limits().output() < Integer.MAX_VALUE) {
      throw new IllegalArgumentException("the stream below a pipeline has no limit of output");
    }
    var pipeline = new Pipeline<>(server, stream, dialect, limits);
    pipeline.loop.createTask("read from " + server, pipeline::read);
    return pipeline;
  }

  // Sending.

  private boolean hasRoom() {
    return loss != null
        || (!writing && owed.size() < limits.calls() && stream.unsent() < limits.unsent());
  }

  /// Waits until a request may be sent. In a task.
  ///
  /// @param limit how long, zero for as long as it takes
  /// @throws IOException if it takes longer, or the connection is lost; made by [Dialect#failure]
  /// @throws tulip.core.Cancelled if the task was cancelled; nothing was sent
  /// @throws IllegalStateException on another loop
  public void awaitRoom(Duration limit) throws IOException {
    if (!loop.inLoop()) {
      throw new IllegalStateException(
          "the connection to %s belongs to %s: go there with submit or callSoonThreadSafe"
              .formatted(server, loop));
    }
    if (line.isLocked() || !hasRoom()) {
      awaitTurn(limit);
    }
    checkOpen();
  }

  private void awaitTurn(Duration limit) throws IOException {
    try {
      Tulip.timeout(limit.isZero() ? FOREVER : limit, () -> line.run(this::awaitLess));
    } catch (TimeoutException e) {
      throw dialect.failure(
          "the connection to %s has had no room for a request within %s, it was not sent"
              .formatted(server, limit),
          false,
          null);
    }
  }

  private void awaitLess() {
    while (!hasRoom()) {
      awaitProgress();
    }
  }

  private void progressed() {
    if (!progress.isSet()) {
      progress.set();
    }
  }

  private void awaitProgress() {
    progress.clear();
    progress.await();
  }

  private void checkOpen() throws IOException {
    if (loss != null) {
      throw dialect.failure(
          "there is no connection to " + server + ", the request was not sent: " + reason(loss),
          false,
          loss);
    }
  }

  /// Sends a request; see [#awaitRoom]. Others may have their turns meanwhile if it is large, and
  /// it is sent whole even if the task is cancelled then.
  ///
  /// @throws IOException if the connection is lost; made by [Dialect#failure]
  public void send(Call<R> call, ByteBuffer request) throws IOException {
    send(call, request.remaining(), () -> stream.write(request));
  }

  /// Sends a request in several pieces; see [#awaitRoom].
  ///
  /// @throws IOException if the connection is lost; made by [Dialect#failure]
  public void send(Call<R> call, List<Bytes> request) throws IOException {
    long size = request.stream().mapToLong(Bytes::length).sum();
    send(call, size, () -> stream.writeAll(request));
  }

  private void send(Call<R> call, long size, Action<IOException> write) throws IOException {
    checkOpen();
    add(call, size);
    write(write);
  }

  private void write(Action<IOException> write) {
    writing = true;
    try {
      write.run();
    } catch (IOException e) {
      lose(e);
    } finally {
      writing = false;
      progressed();
    }
  }

  /// Sends more of the request that was sent last, as [#send(Call, ByteBuffer)] does; nobody may
  /// have sent another one since.
  ///
  /// @throws IOException if the connection is lost; made by [Dialect#failure]
  public void sendMore(Call<R> call, ByteBuffer more) throws IOException {
    checkOpen();
    written += more.remaining();
    call.end = written;
    write(() -> stream.write(more));
  }

  /// Waits while more waits for the server to take it than the limits allow: between the parts of a
  /// request, to which nobody answers. In a task.
  ///
  /// @throws IOException if the connection is lost; made by [Dialect#failure]
  public void awaitSent() throws IOException {
    if (stream.unsent() >= limits.unsent()) {
      try {
        stream.flush();
      } catch (IOException e) {
        lose(e);
      }
      checkOpen();
    }
  }

  private void add(Call<R> call, long size) {
    written += size;
    call.end = written;
    owed.add(call);
    if (watch == null && limits.silence().isPositive()) {
      watch();
    }
  }

  // Reading.

  private void read() {
    try {
      do {
        deliverAll();
        progressed();
        dialect.awaitDemand();
      } while (stream.fill());
      lose(new EOFException("the server has closed the connection"));
    } catch (IOException e) {
      lose(e);
    } finally {
      lose(new IOException("nobody reads any more")); // the loop ends, or the dialect has failed
    }
  }

  private void deliverAll() throws IOException {
    for (R message; (message = dialect.decode(stream.input())) != null; ) {
      received++;
      var call = owed.first();
      if (!dialect.takeUnasked(message, call)) {
        deliver(message, call);
      }
    }
  }

  private void deliver(R message, @Nullable Call<R> call) throws IOException {
    if (call == null) {
      throw new ProtocolException("the server answers what nobody has asked: " + message);
    }
    if (call.accept(message)) {
      owed.removeFirst();
      call.answered();
    }
  }

  /// How many calls wait for their replies; those are among them that nobody waits for any more.
  public int pending() {
    return owed.size();
  }

  /// How many messages have come.
  public long received() {
    return received;
  }

  // Time.

  private void late(Call<R> call) {
    if (call.end > sent()) {
      lose(new SocketTimeoutException("it has not taken a request within the time for one"));
    } else {
      call.fail(() ->
          dialect.failure(
              server + " has not answered in time, the request may have been executed",
              true,
              null));
    }
  }

  /// One timer for all calls.
  private void watch() {
    long seen = received;
    watch = loop.callLater(limits.silence(), () -> checkProgress(seen));
  }

  private void checkProgress(long seen) {
    watch = null;
    if (owed.isEmpty()) {
      return;
    }
    if (received == seen) {
      lose(new SocketTimeoutException("no reply within " + limits.silence()));
    } else {
      watch();
    }
  }

  // The end.

  /// Ends the connection at once; calls that wait fail. Does nothing the second time.
  ///
  /// @param why what they are told
  public void lose(IOException why) {
    if (loss != null) {
      return;
    }
    loss = why;
    long sent = sent();
    stream.abort();
    if (watch != null) {
      watch.cancel();
    }
    dialect.lost();
    for (var call : owed.removeAll()) {
      call.fail(call.end <= sent ? () -> lost(true, why) : () -> lost(false, why));
    }
    progress.set();
    ended.set();
  }

  private IOException lost(boolean maybeExecuted, IOException why) {
    return dialect.failure(
        "the connection to %s was lost, the request %s been executed: %s"
            .formatted(server, maybeExecuted ? "may have" : "has not", reason(why)),
        maybeExecuted,
        why);
  }

  private static String reason(IOException why) {
    var message = why.getMessage();
    return message == null ? why.toString() : message;
  }

  /// How many bytes have left this process: a request that ends behind them was not executed.
  private long sent() {
    return written - stream.unsent();
  }

  /// Whether it can be used.
  public boolean isOpen() {
    return loss == null;
  }

  /// Why it was lost; `null` if it was not.
  public @Nullable IOException loss() {
    return loss;
  }

  /// Waits until no reply is owed, or the connection is lost. In a task.
  public void awaitQuiet() {
    while (!owed.isEmpty()) {
      awaitProgress();
    }
  }

  /// Waits until the connection is lost. In a task.
  ///
  /// @throws IOException why it was lost
  public void awaitLost() throws IOException {
    ended.await();
    if (loss != null) {
      throw loss;
    }
  }

  @Override
  public String toString() {
    return "connection to " + server;
  }
}
