// SPDX-License-Identifier: Apache-2.0
package tulip.http.coding;

import org.jspecify.annotations.Nullable;
import tulip.bytes.ByteQueue;
import tulip.bytes.Bytes;
import tulip.bytes.MalformedException;

/// deflate, with the frame of zlib or without: the first two bytes tell (RFC 1950, section 2.2).
final class DeflateDecoder implements Decoder {
  private static final int METHOD = 8;

  private final ByteQueue input = new ByteQueue(Integer.MAX_VALUE - 8);
  private @Nullable Inflation inflation;

  @Override
  public void put(Bytes coded) {
    input.put(coded);
  }

  @Override
  public @Nullable Bytes take() throws MalformedException {
    if (inflation == null) {
      if (!input.has(2)) {
        return null;
      }
      inflation = new Inflation(!hasFrame());
    }
    if (inflation.isFinished()) {
      input.clear(); // what stands behind the end means nothing
      return null;
    }
    return inflation.take(input);
  }

  private boolean hasFrame() {
    int first = input.peekUnsignedByte(0);
    return (first & 15) == METHOD && (first << 8 | input.peekUnsignedByte(1)) % 31 == 0;
  }

  @Override
  public void end() throws MalformedException {
    boolean nothing = inflation == null && input.isEmpty();
    if (!nothing && (inflation == null || !inflation.isFinished())) {
      throw new MalformedException("the end of the compressed body is missing");
    }
  }

  @Override
  public void close() {
    if (inflation != null) {
      inflation.close();
    }
  }
}
