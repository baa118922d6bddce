// SPDX-License-Identifier: Apache-2.0
package tulip.http.session;

import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;

/// Bytes as the text of a cookie: base 64 with the letters of URLs (RFC 4648, section 5).
final class TokenText {
  private TokenText() {}

  static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /// {@return bytes from their text, or null if it is none}
  static @Nullable Bytes decode(String text) {
    try {
      return Bytes.wrap(Base64.getUrlDecoder().decode(text));
    } catch (IllegalArgumentException _) {
      return null;
    }
  }
}
