// SPDX-License-Identifier: Apache-2.0
package tulip.websocket.protocol;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Frames, made byte by byte without the code under test.
public final class Frames {
  public static final int TEXT = 0x81;
  public static final int BINARY = 0x82;
  public static final int CLOSE = 0x88;
  public static final int PING = 0x89;
  public static final int PONG = 0x8A;

  private static final byte[] KEY = {0x37, (byte) 0xFA, 0x21, 0x3D};

  private Frames() {}

  /// A frame as a server sends it.
  public static byte[] plain(int first, byte... payload) {
    return frame(first, 0, payload);
  }

  public static byte[] plain(int first, String payload) {
    return plain(first, utf8(payload));
  }

  /// A frame as a client sends it.
  public static byte[] masked(int first, byte... payload) {
    return frame(first, 0x80, payload);
  }

  public static byte[] masked(int first, String payload) {
    return masked(first, utf8(payload));
  }

  /// The payload of a close frame.
  public static byte[] status(int code, String reason) {
    return join(new byte[] {(byte) (code >> 8), (byte) code}, utf8(reason));
  }

  private static byte[] frame(int first, int flag, byte[] payload) {
    int length = payload.length;
    var header = ByteBuffer.allocate(14).put((byte) first);
    if (length < 126) {
      header.put((byte) (flag | length));
    } else if (length < 65536) {
      header.put((byte) (flag | 126)).putShort((short) length);
    } else {
      header.put((byte) (flag | 127)).putLong(length);
    }
    byte[] hidden = payload.clone();
    if (flag != 0) {
      header.put(KEY);
      for (int i = 0; i < length; i++) {
        hidden[i] ^= KEY[i % 4];
      }
    }
    byte[] head = new byte[header.position()];
    header.flip().get(head);
    return join(head, hidden);
  }

  public static byte[] join(byte[]... parts) {
    var all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  public static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  public static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
