// SPDX-License-Identifier: Apache-2.0
package tulip.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import tulip.bytes.ByteQueue;
import tulip.bytes.Bytes;
import tulip.core.EventLoop;
import tulip.core.Tulip;
import tulip.core.spi.ResourceTracker;
import tulip.net.spi.Buffers;
import tulip.net.spi.Wire;

/// Bytes in both directions, in straight-line code: a TCP connection, a Unix socket, TLS, a pipe, a
/// pair in memory.
///
/// ```java
/// try (var stream = Tcp.connect("localhost", 7)) {
///   stream.write("hello\n");
///   System.out.println(stream.readLine());
/// }
/// ```
///
/// **Reading** waits until there is something. Received bytes gather in [#input]; a codec asks
/// there and calls [#fill] for more, everybody else uses the methods that read so many bytes, a
/// line, or up to a separator. A read that is cancelled has taken nothing. Between messages a
/// stream holds no buffer. One task at a time may read.
///
/// **Writing** returns at once while little waits for the peer, and else waits: see
/// [StreamLimits#output]. What the tasks of one iteration write leaves in one piece. Any number of
/// tasks may write; each write is sent whole or not at all, also if it is cancelled. The bytes
/// leave by themselves; who must know that they have left calls [#flush].
///
/// **Turns**: a read or write that need not wait returns at once; but after 64 KiB read or 256 KiB
/// written without a wait the other tasks have their turns first.
///
/// **Errors** are the JDK's [IOException]s. A write that fails later than it was called fails the
/// next one, or [#close].
///
/// A stream belongs to the loop that it was made on; all methods are for that loop's tasks, and
/// those that do not wait for its callbacks too.
public final class ByteStream implements AutoCloseable {
  private static final int CHUNK = Buffers.SIZE;

  /// Who has read so much without a wait lets the other tasks have their turns.
  private static final int BURST = Buffers.SIZE;

  private final StreamLimits limits;
  private final ByteQueue input;
  private final Output output;
  private final ResourceTracker tracker = EventLoop.currentTracker();

  private Wire wire;
  private boolean reading;

  /// The last read has found less than it could have taken: there is nothing more at the moment.
  private boolean drained;

  /// How many bytes were read since the other tasks had their turns.
  private int burst;

  private boolean ended;
  private boolean closed;
  private boolean detached;
  private @Nullable Map<Attribute<?>, Object> facts;

  /// A stream over a wire, with the usual limits. On a loop.
  public ByteStream(Wire wire) {
    this(wire, StreamLimits.DEFAULT);
  }

  /// A stream over a wire. On a loop.
  public ByteStream(Wire wire, StreamLimits limits) {
    this.wire = wire;
    this.limits = limits;
    input = new ByteQueue(Buffers.UNLIMITED, Buffers.pool());
    output = new Output(wire, limits.output());
    tracker.opened(this);
  }

  /// A stream over a connected socket, TCP or Unix, that somebody else has made. The socket becomes
  /// the stream's, and non-blocking; it is closed if that fails. On a loop.
  ///
  /// @throws java.nio.channels.NotYetConnectedException if it is not connected
  /// @throws IOException if it is closed already
  public static ByteStream over(SocketChannel socket, StreamLimits limits) throws IOException {
    return new ByteStream(SocketWire.of(EventLoop.current(), socket), limits);
  }

  /// Two streams, each of which reads what is written to the other. On a loop.
  public static Pair pair() {
    return pair(StreamLimits.DEFAULT);
  }

  /// Two streams in memory, with limits.
  public static Pair pair(StreamLimits limits) {
    var wires = MemoryWire.pair(limits.output());
    return new Pair(new ByteStream(wires.near(), limits), new ByteStream(wires.far(), limits));
  }

  /// Two ends.
  ///
  /// @param near one
  /// @param far the other
  public record Pair(ByteStream near, ByteStream far) {}

  // Reading, for codecs.

  /// What was received and not taken yet. Whoever takes bytes out has read them.
  public ByteQueue input() {
    return input;
  }

  /// Waits for more bytes in [#input].
  ///
  /// @return whether there are more; false at the end of what the peer sends
  /// @throws LimitOverrunException if as much waits there as [StreamLimits#input] allows
  /// @throws IOException if the connection breaks
  /// @throws IllegalStateException if another task is reading
  public boolean fill() throws IOException {
    if (input.size() >= limits.input()) {
      throw new LimitOverrunException("what is to be read", limits.input());
    }
    return fill(limits.input() - input.size());
  }

  /// Takes what has come into [#input], without waiting. Nothing if the stream is closed, another
  /// task is reading, or the input is full.
  ///
  /// @return whether there are more bytes there
  /// @throws IOException if the connection breaks
  public boolean tryFill() throws IOException {
    int room = limits.input() - input.size();
    if (closed || reading || ended || room <= 0) {
      return false;
    }
    boolean more = tryFill(room) > 0;
    if (input.isEmpty()) {
      input.trim();
    }
    return more;
  }

  /// As [#fill], for at most so many bytes and beyond the limit.
  private boolean fill(int most) throws IOException {
    return receive(null, most) > 0;
  }

  /// Waits until there is something to take, and takes it.
  ///
  /// @param target where it goes; `null` for [#input], which so holds no buffer during the wait
  /// @param most how many bytes
  /// @return how many bytes; -1 at the end
  private int receive(@Nullable ByteBuffer target, int most) throws IOException {
    beginReading();
    try {
      if (ended) {
        return -1;
      }
      if (drained) {
        await();
      } else if (burst >= BURST) {
        burst = 0;
        Tulip.yield();
      }
      int n;
      while ((n = target != null ? tryReceive(target) : tryFill(most)) == 0) {
        await();
      }
      return n;
    } finally {
      endReading();
    }
  }

  private void beginReading() throws IOException {
    if (closed) {
      throw new ClosedChannelException();
    }
    if (reading) {
      throw new IllegalStateException("another task is reading from " + this + " already");
    }
    reading = true;
  }

  /// What a stream had received goes with it.
  private void endReading() {
    reading = false;
    if (closed) {
      input.clear();
    }
  }

  private int tryFill(int most) throws IOException {
    var target = input.writable(1);
    int size = Math.min(target.remaining(), most);
    int n = 0;
    try {
      n = tryReceive(target.limit(target.position() + size));
    } finally {
      input.commit(Math.max(0, n));
    }
    return n;
  }

  /// Reads what is there, and notes whether that was all.
  private int tryReceive(ByteBuffer target) throws IOException {
    int size = target.remaining();
    int n = wire.read(target);
    drained = n < size;
    ended = n < 0;
    burst += n;
    return n;
  }

  /// Waits for the peer, who waits perhaps for what was written here.
  private void await() throws IOException {
    burst = 0;
    output.push();
    if (4 * input.size() < input.capacity()) {
      input.trim();
    }
    wire.awaitReadable();
  }

  /// Whether the peer has ended its side and all it sent was taken. Does not wait: false if that is
  /// not known yet.
  public boolean isAtEnd() {
    return ended && input.isEmpty();
  }

  // Reading, for everybody.

  /// Reads what has come, at least one byte.
  ///
  /// @return at most [StreamLimits#input] bytes; `null` at the end
  public @Nullable Bytes read() throws IOException {
    return read(limits.input());
  }

  /// Reads what has come, at least one byte and at most so many.
  ///
  /// @return `null` at the end
  public @Nullable Bytes read(int most) throws IOException {
    if (most < 1) {
      throw new IllegalArgumentException("a read of " + most + " bytes");
    }
    if (input.isEmpty() && !fill(Math.min(most, CHUNK))) {
      return null;
    }
    return input.take(Math.min(most, input.size()));
  }

  /// Reads what has come, at least one byte, into a buffer with room.
  ///
  /// @return how many bytes; -1 at the end
  public int read(ByteBuffer target) throws IOException {
    if (!target.hasRemaining()) {
      throw new IllegalArgumentException("a read into a full buffer");
    }
    if (!input.isEmpty()) {
      return input.takeInto(target);
    }
    return receive(target, target.remaining());
  }

  /// Reads exactly so many bytes, which may be more than [StreamLimits#input]. A cancelled read has
  /// taken none.
  ///
  /// @throws IncompleteReadException if the stream ends before
  public Bytes readExactly(int n) throws IOException {
    refuseNegative(n);
    while (!input.has(n)) {
      if (!fill(n - input.size() + CHUNK)) {
        throw new IncompleteReadException(n + " bytes", input.take(input.size()));
      }
    }
    return input.take(n);
  }

  /// Reads to the end.
  ///
  /// @param limit how many bytes at most
  /// @throws LimitOverrunException if there are more
  public Bytes readAll(int limit) throws IOException {
    refuseNegative(limit);
    while (input.size() <= limit) {
      if (!fill(CHUNK)) {
        return input.take(input.size());
      }
    }
    throw new LimitOverrunException("the rest of the stream", limit);
  }

  private static void refuseNegative(int n) {
    if (n < 0) {
      throw new IllegalArgumentException("a read of " + n + " bytes");
    }
  }

  /// Reads up to a separator, and takes it too.
  ///
  /// @param separators not empty; of two that end at the same byte the longer counts
  /// @return the bytes with the separator
  /// @throws IncompleteReadException if the stream ends before
  /// @throws LimitOverrunException if there is none within [StreamLimits#input]
  public Bytes readUntil(Bytes... separators) throws IOException {
    var search = new SeparatorSearch(input, separators);
    int end;
    while ((end = search.find()) < 0) {
      if (input.size() >= limits.input()) {
        throw new LimitOverrunException("what ends with " + search, limits.input());
      }
      if (!fill()) {
        throw new IncompleteReadException("what ends with " + search, input.take(input.size()));
      }
    }
    if (end > limits.input()) { // more than that is there only by chance
      throw new LimitOverrunException("what ends with " + search, limits.input());
    }
    return input.take(end);
  }

  /// Reads a line of UTF-8, which ends with LF or CR LF. Malformed bytes become U+FFFD.
  ///
  /// @return the line without its end; `null` at the end of the stream. What stands behind the last
  ///   line end is a line too
  /// @throws LimitOverrunException if it is longer than [StreamLimits#input]
  public @Nullable String readLine() throws IOException {
    var line = readLine(LineEnding.LF_OR_CRLF);
    return line == null ? null : line.utf8();
  }

  /// Reads a line as bytes.
  ///
  /// @return the line without its end; `null` at the end of the stream
  /// @throws LimitOverrunException if it is longer than [StreamLimits#input]
  /// @throws IncompleteReadException if the stream ends within a line that has to end with CR LF
  /// @throws MalformedLineException if a CR or LF stands where that kind of line has none
  public @Nullable Bytes readLine(LineEnding ending) throws IOException {
    var search = new LineSearch(input, ending);
    while (!search.find()) {
      if (input.size() >= limits.input()) {
        throw new LimitOverrunException("a line", limits.input());
      }
      if (!fill()) {
        return search.lastLine();
      }
    }
    if (search.length() > limits.input()) { // more than that is there only by chance
      throw new LimitOverrunException("a line", limits.input());
    }
    return search.take();
  }

  /// The lines of [#readLine()], one by one. What fails, fails in the loop's head as an
  /// [java.io.UncheckedIOException].
  public Iterable<String> lines() {
    return () -> new Lines(this);
  }

  // Writing.

  /// Writes bytes; they must not be changed before this returns.
  ///
  /// @param source all that remains of it is written, and its position moves to the limit
  /// @throws ClosedChannelException if the stream is closed
  /// @throws IOException if the connection is broken, or this side of it was ended
  public void write(ByteBuffer source) throws IOException {
    output.write(source);
  }

  /// Writes bytes.
  ///
  /// @throws IOException as [#write(ByteBuffer)]
  public void write(Bytes source) throws IOException {
    output.write(source.asByteBuffer());
  }

  /// Writes bytes if that needs no waiting: there is room for them, or nothing else is left here,
  /// and no task is in the middle of a write.
  ///
  /// @return whether they were written
  /// @throws IOException as [#write(ByteBuffer)]
  public boolean tryWrite(Bytes source) throws IOException {
    return output.tryWrite(source.asByteBuffer());
  }

  /// Writes bytes; they must not be changed before this returns.
  ///
  /// @throws IOException as [#write(ByteBuffer)]
  public void write(byte[] source) throws IOException {
    output.write(ByteBuffer.wrap(source));
  }

  /// Writes text as UTF-8.
  ///
  /// @throws IOException as [#write(ByteBuffer)]
  public void write(String text) throws IOException {
    write(text.getBytes(StandardCharsets.UTF_8));
  }

  /// Writes several pieces, behind one another with nothing between.
  ///
  /// @throws IOException as [#write(ByteBuffer)]
  public void writeAll(List<Bytes> sources) throws IOException {
    output.writeAll(sources.stream().map(Bytes::asByteBuffer).toList());
  }

  /// Sends a part of a file, without taking it through memory where the system can do that.
  ///
  /// Reading a file that is not in the system's cache holds up the loop for as long as the disk
  /// takes. If this is cancelled midway the stream is broken.
  ///
  /// @param count how many bytes at most
  /// @return how many were sent: fewer only if the file ends
  /// @throws IOException as [#write(ByteBuffer)], or if the file cannot be read
  public long sendFile(FileChannel file, long position, long count) throws IOException {
    return output.sendFile(file, position, count);
  }

  /// Writes everything that this stream still receives to another one.
  ///
  /// @return how many bytes
  public long transferTo(ByteStream target) throws IOException {
    long moved = input.size();
    target.write(input.take(input.size()));
    var piece =
        Buffers.scratch().duplicate(); // its bytes are others' during a wait, its limits not
    for (int n; (n = receive(piece.clear(), piece.capacity())) >= 0; ) {
      moved += n;
      target.output.relay(piece.flip());
    }
    return moved;
  }

  /// Waits until the system has taken everything that was written.
  ///
  /// @throws IOException as [#write(ByteBuffer)]
  public void flush() throws IOException {
    output.flush();
  }

  /// Ends this side: the peer reads an end behind what was written. Reading goes on. Does nothing
  /// the second time.
  ///
  /// @throws IOException as [#write(ByteBuffer)]
  public void closeOutput() throws IOException {
    output.end();
  }

  /// How many written bytes the system has not taken yet.
  public int unsent() {
    return output.pending();
  }

  /// How many written bytes the system has taken so far: whether a slow peer takes anything.
  public long taken() {
    return output.taken();
  }

  // TLS.

  /// Goes on in TLS, as the client: the stream stays the same, and what is read and written from
  /// now on is encrypted. Nobody else may be reading; who writes meanwhile waits for the end of the
  /// handshake.
  ///
  /// @param peer the server's name, for which its certificate must be
  /// @throws javax.net.ssl.SSLException if the server has sent something already, cannot be
  ///   trusted, or the two do not agree; the stream is aborted then
  /// @throws java.net.SocketTimeoutException if it takes longer than [TlsContext#handshakeLimit];
  ///   the stream is aborted
  /// @throws tulip.core.Cancelled if the task was cancelled; the stream is aborted
  public void startTls(TlsContext context, String peer) throws IOException {
    if (context.isServer()) {
      throw new IllegalArgumentException("a context for servers cannot name its peer");
    }
    shakeHands(context, peer);
  }

  /// Goes on in TLS, as the server.
  ///
  /// @throws IOException as [#startTls(TlsContext, String)]
  public void startTls(TlsContext context) throws IOException {
    if (!context.isServer()) {
      throw new IllegalArgumentException(
          "a client must say whom it expects: startTls(context, peer)");
    }
    shakeHands(context, null);
  }

  private void shakeHands(TlsContext context, @Nullable String peer) throws IOException {
    beginReading();
    boolean done = false;
    try {
      refusePlaintext(context);
      output.moveTo(() -> wire = encrypted(context, peer));
      drained = false;
      done = true;
    } finally {
      endReading();
      if (!done) {
        abort();
      }
    }
  }

  private TlsWire encrypted(TlsContext context, @Nullable String peer) throws IOException {
    if (!context.isPrepared()) {
      Tulip.blocking(context::prepare);
    }
    var tls = new TlsWire(wire, context.engine(peer, port()), input);
    try {
      Tulip.timeout(context.handshakeLimit(), tls::handshake);
      return tls;
    } catch (TimeoutException e) {
      throw (IOException)
          new SocketTimeoutException(
                  "the TLS handshake took longer than " + context.handshakeLimit())
              .initCause(e);
    }
  }

  /// What came before the handshake was not encrypted: whoever put it there, it must not count as
  /// the peer's word. A server may have received the beginning of the handshake itself.
  private void refusePlaintext(TlsContext context) throws SSLException {
    boolean handshake = context.isServer() && !input.isEmpty() && input.peekByte(0) == 0x16;
    if (!input.isEmpty() && !handshake) {
      throw new SSLException(
          "the peer sent " + input.size() + " bytes of plaintext ahead of the TLS handshake");
    }
  }

  private int port() {
    return attribute(Attribute.REMOTE_ADDRESS) instanceof InetSocketAddress address
        ? address.getPort()
        : 0;
  }

  // The end.

  /// Delivers what was written, and closes; waits no longer than [StreamLimits#close]. A write that
  /// has begun is delivered whole; reads and other writes fail. Does nothing the second time.
  ///
  /// @throws IOException if something was not delivered and nobody has been told yet
  /// @throws tulip.core.Cancelled if the task was cancelled; the stream is closed nevertheless
  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try {
      Tulip.timeout(limits.close(), output::finish);
    } catch (TimeoutException e) {
      throw new IOException(
          "closing gave up: "
              + wire
              + " did not take "
              + output.pending()
              + " bytes within "
              + limits.close(),
          e);
    } finally {
      release();
    }
  }

  /// Closes at once; what was not delivered is lost. Does nothing the second time.
  public void abort() {
    closed = true;
    release();
  }

  private void release() {
    if (!detached) {
      output.close();
      wire.close();
      tracker.closed(this);
      if (!reading) {
        input.clear();
      }
    }
  }

  /// Gives the wire to somebody who goes on with it in another way: the stream is closed, and the
  /// connection is not. What was received and not taken stays in [#input].
  ///
  /// @throws ClosedChannelException if the stream is closed
  /// @throws IllegalStateException if a task is reading, or what was written has not left: see
  ///   [#flush]
  public Wire detach() throws IOException {
    beginReading();
    reading = false;
    if (output.pending() > 0) {
      throw new IllegalStateException(output.pending() + " bytes have not left " + this);
    }
    output.close();
    tracker.closed(this);
    closed = true;
    detached = true;
    return wire;
  }

  /// Whether [#close] or [#abort] was called.
  public boolean isClosed() {
    return closed;
  }

  // Looking.

  /// A fact about the connection, or `null` if it is not known.
  public <T> @Nullable T attribute(Attribute<T> which) {
    var learnt = facts == null ? null : facts.get(which);
    return learnt == null ? wire.attribute(which) : which.type().cast(learnt);
  }

  /// Notes a fact that was learnt on the way; from now on it counts in place of what the connection
  /// itself says.
  public <T> void set(Attribute<T> which, T value) {
    if (facts == null) {
      facts = new HashMap<>();
    }
    facts.put(which, value);
  }

  /// What this stream was told to keep to.
  public StreamLimits limits() {
    return limits;
  }

  @Override
  public String toString() {
    return "stream over " + wire;
  }
}
