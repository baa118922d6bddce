// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import tulip.redis.protocol.Reply;

/// A command whose reply is there: sends nothing.
record AnsweredCommands(Reply reply) implements RedisCommands {
  @Override
  public Reply call(Object... command) {
    return reply.orThrow();
  }
}
