// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import java.nio.charset.StandardCharsets;
import tulip.bytes.Bytes;

/// Reads Location fields, which should be ASCII and often are UTF-8.
final class Locations {
  private Locations() {}

  /// Each character of a field is a byte of what was sent.
  static String decode(String field) {
    return Bytes.wrap(field.getBytes(StandardCharsets.ISO_8859_1)).utf8();
  }
}
