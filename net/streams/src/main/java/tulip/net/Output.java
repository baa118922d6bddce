// SPDX-License-Identifier: Apache-2.0
package tulip.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tulip.bytes.ByteQueue;
import tulip.core.Cancelled;
import tulip.core.EventLoop;
import tulip.core.Tulip;
import tulip.core.spi.LastCall;
import tulip.core.sync.Lock;
import tulip.net.spi.Wire;

/// The writing half of a [ByteStream].
///
/// What is written gathers here and leaves at the end of the iteration, or when the stream's reader
/// is about to wait: whichever comes first. What the wire does not take leaves when it can, without
/// a task. Only who writes more than the limit waits, and in a line with others, so that their
/// bytes do not mix.
final class Output implements LastCall {
  /// What one system call is offered: the JDK copies all of it, however little the kernel takes.
  private static final int SLICE = 128 * 1024;

  /// What is so large leaves at once if it can: waiting for more would save little, a copy costs
  /// much.
  private static final int LARGE = 16 * 1024;

  private enum Phase {
    OPEN,
    /// No more is written; the wire's output is shut down behind the last byte.
    ENDING,
    ENDED
  }

  private final EventLoop loop;
  private final int limit;
  private final ByteQueue pending;
  private final Lock line = new Lock();
  private final Waiters room = new Waiters(this::toString);

  private Wire wire;
  private Phase phase = Phase.OPEN;
  private boolean announced;
  private boolean blocked;

  /// Another wire is being made; nothing can be written meanwhile.
  private boolean moving;

  /// What has begun is written, and nothing new begins.
  private boolean finishing;

  private boolean closed;
  private @Nullable IOException failure;
  private boolean failureTold;

  Output(EventLoop loop, Wire wire, int limit) {
    this.loop = loop;
    this.wire = wire;
    this.limit = limit;
    this.pending = new ByteQueue(Buffers.UNLIMITED, Buffers.pool());
  }

  // Writing. In a task.

  void write(ByteBuffer source) throws IOException {
    checkOpen();
    int size = source.remaining();
    if (size < LARGE && size <= room() && !line.isLocked()) {
      pending.put(source);
      announce();
    } else {
      writeInTurn(List.of(source));
    }
  }

  void writeAll(List<ByteBuffer> sources) throws IOException {
    checkOpen();
    long size = sources.stream().mapToLong(ByteBuffer::remaining).sum();
    if (size <= room() && !line.isLocked()) {
      sources.forEach(pending::put);
      announce();
    } else {
      writeInTurn(sources);
    }
  }

  /// Writes what will be overwritten as soon as the task waits: what cannot leave now is copied,
  /// however much that is.
  void relay(ByteBuffer source) throws IOException {
    if (line.isLocked()) {
      writeInTurn(List.of(ByteBuffer.allocate(source.remaining()).put(source).flip()));
      return;
    }
    checkOpen();
    writeStraight(source);
    append(source, source.remaining());
    announce();
    awaitRoom();
  }

  private void writeInTurn(List<ByteBuffer> sources) throws IOException {
    line.acquire();
    try {
      checkOpen();
      for (var source : sources) {
        writeMuch(source);
      }
    } catch (Cancelled e) {
      sources.forEach(source -> append(source, source.remaining())); // begun, so all of it is sent
      throw e;
    } finally {
      announce();
      line.release();
    }
  }

  private void writeMuch(ByteBuffer source) throws IOException {
    while (source.hasRemaining()) {
      if (!pending.isEmpty()) {
        append(source, room());
      }
      if (source.hasRemaining()) {
        push();
        writeStraight(source);
        append(source, room());
        awaitRoom();
      }
    }
  }

  private void writeStraight(ByteBuffer source) throws IOException {
    while (pending.isEmpty() && !blocked && source.hasRemaining()) {
      int size = Math.min(source.remaining(), SLICE);
      var piece = source.slice(source.position(), size);
      int written = attempt(() -> wire.write(piece));
      source.position(source.position() + written);
      if (written < size) {
        block();
      }
    }
  }

  private void append(ByteBuffer source, int most) {
    int size = Math.min(source.remaining(), most);
    if (size > 0) {
      pending.put(source.slice(source.position(), size));
      source.position(source.position() + size);
    }
  }

  private int room() {
    return limit - pending.size();
  }

  /// Waits if the limit is reached, until a quarter of it is left.
  private void awaitRoom() throws IOException {
    checkFailure();
    if (pending.size() >= limit) {
      while (pending.size() > limit / 4) {
        room.await();
        checkUsable();
      }
    }
  }

  /// Sends a part of a file behind what was written before.
  ///
  /// @return how many bytes; less than `count` if the file ends before
  long sendFile(FileChannel file, long position, long count) throws IOException {
    line.acquire();
    boolean begun = false;
    try {
      checkOpen();
      awaitEmpty();
      long sent = 0;
      while (sent < count && position + sent < file.size()) {
        begun = true;
        sent += sendPiece(file, position + sent, count - sent);
      }
      return sent;
    } catch (Cancelled e) {
      if (begun) {
        fail(new IOException("the sending of a file was cancelled: a part of it is missing"));
      }
      throw e;
    } finally {
      line.release();
    }
  }

  private long sendPiece(FileChannel file, long position, long count) throws IOException {
    long sent = wire.sendFile(file, position, count);
    if (sent < 0) {
      return copyPiece(file, position, count);
    }
    if (sent < count) {
      awaitUnblocked();
    }
    return sent;
  }

  private long copyPiece(FileChannel file, long position, long count) throws IOException {
    var piece = ByteBuffer.allocate((int) Math.min(Buffers.SIZE, count));
    int size = Tulip.blocking(() -> file.read(piece, position));
    writeMuch(piece.flip());
    return Math.max(0, size);
  }

  private void awaitUnblocked() throws IOException {
    block();
    while (blocked) {
      room.await();
      checkUsable();
    }
  }

  /// Waits until the wire has taken everything.
  void flush() throws IOException {
    checkUsable();
    awaitEmpty();
  }

  private void awaitEmpty() throws IOException {
    push();
    checkFailure();
    while (!pending.isEmpty() || phase == Phase.ENDING) {
      room.await();
      checkUsable();
    }
    while (!attempt(wire::flush)) {
      awaitUnblocked();
    }
  }

  /// Ends the output behind what was written.
  void end() throws IOException {
    line.acquire();
    try {
      if (phase == Phase.OPEN) {
        checkOpen();
        phase = Phase.ENDING;
        push();
        checkFailure();
      }
    } finally {
      line.release();
    }
  }

  /// Waits until all has been said that is to be said before the end of the connection.
  void finish() throws IOException {
    finishing = true;
    if (moving) {
      return; // there is nobody to say it to
    }
    line.acquire();
    try {
      if (failure == null || !failureTold) {
        flush();
        while (!attempt(wire::sayGoodbye)) {
          awaitUnblocked();
        }
      }
    } finally {
      line.release();
    }
  }

  /// Drops what was not delivered.
  void close() {
    closed = true;
    pending.clear();
    room.wakeAll();
  }

  /// Goes on over another wire. What was written before leaves over this one, and who writes while
  /// the other one is made waits for it.
  void moveTo(Attempt<Wire> other) throws IOException {
    line.acquire();
    try {
      flush();
      moving = true;
      wire = other.run();
    } finally {
      moving = false;
      line.release();
    }
  }

  int pending() {
    return pending.size();
  }

  boolean isEnded() {
    return phase != Phase.OPEN;
  }

  // Handing over.

  private void announce() {
    if (!announced && !blocked && !pending.isEmpty()) {
      announced = true;
      loop.callLast(this);
    }
  }

  @Override
  public boolean isWanted() {
    announced = false;
    return !pending.isEmpty() && !blocked && !closed;
  }

  @Override
  public void run() {
    push();
  }

  /// Hands over what the wire takes at this moment.
  void push() {
    try {
      while (!pending.isEmpty() && !blocked && failure == null) {
        int size = Math.min(pending.size(), SLICE);
        int written = wire.write(pending.view(SLICE));
        pending.skip(written);
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

  /// What may find the connection broken.
  interface Attempt<T> {
    T run() throws IOException;
  }

  private <T> T attempt(Attempt<T> attempt) throws IOException {
    try {
      return attempt.run();
    } catch (IOException e) {
      fail(e);
      failureTold = true;
      throw e;
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
      if (pending.size() <= limit / 4 || failure != null) {
        room.wakeAll();
      }
    }
  }

  /// Nothing more can be written; who tries is told why.
  private void fail(IOException why) {
    failure = why;
    pending.clear();
    room.wakeAll();
  }

  // Checks.

  private void checkOpen() throws IOException {
    checkUsable();
    if (finishing) {
      throw new ClosedChannelException();
    }
    if (phase != Phase.OPEN) {
      throw new IOException("the output of " + wire + " was closed by this side");
    }
  }

  private void checkUsable() throws IOException {
    checkFailure();
    if (closed) {
      throw new ClosedChannelException();
    }
  }

  private void checkFailure() throws IOException {
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
