// SPDX-License-Identifier: Apache-2.0

/// A Redis client for tasks.
///
/// Reading order: [tulip.redis.Redis] is a client whose tasks share one connection, with the
/// commands of [tulip.redis.RedisCommands]; [tulip.redis.RedisConnection] is one connection;
/// [tulip.redis.protocol.Reply] is what a server says, and `tulip.redis.protocol` the codec.
@org.jspecify.annotations.NullMarked
module tulip.redis {
  requires static transitive org.jspecify;
  requires transitive tulip.bytes;
  requires transitive tulip.core;
  requires transitive tulip.net;
  requires transitive tulip.pool;
  requires tulip.pipelining;

  exports tulip.redis;
  exports tulip.redis.protocol;
  exports tulip.redis.recipes;
}
