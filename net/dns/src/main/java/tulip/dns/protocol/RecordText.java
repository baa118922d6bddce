// SPDX-License-Identifier: Apache-2.0
package tulip.dns.protocol;

import java.net.Inet6Address;
import java.util.Locale;
import tulip.bytes.Bytes;

/// Parts of records as zone files hold them.
final class RecordText {
  private RecordText() {}

  static String hex(Bytes bytes) {
    return bytes.hex().toUpperCase(Locale.ROOT);
  }

  /// RFC 3597, 5.
  static String unknown(Bytes data) {
    return "\\# " + data.length() + (data.isEmpty() ? "" : " " + hex(data));
  }

  /// RFC 9460, 2.1.
  static String service(int priority, DomainName target, SvcParams parameters) {
    return priority + " " + target + (parameters.isEmpty() ? "" : " " + parameters);
  }

  /// RFC 5952: lower case, and the longest run of zeros left out.
  static String address(Inet6Address address) {
    int[] groups = groups(address.getAddress());
    int from = 0;
    int to = 0;
    for (int start = 0; start < groups.length; start++) {
      int end = start;
      while (end < groups.length && groups[end] == 0) {
        end++;
      }
      if (end - start > Math.max(1, to - from)) { // a single zero stays
        from = start;
        to = end;
      }
    }
    if (to == 0) {
      return join(groups, 0, groups.length);
    }
    if (isMapped(groups)) {
      return "::ffff:" + dotted(groups);
    }
    return join(groups, 0, from) + "::" + join(groups, to, groups.length);
  }

  private static int[] groups(byte[] bytes) {
    int[] groups = new int[8];
    for (int i = 0; i < groups.length; i++) {
      groups[i] = (bytes[2 * i] & 0xFF) << 8 | (bytes[2 * i + 1] & 0xFF);
    }
    return groups;
  }

  private static boolean isMapped(int[] groups) {
    for (int i = 0; i < 5; i++) {
      if (groups[i] != 0) {
        return false;
      }
    }
    return groups[5] == 0xFFFF;
  }

  private static String dotted(int[] groups) {
    return "%d.%d.%d.%d"
        .formatted(groups[6] >> 8, groups[6] & 0xFF, groups[7] >> 8, groups[7] & 0xFF);
  }

  private static String join(int[] groups, int from, int to) {
    var text = new StringBuilder();
    for (int i = from; i < to; i++) {
      text.append(i == from ? "" : ":").append(Integer.toHexString(groups[i]));
    }
    return text.toString();
  }
}
