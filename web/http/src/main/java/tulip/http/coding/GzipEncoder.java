// SPDX-License-Identifier: Apache-2.0
package tulip.http.coding;

import java.util.zip.CRC32;
import tulip.bytes.ByteWriter;
import tulip.bytes.Bytes;

/// gzip, as one member without name and time, so that equal bodies are equal when encoded.
final class GzipEncoder implements Encoder {
  private static final Bytes HEADER = Bytes.ofHex("1f8b08000000000000ff");
  private static final int TRAILER = 8;

  private final DeflateEncoder data = new DeflateEncoder(true);
  private final CRC32 checksum = new CRC32();
  private long size;
  private boolean begun;

  @Override
  public Bytes encode(Bytes plain) {
    checksum.update(plain.asByteBuffer());
    size += plain.length();
    return behindHeader(data.encode(plain));
  }

  @Override
  public Bytes flush() {
    return behindHeader(data.flush());
  }

  @Override
  public Bytes end() {
    var rest = behindHeader(data.end());
    var trailer = new ByteWriter(TRAILER);
    trailer.putIntLE((int) checksum.getValue()).putIntLE((int) size);
    return Bytes.concat(rest, trailer.toBytes());
  }

  private Bytes behindHeader(Bytes piece) {
    if (begun) {
      return piece;
    }
    begun = true;
    return Bytes.concat(HEADER, piece);
  }

  @Override
  public void close() {
    data.close();
  }
}
