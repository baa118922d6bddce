// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;
import tulip.redis.CachingOptions.Tracking;
import tulip.redis.protocol.CommandEncoder;
import tulip.redis.protocol.Reply;

/// A client that keeps what it has read until the server says that it has changed: Redis's
/// client-side caching.
///
/// ```java
/// try (var redis = CachingRedis.open(RedisOptions.parse("redis://localhost"))) {
///   redis.get("greeting");                            // asks the server
///   redis.get("greeting");                            // does not
/// }
/// ```
///
/// It keeps the replies to commands that read keys and nothing else, such as GET, MGET, HGETALL or
/// ZRANGE; all others it sends as ever.
///
/// **How old a value may be.** The server sends word of a change behind the change, so that a value
/// may be old for as long as a message takes; own writes are seen at once. No value is kept that
/// has changed while it was on its way, and none beyond the end of the connection. A connection
/// whose network has died without a sign is found out by a ping, after
/// [tulip.pool.SessionOptions#checkAfter] and [tulip.pool.SessionOptions#hookTimeout]: so long, at
/// worst, values may be old. A key that expires is told of when the server removes it, which may be
/// later than its time.
///
/// It needs RESP3. With a server that knows only RESP2 nothing is kept.
///
/// A client is a block: it belongs to the task that opened it, which closes it. The other methods
/// are for any task of its loop.
public final class CachingRedis implements RedisCommands, AutoCloseable {
  private final CachingOptions caching;
  private final Redis redis;
  private final ReplyCache cache;

  /// The connection on which the server tells of changes.
  private @Nullable RedisConnection tracked;

  private CachingRedis(RedisOptions options, CachingOptions caching) throws IOException {
    this.caching = caching;
    cache = new ReplyCache(caching.maxEntries());
    redis = Redis.open(options);
    redis.beginWith(this::track);
  }

  /// Opens a client with the usual cache; it connects in the background. In a task.
  ///
  /// @throws IOException never, at present
  public static CachingRedis open(RedisOptions options) throws IOException {
    return open(options, CachingOptions.DEFAULT);
  }

  /// Opens a client; it connects in the background. In a task.
  ///
  /// @throws IllegalArgumentException if the options ask for RESP2
  public static CachingRedis open(RedisOptions options, CachingOptions caching) throws IOException {
    if (options.login().protocol() < 3) {
      throw new IllegalArgumentException(
          "a server tells of changes in RESP3, not in RESP" + options.login().protocol());
    }
    return new CachingRedis(options, caching);
  }

  private void track(RedisConnection connection) throws IOException {
    tracked = null;
    cache.invalidateAll();
    connection.onPush(this::note);
    connection.call(caching.command());
    tracked = connection;
  }

  private void note(Reply.Push push) {
    if (push.kind().equals("invalidate")) {
      var keys = push.values().get(1);
      if (keys.isNull()) {
        cache.invalidateAll();
      } else {
        keys.list().forEach(key -> cache.invalidate(key.bytes()));
      }
    }
  }

  // Commands.

  @Override
  public Reply call(Object... command) throws IOException {
    var cacheable = CacheableCommand.of(command);
    if (cacheable == null) {
      return callUncached(command);
    }
    if (!isCovered(cacheable)) {
      return redis.call(command);
    }
    var known = isTracked(tracked) ? cache.get(cacheable) : null;
    return known == null ? read(cacheable, command) : known;
  }

  private boolean isCovered(CacheableCommand command) {
    return caching.prefixes().isEmpty()
        || command.keys().stream()
            .allMatch(key ->
                caching.prefixes().stream()
                    .anyMatch(prefix -> key.startsWith(Bytes.ofUtf8(prefix))));
  }

  private static boolean isTracked(@Nullable RedisConnection connection) {
    return connection != null && connection.isOpen();
  }

  /// What the command may have changed is not waited to be told of.
  private Reply callUncached(Object... command) throws IOException {
    try {
      return redis.call(command);
    } finally {
      for (int i = 1; i < command.length; i++) {
        cache.invalidate(CommandEncoder.bytes(command[i]));
      }
    }
  }

  private Reply read(CacheableCommand cacheable, Object... command) throws IOException {
    var connection = redis.shared();
    var reading = cache.begin(cacheable);
    try {
      var reply = ask(connection, command);
      if (connection == tracked) {
        cache.put(reading, reply);
      }
      return reply;
    } finally {
      cache.end(reading);
    }
  }

  private Reply ask(RedisConnection connection, Object... command) throws IOException {
    if (caching.tracking() != Tracking.OPT_IN) {
      return connection.callOrdinary(command);
    }
    var replies =
        connection.pipeline(batch -> batch.call("CLIENT", "CACHING", "YES").call(command));
    replies.getFirst().orThrow();
    return replies.getLast().orThrow();
  }

  // What there is besides.

  /// The client itself, past the cache: for pipelines, transactions and subscriptions. What they
  /// change the server tells of.
  public Redis redis() {
    return redis;
  }

  /// Whether replies are kept at present: there is a connection, and the server tells of changes.
  public boolean isCaching() {
    return isTracked(tracked);
  }

  /// The cache at this moment.
  public CachingStatistics statistics() {
    return cache.statistics();
  }

  /// Drops all replies that are kept.
  public void clear() {
    cache.invalidateAll();
  }

  /// Closes the client, as [Redis#close] does. By the task that opened it.
  @Override
  public void close() {
    redis.close();
    cache.invalidateAll();
  }

  @Override
  public String toString() {
    return "caching " + redis;
  }
}
