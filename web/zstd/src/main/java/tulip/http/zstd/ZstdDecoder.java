// SPDX-License-Identifier: Apache-2.0
package tulip.http.zstd;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;
import tulip.bytes.MalformedException;
import tulip.http.coding.Decoder;

/// zstd: frames, one behind the other (RFC 8878, section 3).
final class ZstdDecoder implements Decoder {
  private static final int PIECE = 32 * 1024;

  private final byte[] piece = new byte[PIECE];
  private @Nullable ZstdFrames frames;

  /// The last piece was, so that another one may come without more input.
  private boolean full;

  @Override
  public void put(Bytes coded) {
    if (coded.isEmpty()) {
      return;
    }
    if (frames == null || !frames.hasRemaining()) {
      close();
      frames = ZstdFrames.open();
    }
    frames.put(coded);
  }

  @Override
  public @Nullable Bytes take() throws MalformedException {
    while (frames != null && (full || frames.hasInput())) {
      int n = decode(frames);
      full = n == PIECE;
      if (n > 0) {
        return Bytes.copyOf(piece, 0, n);
      }
    }
    return null;
  }

  private int decode(ZstdFrames from) throws MalformedException {
    try {
      var target = ByteBuffer.wrap(piece);
      from.read(target);
      return target.position();
    } catch (IOException e) {
      throw new MalformedException("no zstd: " + e.getMessage());
    }
  }

  @Override
  public void end() throws MalformedException {
    if (frames != null && frames.hasRemaining()) {
      throw new MalformedException("the end of the zstd body is missing");
    }
  }

  @Override
  public void close() {
    if (frames != null) {
      frames.close();
      frames = null;
    }
  }
}
