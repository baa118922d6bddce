// SPDX-License-Identifier: Apache-2.0
package tulip.net;

import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;
import tulip.bytes.ByteQueue;
import tulip.core.EventLoop;
import tulip.net.spi.Buffers;
import tulip.net.spi.Waiters;
import tulip.net.spi.Wire;

/// One end of a connection in memory, which behaves as a socket does. [ByteStream#pair] makes
/// streams of two; who puts something between the stream and the wire takes the wires.
public final class MemoryWire implements Wire {
  /// What this end has sent and the other has not read.
  private final ByteQueue sent;

  private final String name;
  private final Waiters arrivals = new Waiters(() -> "bytes from " + this);
  private final EventLoop loop = EventLoop.current();
  private @Nullable MemoryWire peer;
  private @Nullable Runnable writable;
  private boolean ended;
  private boolean closed;

  private MemoryWire(String name, int capacity) {
    this.name = name;
    sent = new ByteQueue(capacity, Buffers.pool());
  }

  /// Two ends, each of which holds at most so many bytes for the other. On a loop.
  public static Pair pair(int capacity) {
    var near = new MemoryWire("near end in memory", capacity);
    var far = new MemoryWire("far end in memory", capacity);
    near.peer = far;
    far.peer = near;
    return new Pair(near, far);
  }

  /// Two ends.
  ///
  /// @param near one
  /// @param far the other
  public record Pair(MemoryWire near, MemoryWire far) {}

  private MemoryWire peer() {
    if (peer == null) {
      throw new IllegalStateException("a single end");
    }
    return peer;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    checkOpen();
    int n = peer().sent.takeInto(target);
    if (n > 0) {
      peer().tellWritable();
      return n;
    }
    return peer().ended ? -1 : 0;
  }

  @Override
  public void awaitReadable() throws IOException {
    checkOpen();
    if (peer().sent.isEmpty() && !peer().ended) {
      arrivals.await();
      if (closed) {
        throw new AsynchronousCloseException();
      }
    }
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    checkOpen();
    if (ended) {
      throw new ClosedChannelException();
    }
    if (peer().closed) {
      throw new SocketException("Broken pipe");
    }
    int size = Math.min(source.remaining(), sent.room());
    if (size > 0) {
      sent.put(source.slice(source.position(), size));
      source.position(source.position() + size);
      peer().arrivals.wakeAll();
    }
    return size;
  }

  @Override
  public void whenWritable(Runnable callback) {
    writable = callback;
    if (closed || peer().closed || sent.room() > 0) {
      tellWritable();
    }
  }

  private void tellWritable() {
    var callback = writable;
    if (callback != null) {
      writable = null;
      loop.callSoon(callback);
    }
  }

  @Override
  public boolean shutdownOutput() {
    ended = true;
    peer().arrivals.wakeAll();
    return true;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      shutdownOutput();
      peer().sent.clear();
      arrivals.wakeAll();
      tellWritable();
      peer().tellWritable();
    }
  }

  @Override
  public <T> @Nullable T attribute(Attribute<T> which) {
    return null;
  }

  private void checkOpen() throws IOException {
    if (closed) {
      throw new ClosedChannelException();
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
