// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import tulip.redis.protocol.Reply;

/// A command that took long.
///
/// @param command its words, cut if there are many
/// @param client the address of who has sent it
/// @param clientName empty if that has none
public record SlowlogEntry(
    long id, Instant when, Duration time, List<String> command, String client, String clientName) {
  static SlowlogEntry of(Reply reply) {
    var parts = reply.list();
    return new SlowlogEntry(
        parts.get(0).integer(),
        Instant.ofEpochSecond(parts.get(1).integer()),
        Duration.ofNanos(1000 * parts.get(2).integer()),
        parts.get(3).strings(),
        parts.get(4).string(),
        parts.get(5).string());
  }
}
