// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.util.List;
import tulip.redis.protocol.Reply;

/// A place on the earth, in degrees.
public record GeoPoint(double longitude, double latitude) {
  static GeoPoint of(Reply reply) {
    List<Double> parts = reply.list(Reply::real);
    return new GeoPoint(parts.get(0), parts.get(1));
  }
}
