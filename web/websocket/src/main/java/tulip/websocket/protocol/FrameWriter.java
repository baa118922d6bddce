// SPDX-License-Identifier: Apache-2.0
package tulip.websocket.protocol;

import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;

/// Makes frames.
final class FrameWriter {
  private final @Nullable IntSupplier maskKeys;

  /// @param maskKeys null for a server, which hides nothing
  FrameWriter(@Nullable IntSupplier maskKeys) {
    this.maskKeys = maskKeys;
  }

  /// Whether what this makes is the same each time.
  boolean isPlain() {
    return maskKeys == null;
  }

  /// A frame.
  ///
  /// @param first its first byte: flags and opcode
  Bytes frame(int first, Bytes payload) {
    int length = payload.length();
    boolean masked = maskKeys != null;
    int size = headerSize(length, masked);
    byte[] frame = new byte[Math.addExact(size, length)];
    frame[0] = (byte) first;
    putLength(frame, length, masked ? FrameHeader.MASKED : 0);
    payload.copyTo(frame, size);
    if (maskKeys != null) {
      int key = maskKeys.getAsInt();
      putBigEndian(frame, size - Integer.BYTES, Integer.BYTES, key);
      Mask.apply(key, 0, frame, size, frame.length);
    }
    return Bytes.wrap(frame);
  }

  private static int headerSize(int length, boolean masked) {
    int size = length <= FrameHeader.LONGEST_CONTROL ? 2 : length <= 0xFFFF ? 4 : 10;
    return size + (masked ? Integer.BYTES : 0);
  }

  private static void putLength(byte[] frame, int length, int flag) {
    if (length <= FrameHeader.LONGEST_CONTROL) {
      frame[1] = (byte) (flag | length);
    } else if (length <= 0xFFFF) {
      frame[1] = (byte) (flag | FrameHeader.LENGTH_16);
      putBigEndian(frame, 2, Short.BYTES, length);
    } else {
      frame[1] = (byte) (flag | FrameHeader.LENGTH_64);
      putBigEndian(frame, 2, Long.BYTES, length);
    }
  }

  private static void putBigEndian(byte[] frame, int at, int bytes, long value) {
    for (int i = 0; i < bytes; i++) {
      frame[at + i] = (byte) (value >>> (8 * (bytes - 1 - i)));
    }
  }
}
