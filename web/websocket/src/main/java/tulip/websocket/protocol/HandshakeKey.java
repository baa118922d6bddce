// SPDX-License-Identifier: Apache-2.0
package tulip.websocket.protocol;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import tulip.bytes.Bytes;

/// What the client says in the handshake so that the server can show it speaks WebSocket (RFC 6455,
/// section 1.3).
final class HandshakeKey {
  private static final String SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int SIZE = 16;

  private HandshakeKey() {}

  /// The key of a client's choice.
  static String of(Bytes nonce) {
    if (nonce.length() != SIZE) {
      throw new IllegalArgumentException("a key has " + SIZE + " bytes, not " + nonce.length());
    }
    return Base64.getEncoder().encodeToString(nonce.toByteArray());
  }

  static boolean isKey(String text) {
    try {
      return Base64.getDecoder().decode(text).length == SIZE && text.endsWith("==");
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  /// What a server answers to a key.
  static String accept(String key) {
    try {
      var sha1 = MessageDigest.getInstance("SHA-1");
      byte[] hash = sha1.digest((key + SUFFIX).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-1", e);
    }
  }
}
