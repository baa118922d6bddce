// SPDX-License-Identifier: Apache-2.0
package tulip.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.util.List;
import tulip.core.Cancelled;
import tulip.core.Tulip;
import tulip.core.sync.Lock;
import tulip.net.spi.Buffers;
import tulip.net.spi.OutputBuffer;
import tulip.net.spi.Wire;

/// The writing half of a [ByteStream].
///
/// What is written gathers in an [OutputBuffer] and leaves at the end of the iteration, or when the
/// stream's reader is about to wait. Only who writes more than the limit waits, and in a line with
/// others, so that their bytes do not mix.
final class Output {
  /// Who has written so much without a wait lets the other tasks have their turns: a peer that
  /// takes everything at once must not hold up the loop.
  private static final int BURST = 256 * 1024;

  private final int limit;
  private final OutputBuffer buffer;
  private final Lock line = new Lock();

  /// Another wire is being made; nothing can be written meanwhile.
  private boolean moving;

  /// What has begun is written, and nothing new begins.
  private boolean finishing;

  /// How many bytes were written since the other tasks had their turns.
  private int burst;

  Output(Wire wire, int limit) {
    this.limit = limit;
    buffer = new OutputBuffer(wire, limit / 4, () -> {});
  }

  // Writing. In a task.

  void write(ByteBuffer source) throws IOException {
    checkOpen();
    int size = source.remaining();
    if (size < OutputBuffer.LARGE && size <= room() && !line.isLocked()) {
      buffer.put(source);
    } else {
      writeInTurn(List.of(source));
    }
  }

  /// Writes if that needs no waiting.
  ///
  /// @return false if it would have to wait; nothing was written then
  boolean tryWrite(ByteBuffer source) throws IOException {
    checkOpen();
    boolean fits = source.remaining() <= room() || buffer.size() == 0;
    if (!fits || line.isLocked()) {
      return false;
    }
    buffer.put(source);
    return true;
  }

  void writeAll(List<ByteBuffer> sources) throws IOException {
    checkOpen();
    long size = sources.stream().mapToLong(ByteBuffer::remaining).sum();
    if (size <= room() && !line.isLocked()) {
      sources.forEach(buffer::put);
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
    buffer.writeStraight(source, source.remaining());
    append(source, source.remaining());
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
      line.release();
    }
  }

  private void writeMuch(ByteBuffer source) throws IOException {
    while (source.hasRemaining()) {
      if (buffer.size() > 0) {
        append(source, room());
      }
      if (source.hasRemaining()) {
        giveTurns();
        int before = buffer.size() + source.remaining();
        buffer.push();
        int offered = Math.min(source.remaining(), BURST);
        if (buffer.writeStraight(source, offered) < offered) {
          append(source, room());
          awaitRoom();
        }
        burst += before - buffer.size() - source.remaining();
      }
    }
  }

  private void giveTurns() {
    if (burst >= BURST) {
      burst = 0;
      Tulip.yield();
    }
  }

  private void append(ByteBuffer source, int most) {
    int size = Math.min(source.remaining(), most);
    if (size > 0) {
      buffer.put(source.slice(source.position(), size));
      source.position(source.position() + size);
    }
  }

  private int room() {
    return limit - buffer.size();
  }

  /// Waits if the limit is reached, until a quarter of it is left.
  private void awaitRoom() throws IOException {
    buffer.checkFailure();
    if (buffer.size() >= limit) {
      while (buffer.size() > limit / 4) {
        buffer.awaitProgress();
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
      buffer.flush();
      long sent = 0;
      while (sent < count && position + sent < file.size()) {
        giveTurns();
        begun = true;
        long piece = sendPiece(file, position + sent, Math.min(BURST, count - sent));
        sent += piece;
        burst += Math.toIntExact(piece);
      }
      return sent;
    } catch (Cancelled e) {
      if (begun) {
        buffer.fail(
            new IOException("the sending of a file was cancelled: a part of it is missing"));
      }
      throw e;
    } finally {
      line.release();
    }
  }

  private long sendPiece(FileChannel file, long position, long count) throws IOException {
    long sent = buffer.sendFile(file, position, count);
    return sent < 0 ? copyPiece(file, position, count) : sent;
  }

  private long copyPiece(FileChannel file, long position, long count) throws IOException {
    var piece = ByteBuffer.allocate((int) Math.min(Buffers.SIZE, count));
    int size = Tulip.blocking(() -> file.read(piece, position));
    writeMuch(piece.flip());
    return Math.max(0, size);
  }

  /// Waits until the wire has taken everything.
  void flush() throws IOException {
    buffer.flush();
  }

  /// Ends the output behind what was written.
  void end() throws IOException {
    line.acquire();
    try {
      buffer.end();
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
      buffer.finish();
    } finally {
      line.release();
    }
  }

  /// Hands over what the wire takes at this moment.
  void push() {
    buffer.push();
  }

  /// Drops what was not delivered.
  void close() {
    buffer.close();
  }

  /// What makes another wire over the present one.
  interface Exchange {
    Wire make() throws IOException;
  }

  /// Goes on over another wire. What was written before leaves over this one, and who writes while
  /// the other one is made waits for it.
  void moveTo(Exchange exchange) throws IOException {
    line.acquire();
    try {
      buffer.flush();
      moving = true;
      buffer.moveTo(exchange.make());
    } finally {
      moving = false;
      line.release();
    }
  }

  int pending() {
    return buffer.size();
  }

  long taken() {
    return buffer.taken();
  }

  private void checkOpen() throws IOException {
    buffer.checkUsable();
    if (finishing) {
      throw new ClosedChannelException();
    }
    buffer.checkOpen();
  }
}
