// SPDX-License-Identifier: Apache-2.0
package tulip.it.http.raw;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import tulip.bytes.Bytes;
import tulip.http.raw.RawCase;

/// A byte too many at each place of a field that says how long a request is.
final class Variants {
  private static final int[] BYTES = {
    0, '\t', '\n', 0x0B, 0x0C, '\r', ' ', '"', '+', ',', '-', '0', ';', '\\', 0x7F, 0x80, 0xA0, 0xFF
  };

  /// A place, in a field that is written `name`, colon, blank, `value`.
  private enum Place {
    BEFORE_NAME,
    IN_NAME,
    AFTER_NAME,
    BEFORE_VALUE,
    IN_VALUE,
    AFTER_VALUE;

    String put(String extra, String name, String value) {
      return switch (this) {
        case BEFORE_NAME -> extra + name + ": " + value;
        case IN_NAME -> name.substring(0, 4) + extra + name.substring(4) + ": " + value;
        case AFTER_NAME -> name + extra + ": " + value;
        case BEFORE_VALUE -> name + ": " + extra + value;
        case IN_VALUE -> name + ": " + value.charAt(0) + extra + value.substring(1);
        case AFTER_VALUE -> name + ": " + value + extra;
      };
    }

    String words() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  private Variants() {}

  static List<RawCase> all() {
    var all = new ArrayList<RawCase>();
    for (var place : Place.values()) {
      for (int b : BYTES) {
        all.add(variant(place, b, "Content-Length", "11", "hello world"));
        all.add(variant(place, b, "Transfer-Encoding", "chunked", "b\r\nhello world\r\n0\r\n\r\n"));
      }
    }
    return all;
  }

  private static RawCase variant(Place place, int b, String name, String value, String body) {
    var field = place.put(String.valueOf((char) b), name, value);
    var text = "POST /echo HTTP/1.1\r\nHost: h\r\n" + field + "\r\n\r\n" + body;
    return new RawCase(
        "0x" + HexFormat.of().toHexDigits((byte) b) + " " + place.words() + " of " + name,
        "",
        List.of(Bytes.ofLatin1(text).toByteArray()));
  }
}
