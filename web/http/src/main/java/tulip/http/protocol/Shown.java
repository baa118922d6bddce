// SPDX-License-Identifier: Apache-2.0
package tulip.http.protocol;

import java.nio.charset.StandardCharsets;
import tulip.bytes.Bytes;

/// How text that may be hostile appears in messages: quoted, escaped and cut.
final class Shown {
  private Shown() {}

  static String quote(String text) {
    return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8)).toString();
  }

  static String quote(byte[] bytes, int from, int to) {
    return Bytes.copyOf(bytes, from, to - from).toString();
  }
}
