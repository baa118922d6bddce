// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import tulip.redis.protocol.Reply;

/// A member that [GeoCommands#geosearchWithDist] has found.
///
/// @param distance from the middle, in metres
public record GeoHit(String member, double distance, GeoPoint place) {
  static GeoHit of(Reply reply) {
    var parts = reply.list();
    return new GeoHit(parts.get(0).string(), parts.get(1).real(), GeoPoint.of(parts.get(2)));
  }
}
