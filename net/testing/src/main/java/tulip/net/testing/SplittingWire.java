// SPDX-License-Identifier: Apache-2.0
package tulip.net.testing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import tulip.net.Attribute;
import tulip.net.spi.Wire;

/// A wire that moves the bytes of another one in smaller pieces: what the network may do at any
/// time, and seldom does in a test.
public final class SplittingWire implements Wire {
  private final Wire below;
  private final IntUnaryOperator size;

  /// Cuts pieces, each as large as `size` says.
  ///
  /// @param size from how many bytes could move to how many do, at least 1
  public SplittingWire(Wire below, IntUnaryOperator size) {
    this.below = below;
    this.size = size;
  }

  /// Moves one byte at a time.
  public static SplittingWire bytewise(Wire below) {
    return new SplittingWire(below, _ -> 1);
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    int end = target.limit();
    try {
      return below.read(target.limit(target.position() + cut(target)));
    } finally {
      target.limit(end);
    }
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    int written = 0;
    while (source.hasRemaining()) {
      int end = source.limit();
      int piece = cut(source);
      int n;
      try {
        n = below.write(source.limit(source.position() + piece));
      } finally {
        source.limit(end);
      }
      written += n;
      if (n < piece) {
        break;
      }
    }
    return written;
  }

  private int cut(ByteBuffer buffer) {
    return Math.clamp(size.applyAsInt(buffer.remaining()), 1, buffer.remaining());
  }

  @Override
  public long sendFile(FileChannel file, long position, long count) {
    return -1;
  }

  @Override
  public void awaitReadable() throws IOException {
    below.awaitReadable();
  }

  @Override
  public void whenWritable(Runnable callback) {
    below.whenWritable(callback);
  }

  @Override
  public boolean flush() throws IOException {
    return below.flush();
  }

  @Override
  public boolean shutdownOutput() throws IOException {
    return below.shutdownOutput();
  }

  @Override
  public boolean sayGoodbye() throws IOException {
    return below.sayGoodbye();
  }

  @Override
  public void close() {
    below.close();
  }

  @Override
  public <T> @Nullable T attribute(Attribute<T> which) {
    return below.attribute(which);
  }

  @Override
  public String toString() {
    return "split " + below;
  }
}
