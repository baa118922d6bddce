// SPDX-License-Identifier: Apache-2.0
package tulip.net.testing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tulip.net.Attribute;
import tulip.net.MemoryWire;
import tulip.net.spi.Wire;

/// A wire in memory with somebody in the middle, who changes what is received or cuts it off.
final class TamperedWire implements Wire {
  private final MemoryWire below;
  private UnaryOperator<byte[]> change = bytes -> bytes;
  private boolean cut;

  TamperedWire(MemoryWire below) {
    this.below = below;
  }

  /// From now on changes each piece that comes; its length stays.
  void change(UnaryOperator<byte[]> change) {
    this.change = change;
  }

  /// From now on everything that comes is an end.
  void cut() {
    cut = true;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    if (cut) {
      return -1;
    }
    int start = target.position();
    int n = below.read(target);
    if (n > 0) {
      var bytes = new byte[n];
      target.get(start, bytes).put(start, change.apply(bytes));
    }
    return n;
  }

  @Override
  public void awaitReadable() throws IOException {
    if (!cut) {
      below.awaitReadable();
    }
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    return below.write(source);
  }

  @Override
  public void whenWritable(Runnable callback) {
    below.whenWritable(callback);
  }

  @Override
  public boolean shutdownOutput() {
    return below.shutdownOutput();
  }

  @Override
  public void close() {
    below.close();
  }

  @Override
  public <T> @Nullable T attribute(Attribute<T> which) {
    return below.attribute(which);
  }
}
