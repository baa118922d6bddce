// SPDX-License-Identifier: Apache-2.0
package tulip.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.NonReadableChannelException;
import org.jspecify.annotations.Nullable;
import tulip.core.EventLoop;
import tulip.net.Attribute;
import tulip.net.spi.Wire;

/// One end of a pipe, which only reads or only writes.
final class PipeWire implements Wire {
  private final String name;
  private final @Nullable PipeInput input;
  private final @Nullable PipeOutput output;

  private PipeWire(String name, @Nullable PipeInput input, @Nullable PipeOutput output) {
    this.name = name;
    this.input = input;
    this.output = output;
  }

  /// @param closes whether closing the stream closes the source
  static PipeWire reading(InputStream source, boolean closes, String name) {
    return new PipeWire(name, new PipeInput(source, closes, "tulip-" + name), null);
  }

  /// @param closes whether closing the stream closes the target
  static PipeWire writing(OutputStream target, boolean closes, String name) {
    return new PipeWire(name, null, new PipeOutput(target, closes, "tulip-" + name));
  }

  private PipeInput input() {
    if (input == null) {
      throw new NonReadableChannelException();
    }
    return input;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    return input().read(target);
  }

  @Override
  public void awaitReadable() throws IOException {
    input().await();
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    if (output == null) {
      throw new IOException("nothing can be written to " + name + ", which is read from");
    }
    return output.write(source);
  }

  @Override
  public void whenWritable(Runnable callback) {
    if (output == null) {
      EventLoop.current().callSoon(callback);
    } else {
      output.whenWritable(callback);
    }
  }

  @Override
  public boolean flush() throws IOException {
    return output == null || output.isIdle();
  }

  @Override
  public boolean shutdownOutput() throws IOException {
    return output == null || output.shutdown();
  }

  @Override
  public void close() {
    if (input != null) {
      input.close();
    }
    if (output != null) {
      output.close();
    }
  }

  @Override
  public <T> @Nullable T attribute(Attribute<T> which) {
    return null;
  }

  @Override
  public String toString() {
    return name;
  }
}
