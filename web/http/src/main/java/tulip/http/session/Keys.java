// SPDX-License-Identifier: Apache-2.0
package tulip.http.session;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;

/// What both kinds of cookies need: keys, and bytes out of text.
final class Keys {
  private Keys() {}

  static List<SecretKeySpec> of(String algorithm, Predicate<Bytes> fits, Bytes... keys) {
    if (keys.length == 0 || !Arrays.stream(keys).allMatch(fits)) {
      throw new IllegalArgumentException("no key, or one of a length that is not allowed");
    }
    return Arrays.stream(keys).map(key -> new SecretKeySpec(key.toByteArray(), algorithm)).toList();
  }

  /// {@return bytes from their text in base 64, or null if it is none}
  static @Nullable Bytes decode(String text) {
    try {
      return Bytes.wrap(Base64.getUrlDecoder().decode(text));
    } catch (IllegalArgumentException _) {
      return null;
    }
  }
}
