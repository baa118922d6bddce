// SPDX-License-Identifier: Apache-2.0
package tulip.net.spi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;
import tulip.bytes.ByteQueue;
import tulip.core.EventLoop;
import tulip.core.spi.LastCall;

/// What was written and a wire has not taken yet: what sends, below streams and transports.
///
/// Bytes that are [#put] here leave at the end of the iteration, in one piece, or at [#push],
/// whichever comes first. What the wire does not take leaves when it can, without a task. There is
/// no limit: whoever writes asks [#size], and waits or not.
///
/// On the loop; what waits says so, and is for tasks.
public final class OutputBuffer {
  /// What is so large leaves at once if it can: waiting for more would save little, a copy costs
  /// much.
  public static final int LARGE = 16 * 1024;

  /// What one system call is offered: the JDK copies all of it, however little the kernel takes.
  private static final int SLICE = 128 * 1024;

  private enum Phase {
    OPEN,
    /// No more is written; the wire's output is shut down behind the last byte.
    ENDING,
    ENDED
  }

  private final EventLoop loop = EventLoop.current();
  private final ByteQueue pending = new ByteQueue(Buffers.UNLIMITED, Buffers.pool());
  private final Waiters progress = new Waiters(this::toString);
  private final LastCall handOver = new HandOver();
  private final Runnable progressed;

  private Wire wire;
  private int low;
  private Phase phase = Phase.OPEN;
  private long taken;
  private boolean announced;
  private boolean blocked;
  private boolean closed;
  private @Nullable IOException failure;
  private boolean failureTold;

  /// An empty one.
  ///
  /// @param low of how few bytes left the waiting are told: see [#low]
  /// @param progressed called when a wire that was full has taken all but `low` bytes, and when it
  ///   has failed; on the loop, in the midst of its work: it must not wait, nor call back here
  public OutputBuffer(Wire wire, int low, Runnable progressed) {
    this.wire = wire;
    this.low = low;
    this.progressed = progressed;
  }

  // Writing.

  /// Adds bytes behind the others. Whether that is in order, [#checkOpen] tells.
  public void put(ByteBuffer source) {
    pending.put(source);
    announce();
  }

  /// Offers bytes to the wire at once, without a copy, if nothing is in front of them.
  ///
  /// @param source its position moves on
  /// @param most how many bytes of it
  /// @return how many bytes the wire has taken
  /// @throws IOException if the connection is broken
  public int writeStraight(ByteBuffer source, int most) throws IOException {
    int begin = source.position();
    int end = source.limit();
    try {
      int last = begin + Math.min(source.remaining(), most);
      while (pending.isEmpty() && !blocked && source.position() < last) {
        int size = Math.min(last - source.position(), SLICE);
        source.limit(source.position() + size);
        if (wire.write(source) < size) {
          block();
        }
      }
    } catch (IOException e) {
      throw told(e);
    } finally {
      source.limit(end);
    }
    int written = source.position() - begin;
    taken += written;
    return written;
  }

  /// What may find the connection broken.
  private interface Attempt<T> {
    T run() throws IOException;
  }

  private <T> T attempt(Attempt<T> attempt) throws IOException {
    try {
      return attempt.run();
    } catch (IOException e) {
      throw told(e);
    }
  }

  /// Notes that the connection is broken, as whoever called is told.
  private IOException told(IOException why) {
    failureTold = true;
    fail(why);
    return why;
  }

  /// Sends a piece of a file, and waits until the wire has room again. Nothing else may be left
  /// here: see [#flush].
  ///
  /// @return how many bytes; -1 if the wire cannot send files
  public long sendFile(FileChannel file, long position, long count) throws IOException {
    long sent = wire.sendFile(file, position, count);
    taken += Math.max(0, sent);
    if (0 <= sent && sent < count) {
      awaitUnblocked();
    }
    return sent;
  }

  private void awaitUnblocked() throws IOException {
    block();
    while (blocked) {
      awaitProgress();
    }
  }

  /// Waits until all but [#low] bytes have left. May return for no reason.
  ///
  /// @throws IOException if the connection is broken or this was closed
  public void awaitProgress() throws IOException {
    progress.await();
    checkUsable();
  }

  /// Waits until the wire has taken everything.
  ///
  /// @throws IOException if the connection is broken or this was closed
  public void flush() throws IOException {
    checkUsable();
    push();
    checkFailure();
    while (!isDelivered()) {
      awaitProgress();
    }
    while (!attempt(wire::flush)) {
      awaitUnblocked();
    }
  }

  private boolean isDelivered() {
    return pending.isEmpty() && phase != Phase.ENDING;
  }

  /// Ends the output behind what was written.
  ///
  /// @throws IOException if the connection is broken
  public void end() throws IOException {
    if (phase == Phase.OPEN) {
      checkOpen();
      phase = Phase.ENDING;
      push();
      checkFailure();
    }
  }

  /// Waits until all has been said that is to be said before the end of the connection.
  ///
  /// @throws IOException if something was not delivered and nobody has been told yet
  public void finish() throws IOException {
    if (failure != null && failureTold) {
      return;
    }
    flush();
    while (!attempt(wire::sayGoodbye)) {
      awaitUnblocked();
    }
  }

  /// Drops what was not delivered, and ends all waits.
  public void close() {
    closed = true;
    pending.clear();
    progress.wakeAll();
  }

  /// Goes on over another wire; all must have been delivered.
  public void moveTo(Wire other) {
    if (!isDelivered()) {
      throw new IllegalStateException(this + " has not been delivered yet");
    }
    wire = other;
  }

  // Handing over.

  private void announce() {
    if (!announced && !blocked && !pending.isEmpty()) {
      announced = true;
      loop.callLast(handOver);
    }
  }

  private final class HandOver implements LastCall {
    @Override
    public boolean isWanted() {
      announced = false;
      return !pending.isEmpty() && !blocked && !closed;
    }

    @Override
    public void run() {
      push();
    }
  }

  /// Hands over what the wire takes at this moment.
  public void push() {
    try {
      while (!pending.isEmpty() && !blocked && failure == null) {
        int size = Math.min(pending.size(), SLICE);
        int written = wire.write(pending.view(SLICE));
        pending.skip(written);
        taken += written;
        if (written < size) {
          block();
        }
      }
      if (phase == Phase.ENDING && pending.isEmpty() && failure == null) {
        if (wire.shutdownOutput()) {
          phase = Phase.ENDED;
        } else {
          block();
        }
      }
    } catch (IOException e) {
      fail(e);
    }
  }

  private void block() {
    if (!blocked) {
      blocked = true;
      wire.whenWritable(this::unblock);
    }
  }

  private void unblock() {
    blocked = false;
    if (!closed) {
      push();
      if (pending.size() <= low && failure == null) {
        progress.wakeAll();
        progressed.run();
      }
    }
  }

  /// Nothing more can be written; who tries is told why.
  public void fail(IOException why) {
    failure = why;
    pending.clear();
    progress.wakeAll();
    progressed.run();
  }

  // Looking.

  /// How many bytes wait here.
  public int size() {
    return pending.size();
  }

  /// How many bytes the wire has taken.
  public long taken() {
    return taken;
  }

  /// Changes of how few bytes left the waiting are told.
  public void low(int bytes) {
    low = bytes;
  }

  /// Whether [#end] was called.
  public boolean isEnded() {
    return phase != Phase.OPEN;
  }

  /// Why nothing more can be written, if the connection is broken.
  public @Nullable IOException failure() {
    return failure;
  }

  /// Fails if nothing can be written any more.
  ///
  /// @throws IOException if the connection is broken, or this or the output was closed
  public void checkOpen() throws IOException {
    checkUsable();
    if (phase != Phase.OPEN) {
      throw new IOException("the output of " + wire + " was closed by this side");
    }
  }

  /// Fails if the connection is broken or this was closed.
  ///
  /// @throws IOException how; the first time as it happened
  public void checkUsable() throws IOException {
    checkFailure();
    if (closed) {
      throw new ClosedChannelException();
    }
  }

  /// Fails if the connection is broken.
  ///
  /// @throws IOException how; the first time as it happened
  public void checkFailure() throws IOException {
    if (failure != null) {
      if (failureTold) {
        throw new IOException(wire + " is broken: " + failure.getMessage(), failure);
      }
      failureTold = true;
      throw failure;
    }
  }

  @Override
  public String toString() {
    return pending.size() + " bytes for " + wire + " to take";
  }
}
