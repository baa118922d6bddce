// SPDX-License-Identifier: Apache-2.0
package tulip.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import tulip.net.spi.Wire;

/// A wire that counts how often it is written to.
final class CountingWire implements Wire {
  int writes;

  private final Wire below;

  CountingWire(Wire below) {
    this.below = below;
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    writes++;
    return below.write(source);
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    return below.read(target);
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
  public boolean shutdownOutput() throws IOException {
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
