// SPDX-License-Identifier: Apache-2.0
package tulip.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;
import tulip.core.EventLoop;
import tulip.core.Future;
import tulip.core.spi.SideThread;

/// The reading half of a pipe: a thread reads a block when somebody wants one, and no more.
final class PipeInput {
  private static final int BLOCK = 64 * 1024;
  private static final ByteBuffer NONE = ByteBuffer.allocate(0);

  /// What one read of the thread has brought.
  ///
  /// @param bytes `null` at the end
  /// @param failure instead of bytes
  private record Arrival(@Nullable ByteBuffer bytes, @Nullable IOException failure) {}

  private final EventLoop loop = EventLoop.current();
  private final InputStream source;
  private final boolean closesSource;
  private final SideThread thread;
  private ByteBuffer bytes = NONE;
  private @Nullable Future<Arrival> pending;
  private @Nullable IOException failure;
  private boolean ended;
  private boolean closed;

  PipeInput(InputStream source, boolean closesSource, String name) {
    this.source = source;
    this.closesSource = closesSource;
    thread = new SideThread(name);
  }

  int read(ByteBuffer target) throws IOException {
    checkOpen();
    collect();
    if (bytes.hasRemaining()) {
      int size = Math.min(bytes.remaining(), target.remaining());
      target.put(bytes.slice(bytes.position(), size));
      bytes.position(bytes.position() + size);
      return size;
    }
    bytes = NONE;
    if (failure != null) {
      throw failure;
    }
    return ended ? -1 : 0;
  }

  void await() throws IOException {
    checkOpen();
    collect();
    if (bytes.hasRemaining() || ended || failure != null) {
      return;
    }
    if (pending == null) {
      pending = loop.wrap(thread.call(this::readBlock));
    }
    pending.awaitDone();
    if (closed) {
      throw new AsynchronousCloseException();
    }
  }

  private void collect() {
    if (pending != null && pending.isDone()) {
      var arrival = pending.result();
      pending = null;
      failure = arrival.failure();
      if (arrival.bytes() != null) {
        bytes = arrival.bytes();
      } else {
        ended = failure == null;
      }
    }
  }

  /// On the side thread.
  private Arrival readBlock() {
    try {
      var block = new byte[BLOCK];
      int count = source.read(block);
      return new Arrival(count < 0 ? null : ByteBuffer.wrap(block, 0, count), null);
    } catch (IOException e) {
      return new Arrival(null, e);
    }
  }

  /// Closes when the read that is under way has ended: the system would not break it off.
  void close() {
    if (!closed) {
      closed = true;
      bytes = NONE;
      if (closesSource) {
        var _ =
            thread.call(() -> {
              source.close();
              return null;
            });
      }
      thread.close();
      if (pending != null) {
        pending.cancel();
      }
    }
  }

  private void checkOpen() throws ClosedChannelException {
    if (closed) {
      throw new ClosedChannelException();
    }
  }
}
