// SPDX-License-Identifier: Apache-2.0
package tulip.http.middleware;

import java.util.LinkedHashMap;
import java.util.Map;

/// How much each client has asked for lately: leaky buckets, each of which is one number, the time
/// at which it will be empty.
final class Buckets {
  private final long each;
  private final long full;
  private final Map<String, Long> emptyAt;

  /// @param requests how many fill a bucket
  /// @param nanos how long a full bucket takes to run empty
  /// @param most how many buckets there may be; then the one that was used longest ago goes
  Buckets(int requests, long nanos, int most) {
    each = Math.max(1, nanos / requests);
    full = each * requests;
    emptyAt =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > most;
          }
        };
  }

  /// Takes note of a request.
  ///
  /// @return 0, or after how many nanoseconds there is room for it
  long take(String client, long now) {
    var known = emptyAt.get(client);
    long before = known == null ? now : Math.max(now, known);
    long after = before + each;
    if (after - now > full) {
      return after - now - full;
    }
    emptyAt.put(client, after);
    return 0;
  }
}
