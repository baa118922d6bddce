// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.util.List;
import tulip.redis.protocol.Reply;

/// Members that were taken from one of several sorted sets.
///
/// @param key the set
public record ScoredPopped(String key, List<Scored> members) {
  static ScoredPopped of(Reply reply) {
    var parts = reply.list();
    return new ScoredPopped(parts.get(0).string(), Scored.list(parts.get(1)));
  }

  /// Of a set, a member and its score.
  static ScoredPopped ofOne(Reply reply) {
    var parts = reply.list();
    var member = new Scored(parts.get(1).string(), parts.get(2).real());
    return new ScoredPopped(parts.get(0).string(), List.of(member));
  }
}
