// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.time.Duration;
import java.time.Instant;
import tulip.redis.protocol.Reply;

/// Something that took the server long.
///
/// @param name such as `command` or `fork`
/// @param when it happened last
/// @param last how long it took then
/// @param most how long it has taken at most
public record LatencyEvent(String name, Instant when, Duration last, Duration most) {
  static LatencyEvent of(Reply reply) {
    var parts = reply.list();
    return new LatencyEvent(
        parts.get(0).string(),
        Instant.ofEpochSecond(parts.get(1).integer()),
        Duration.ofMillis(parts.get(2).integer()),
        Duration.ofMillis(parts.get(3).integer()));
  }
}
