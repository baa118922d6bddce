// SPDX-License-Identifier: Apache-2.0
package tulip.http.coding;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import tulip.bytes.ByteWriter;
import tulip.bytes.Bytes;

/// An encoder made of a stream that encodes what is written to it.
final class StreamEncoder implements Encoder {
  private static final int LARGEST = 1 << 30;

  private final ByteWriter out = new ByteWriter(LARGEST);
  private final OutputStream stream;
  private boolean closed;

  StreamEncoder(Wrapping wrapping) {
    try {
      stream = wrapping.around(new Sink(out));
    } catch (IOException e) {
      throw new UncheckedIOException("there is no encoder to be had", e);
    }
  }

  private interface Step {
    void run() throws IOException;
  }

  /// @return what the step has written
  private Bytes after(Step step) {
    try {
      step.run();
    } catch (IOException e) {
      throw new UncheckedIOException("encoding in memory failed", e);
    }
    var written = out.toBytes();
    out.clear();
    return written;
  }

  @Override
  public Bytes encode(Bytes plain) {
    return after(() -> stream.write(plain.toByteArray()));
  }

  @Override
  public Bytes flush() {
    return after(stream::flush);
  }

  @Override
  public Bytes end() {
    closed = true;
    return after(stream::close);
  }

  @Override
  public void close() {
    if (!closed) {
      end();
    }
  }

  private static final class Sink extends OutputStream {
    private final ByteWriter out;

    Sink(ByteWriter out) {
      this.out = out;
    }

    @Override
    public void write(int octet) {
      out.putByte(octet);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      out.put(bytes, offset, length);
    }
  }
}
