// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import tulip.redis.protocol.Reply;

/// A value that was taken from one of several lists.
///
/// @param key the list
public record Popped(String key, String value) {
  static Popped of(Reply reply) {
    var parts = reply.list();
    return new Popped(parts.get(0).string(), parts.get(1).string());
  }
}
