// SPDX-License-Identifier: Apache-2.0
package tulip.websocket.protocol;

import static tulip.websocket.protocol.WebSocketProtocolException.malformed;

import org.jspecify.annotations.Nullable;
import tulip.bytes.ByteQueue;

/// How a frame begins (RFC 6455, section 5.2).
///
/// @param last whether it ends its message
/// @param compressed the first reserved bit, which RFC 7692 has given a meaning
/// @param opcode what it is
/// @param length of its payload
/// @param masked whether the payload is hidden
/// @param key behind what; 0 if it is not
/// @param size of the header itself
record FrameHeader(
    boolean last, boolean compressed, int opcode, long length, boolean masked, int key, int size) {
  static final int LAST = 0x80;
  static final int COMPRESSED = 0x40;
  static final int MASKED = 0x80;
  static final int LENGTH_16 = 126;
  static final int LENGTH_64 = 127;
  static final int LONGEST_CONTROL = 125;

  private static final int OTHER_RESERVED = 0x30;
  private static final int OPCODE = 0x0F;

  /// Looks at the header that a queue begins with, if all of it is there.
  ///
  /// @param masked whether the peer must hide its payloads: clients must, servers must not
  static @Nullable FrameHeader peek(ByteQueue input, boolean masked)
      throws WebSocketProtocolException {
    if (!input.has(2)) {
      return null;
    }
    int first = input.peekUnsignedByte(0);
    int second = input.peekUnsignedByte(1);
    check(first, second, masked);
    int shortLength = second & ~MASKED;
    int size = 2 + lengthSize(shortLength) + (masked ? Integer.BYTES : 0);
    if (!input.has(size)) {
      return null;
    }
    long length = length(input, shortLength);
    int key = masked ? input.peekInt(size - Integer.BYTES) : 0;
    return new FrameHeader(
        (first & LAST) != 0, (first & COMPRESSED) != 0, first & OPCODE, length, masked, key, size);
  }

  boolean isControl() {
    return Opcode.isControl(opcode);
  }

  /// Whether enough of the frame is there to begin with it: all of a control frame, something of
  /// another one.
  boolean canBegin(ByteQueue input) {
    return input.size() >= size + (isControl() ? length : Math.min(1, length));
  }

  private static void check(int first, int second, boolean masked)
      throws WebSocketProtocolException {
    int opcode = first & OPCODE;
    if (!Opcode.isKnown(opcode)) {
      throw malformed("a frame of the unknown kind " + opcode);
    }
    if ((first & OTHER_RESERVED) != 0) {
      throw malformed("a reserved bit that nobody has agreed on");
    }
    if ((second & MASKED) != 0 != masked) {
      throw malformed(masked ? "a client's frame without a mask" : "a server's frame with a mask");
    }
    if (Opcode.isControl(opcode)) {
      checkControl(first, second);
    }
  }

  private static void checkControl(int first, int second) throws WebSocketProtocolException {
    if ((first & LAST) == 0) {
      throw malformed("a control frame in fragments");
    }
    if ((first & COMPRESSED) != 0) {
      throw malformed("a compressed control frame");
    }
    if ((second & ~MASKED) > LONGEST_CONTROL) {
      throw malformed("a control frame of more than " + LONGEST_CONTROL + " bytes");
    }
  }

  private static int lengthSize(int shortLength) {
    return switch (shortLength) {
      case LENGTH_16 -> Short.BYTES;
      case LENGTH_64 -> Long.BYTES;
      default -> 0;
    };
  }

  /// As few bytes as possible must be used, so that every frame has one form.
  private static long length(ByteQueue input, int shortLength) throws WebSocketProtocolException {
    if (shortLength < LENGTH_16) {
      return shortLength;
    }
    boolean wide = shortLength == LENGTH_64;
    long length = wide ? input.peekLong(2) : input.peekUnsignedShort(2);
    if (length < 0) {
      throw malformed("a length beyond 2^63");
    }
    if (length <= (wide ? 0xFFFF : LONGEST_CONTROL)) {
      throw malformed("a length in more bytes than it needs");
    }
    return length;
  }
}
