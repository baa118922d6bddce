// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tulip.bytes.ByteQueue;
import tulip.bytes.ByteWriter;
import tulip.core.Action;
import tulip.core.Tulip;
import tulip.net.ByteStream;

/// The stream of a connection, whose writes do not wait for ever, and which remembers that it
/// broke: so a handler's own I/O errors can be told from those of its client.
final class TimedStream {
  /// What a client must take within [HttpTimeouts#write].
  private static final int PIECE = 32 * 1024;

  private static final int FILE_PIECE = 256 * 1024;

  private final ByteStream stream;
  private final Duration patience;
  private @Nullable IOException failure;
  private boolean writing;

  TimedStream(ByteStream stream, Duration patience) {
    this.stream = stream;
    this.patience = patience;
  }

  ByteQueue input() {
    return stream.input();
  }

  /// What broke the stream, or null.
  @Nullable IOException failure() {
    return failure;
  }

  /// As [ByteStream#fill].
  boolean fill() throws IOException {
    try {
      return stream.fill();
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  /// As [ByteStream#fill], but not for ever.
  boolean fill(Duration limit) throws IOException, TimeoutException {
    return Tulip.timeout(limit, () -> fill());
  }

  /// Writes what was put together; it may be changed as soon as this returns or waits.
  ///
  /// @throws IllegalStateException if another task is in the middle of a write: this one would wait
  ///   for it, and what was put together would be somebody else's by then
  void write(ByteWriter out) throws IOException {
    if (writing) {
      throw new IllegalStateException("another task is writing this response already");
    }
    if (out.size() >= stream.limits().output() - stream.unsent()) {
      write(out.toBytes().asByteBuffer());
    } else if (out.size() > 0) {
      writeSoon(out.view());
    }
  }

  /// Writes what there is room for: it need not wait.
  private void writeSoon(ByteBuffer source) throws IOException {
    try {
      stream.write(source);
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  /// Writes bytes; they must not be changed before this returns.
  void write(ByteBuffer source) throws IOException {
    int end = source.limit();
    for (int at = source.position(); at < end; at += PIECE) {
      var piece = source.slice(at, Math.min(PIECE, end - at));
      within(() -> stream.write(piece));
    }
  }

  void flush() throws IOException {
    within(stream::flush);
  }

  /// Sends a part of a file.
  ///
  /// @throws IOException if the file ends before
  void sendFile(FileChannel file, long position, long length) throws IOException {
    for (long sent = 0; sent < length; ) {
      long at = position + sent;
      long size = Math.min(FILE_PIECE, length - sent);
      long[] done = {0};
      within(() -> done[0] = stream.sendFile(file, at, size));
      if (done[0] < size) {
        throw new IOException(
            "the file has become shorter than it was: byte " + at + " is missing");
      }
      sent += size;
    }
  }

  private void within(Action<IOException> write) throws IOException {
    writing = true;
    try {
      Tulip.timeout(patience, write);
    } catch (TimeoutException e) {
      abort();
      failure = new SocketTimeoutException("the client took nothing for " + patience);
      failure.initCause(e);
      throw failure;
    } catch (IOException e) {
      failure = e;
      throw e;
    } finally {
      writing = false;
    }
  }

  /// Ends this side, and reads past what still comes, so that the client is not kept from reading
  /// its answer: what arrives at a closed socket resets it.
  void linger(long most) throws IOException {
    stream.closeOutput();
    long skipped = 0;
    do {
      skipped += stream.input().size();
      stream.input().clear();
    } while (skipped <= most && stream.fill());
  }

  void abort() {
    stream.abort();
  }

  /// As [ByteStream#unsent].
  int unsent() {
    return stream.unsent();
  }

  /// Whether no more can be received ahead.
  boolean isFull() {
    return stream.input().size() >= stream.limits().input();
  }

  boolean isClosed() {
    return stream.isClosed();
  }
}
