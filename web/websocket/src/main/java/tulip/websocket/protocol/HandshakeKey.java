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

  /// To be copied: to ask for one leaves something behind in each thread.
  private static final MessageDigest SHA1 = sha1();

  private HandshakeKey() {}

  private static MessageDigest sha1() {
    try {
      return MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-1", e);
    }
  }

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
      var sha1 = (MessageDigest) SHA1.clone();
      byte[] hash = sha1.digest((key + SUFFIX).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(hash);
    } catch (CloneNotSupportedException e) {
      throw new AssertionError("the JDK's SHA-1 can be copied", e);
    }
  }
}
