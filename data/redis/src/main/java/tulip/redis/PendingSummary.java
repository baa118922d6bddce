// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tulip.redis.protocol.Reply;

/// What consumers of a group have got and not acknowledged.
///
/// @param count how many entries
/// @param first the smallest id, or `null` if there is none
/// @param last the largest id, or `null` if there is none
/// @param consumers how many each consumer has
public record PendingSummary(
    long count, @Nullable String first, @Nullable String last, Map<String, Long> consumers) {
  static PendingSummary of(Reply reply) {
    var parts = reply.list();
    var consumers = new LinkedHashMap<String, Long>();
    if (!parts.get(3).isNull()) {
      for (var consumer : parts.get(3).list()) {
        consumers.put(consumer.list().get(0).string(), consumer.list().get(1).integer());
      }
    }
    return new PendingSummary(
        parts.get(0).integer(),
        parts.get(1).stringOrNull(),
        parts.get(2).stringOrNull(),
        consumers);
  }
}
