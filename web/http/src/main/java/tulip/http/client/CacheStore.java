// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tulip.http.protocol.Headers;

/// Responses by their URLs, several for one that depends on what is asked. What has not been used
/// for longest makes room.
final class CacheStore {
  /// So many for one URL.
  private static final int VARIANTS = 16;

  private final Map<String, List<CachedResponse>> variants = new LinkedHashMap<>(16, 0.75f, true);
  private final long limit;
  private long bytes;
  private int entries;

  CacheStore(long limit) {
    this.limit = limit;
  }

  @Nullable CachedResponse find(String key, Headers request) {
    for (var each : variants.getOrDefault(key, List.of())) {
      if (each.answers(request)) {
        return each;
      }
    }
    return null;
  }

  /// Keeps one in place of that which answers the same.
  void put(String key, CachedResponse entry) {
    var others = variants.computeIfAbsent(key, _ -> new ArrayList<>());
    others.stream()
        .filter(each -> each.answers(entry.asked()))
        .toList()
        .forEach(each -> remove(others, each));
    if (others.size() == VARIANTS) {
      remove(others, others.getFirst());
    }
    others.add(entry);
    bytes += entry.size();
    entries++;
    while (bytes > limit) {
      remove(variants.keySet().iterator().next());
    }
  }

  private void remove(List<CachedResponse> from, CachedResponse entry) {
    if (from.remove(entry)) {
      bytes -= entry.size();
      entries--;
    }
  }

  void remove(String key) {
    var gone = variants.remove(key);
    if (gone != null) {
      List.copyOf(gone).forEach(each -> remove(gone, each));
    }
  }

  void clear() {
    variants.clear();
    bytes = 0;
    entries = 0;
  }

  int entries() {
    return entries;
  }

  long bytes() {
    return bytes;
  }
}
