// SPDX-License-Identifier: Apache-2.0
package tulip.http.session;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import javax.crypto.spec.SecretKeySpec;
import tulip.bytes.Bytes;

/// The keys of both kinds of cookies.
final class Keys {
  private Keys() {}

  static List<SecretKeySpec> of(String algorithm, Predicate<Bytes> fits, Bytes... keys) {
    if (keys.length == 0 || !Arrays.stream(keys).allMatch(fits)) {
      throw new IllegalArgumentException("no key, or one of a length that is not allowed");
    }
    return Arrays.stream(keys).map(key -> new SecretKeySpec(key.toByteArray(), algorithm)).toList();
  }
}
