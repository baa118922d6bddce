// SPDX-License-Identifier: Apache-2.0
package tulip.websocket.protocol;

import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;

/// A message for many: it is encoded, and compressed, once for all who may have the same bytes.
///
/// Compressed, it refers to nothing outside of itself, so that it fits whatever its receivers have
/// seen before. For one loop.
public final class PreparedMessage {
  private static final FrameWriter PLAIN = new FrameWriter(null);

  private final boolean text;
  private final Bytes payload;
  private @Nullable Bytes frame;

  /// For each size of a window.
  private final @Nullable Bytes[] compressed = new Bytes[DeflateParameters.LARGEST_WINDOW + 1];

  private PreparedMessage(boolean text, Bytes payload) {
    this.text = text;
    this.payload = payload;
  }

  /// A message of text.
  public static PreparedMessage text(String text) {
    return new PreparedMessage(true, Bytes.ofUtf8(text));
  }

  /// A message of bytes.
  public static PreparedMessage binary(Bytes bytes) {
    return new PreparedMessage(false, bytes);
  }

  /// Whether it is text.
  public boolean isText() {
    return text;
  }

  /// What it says; UTF-8, if it is text.
  public Bytes payload() {
    return payload;
  }

  Bytes frame() {
    if (frame == null) {
      frame = PLAIN.frame(first(), payload);
    }
    return frame;
  }

  Bytes compressedFrame(MessageDeflater deflater) {
    int bits = deflater.windowBits();
    var known = compressed[bits];
    if (known == null) {
      known = PLAIN.frame(first() | FrameHeader.COMPRESSED, deflater.deflateAlone(payload));
      compressed[bits] = known;
    }
    return known;
  }

  private int first() {
    return FrameHeader.LAST | (text ? Opcode.TEXT : Opcode.BINARY);
  }
}
