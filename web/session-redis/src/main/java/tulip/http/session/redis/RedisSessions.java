// SPDX-License-Identifier: Apache-2.0
package tulip.http.session.redis;

import tulip.http.session.SessionStore;
import tulip.http.session.StoredSessions;
import tulip.redis.RedisCommands;
import tulip.redis.recipes.RedisStore;
import tulip.redis.recipes.ValueCodec;

/// Sessions in Redis, for all servers that share it.
///
/// ```java
/// try (var redis = Redis.open("redis://localhost")) {
///   app.use(Sessions.of(RedisSessions.of(redis)));
///   ...
/// }
/// ```
///
/// If Redis cannot be asked, requests that ask for their sessions fail.
public final class RedisSessions {
  private static final String PREFIX = "session:";

  private RedisSessions() {}

  /// Sessions under names that begin with `session:`.
  ///
  /// @param redis a client, a connection or a cluster; the store is for its loop
  public static SessionStore of(RedisCommands redis) {
    return of(redis, PREFIX);
  }

  /// Sessions under names of one's own.
  ///
  /// @param redis a client, a connection or a cluster; the store is for its loop
  /// @param prefix how the names begin
  public static SessionStore of(RedisCommands redis, String prefix) {
    var store = new RedisStore<>(redis, prefix, ValueCodec.BYTES);
    return StoredSessions.in(new RedisValues(store));
  }
}
