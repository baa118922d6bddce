// SPDX-License-Identifier: Apache-2.0
package tulip.dns.protocol;

import java.util.HashMap;
import java.util.Map;
import tulip.bytes.ByteWriter;
import tulip.bytes.Bytes;

/// Writes names into a message, each ending as a pointer to what was written before, if it can (RFC
/// 1035, 4.1.4).
final class NameEncoder {
  private static final int POINTER = 0xC000;
  private static final int FARTHEST = 0x3FFF;

  private final ByteWriter out;

  /// Where names, and all their ends, were written. Spelled alike: a pointer keeps the case.
  private final Map<Bytes, Integer> places = new HashMap<>();

  NameEncoder(ByteWriter out) {
    this.out = out;
  }

  void put(DomainName name) {
    for (Bytes rest = name.wire(); rest.byteAt(0) != 0; rest = rest.slice(1 + rest.byteAt(0))) {
      var place = places.get(rest);
      if (place != null) {
        out.putShort(POINTER | place);
        return;
      }
      if (out.size() <= FARTHEST) {
        places.put(rest, out.size());
      }
      out.put(rest.slice(0, 1 + rest.byteAt(0)));
    }
    out.putByte(0);
  }

  void putUncompressed(DomainName name) {
    out.put(name.wire());
  }
}
