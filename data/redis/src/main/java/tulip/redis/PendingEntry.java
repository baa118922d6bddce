// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.time.Duration;
import tulip.redis.protocol.Reply;

/// An entry that a consumer has got and not acknowledged.
///
/// @param idle since it was delivered
/// @param deliveries how often it was
public record PendingEntry(String id, String consumer, Duration idle, long deliveries) {
  static PendingEntry of(Reply reply) {
    var parts = reply.list();
    return new PendingEntry(
        parts.get(0).string(),
        parts.get(1).string(),
        Duration.ofMillis(parts.get(2).integer()),
        parts.get(3).integer());
  }
}
