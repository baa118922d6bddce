// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tulip.redis.protocol.Reply;

/// Fields and values in a reply.
final class Fields {
  private Fields() {}

  /// RESP3 may have a list of pairs, RESP2 a flat list.
  static Map<String, String> map(Reply reply) {
    if (reply.plain() instanceof Reply.Array(var pairs)
        && !pairs.isEmpty()
        && pairs.getFirst() instanceof Reply.Array) {
      var map = new LinkedHashMap<String, String>();
      pairs.forEach(pair -> map.put(pair.list().get(0).string(), pair.list().get(1).string()));
      return map;
    }
    return reply.map(Reply::string);
  }

  static List<Map.Entry<String, String>> entries(Reply reply) {
    return reply.entries().stream()
        .map(entry -> Map.entry(entry.key().string(), entry.value().string()))
        .toList();
  }
}
