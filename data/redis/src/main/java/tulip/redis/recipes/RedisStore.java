// SPDX-License-Identifier: Apache-2.0
package tulip.redis.recipes;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tulip.redis.RedisCommands;
import tulip.redis.SetOption;
import tulip.redis.protocol.Reply;

/// Values by names, each of which ends after a time: the sessions of a web application, for
/// instance.
///
/// ```java
/// var sessions = new RedisStore<>(redis, "session:", ValueCodec.TEXT);
/// sessions.put(id, "ann", Duration.ofHours(1));
/// ```
///
/// @param <T> the values
public final class RedisStore<T> {
  private final RedisCommands redis;
  private final String prefix;
  private final ValueCodec<T> codec;

  /// A store.
  ///
  /// @param prefix how its keys begin
  public RedisStore(RedisCommands redis, String prefix, ValueCodec<T> codec) {
    this.redis = redis;
    this.prefix = prefix;
    this.codec = codec;
  }

  /// The value of a name, or `null` if there is none, or not any more.
  ///
  /// @throws IOException if the server cannot be asked
  /// @throws IllegalArgumentException if what is there is no value
  public @Nullable T get(String name) throws IOException {
    return decode(redis.call("GET", prefix + name));
  }

  /// The same, and has it end after another time from now on.
  ///
  /// @throws IOException if the server cannot be asked
  public @Nullable T get(String name, Duration timeToLive) throws IOException {
    return decode(redis.call("GETEX", prefix + name, "PX", timeToLive.toMillis()));
  }

  private @Nullable T decode(Reply reply) {
    var bytes = reply.orNull(Reply::bytes);
    return bytes == null ? null : codec.decode(bytes);
  }

  /// Gives a name a value for a time of at least a millisecond.
  ///
  /// @throws IOException if the server cannot be told
  public void put(String name, T value, Duration timeToLive) throws IOException {
    redis.set(prefix + name, codec.encode(value), timeToLive);
  }

  /// Gives a name a value for a time, if it has none.
  ///
  /// @return whether it had none
  /// @throws IOException if the server cannot be told
  public boolean putIfAbsent(String name, T value, Duration timeToLive) throws IOException {
    return redis.set(prefix + name, codec.encode(value), SetOption.NX, SetOption.px(timeToLive));
  }

  /// Has a value end after another time from now on.
  ///
  /// @return false if there is none
  /// @throws IOException if the server cannot be told
  public boolean touch(String name, Duration timeToLive) throws IOException {
    return redis.call("PEXPIRE", prefix + name, timeToLive.toMillis()).truth();
  }

  /// Removes a value.
  ///
  /// @return false if there was none
  /// @throws IOException if the server cannot be told
  public boolean remove(String name) throws IOException {
    return redis.del(prefix + name) > 0;
  }
}
