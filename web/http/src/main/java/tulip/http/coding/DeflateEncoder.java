// SPDX-License-Identifier: Apache-2.0
package tulip.http.coding;

import java.util.zip.Deflater;
import tulip.bytes.ByteWriter;
import tulip.bytes.Bytes;

/// deflate, with the frame of zlib or without.
final class DeflateEncoder implements Encoder {
  private static final int PIECE = 8 * 1024;
  private static final int LARGEST = 1 << 30;

  private final Deflater deflater;
  private final byte[] piece = new byte[PIECE];

  DeflateEncoder(boolean raw) {
    deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, raw);
  }

  @Override
  public Bytes encode(Bytes plain) {
    deflater.setInput(plain.asByteBuffer());
    return drain(Deflater.NO_FLUSH);
  }

  @Override
  public Bytes flush() {
    return drain(Deflater.SYNC_FLUSH);
  }

  @Override
  public Bytes end() {
    deflater.finish();
    return drain(Deflater.NO_FLUSH);
  }

  private Bytes drain(int flush) {
    var out = new ByteWriter(LARGEST);
    int n;
    do {
      n = deflater.deflate(piece, 0, piece.length, flush);
      out.put(piece, 0, n);
    } while (n == piece.length);
    return out.toBytes();
  }

  @Override
  public void close() {
    deflater.end();
  }
}
