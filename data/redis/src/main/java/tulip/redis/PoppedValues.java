// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.util.List;
import tulip.redis.protocol.Reply;

/// Values that were taken from one of several lists.
///
/// @param key the list
public record PoppedValues(String key, List<String> values) {
  static PoppedValues of(Reply reply) {
    var parts = reply.list();
    return new PoppedValues(parts.get(0).string(), parts.get(1).strings());
  }
}
