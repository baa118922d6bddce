// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tulip.redis.protocol.Reply;

/// Keys of any type, and their expiry: the commands of Redis's group "generic".
public interface KeyCommands extends Commands {
  /// DEL: deletes keys.
  ///
  /// @return how many there were
  default long del(String... keys) throws IOException {
    return call(Arguments.of("DEL").add((Object[]) keys).toArray()).integer();
  }

  /// UNLINK: deletes keys, and frees their memory later.
  ///
  /// @return how many there were
  default long unlink(String... keys) throws IOException {
    return call(Arguments.of("UNLINK").add((Object[]) keys).toArray()).integer();
  }

  /// EXISTS: how many of the keys exist; one that is named twice counts twice.
  default long exists(String... keys) throws IOException {
    return call(Arguments.of("EXISTS").add((Object[]) keys).toArray()).integer();
  }

  /// PEXPIRE: has a key expire after a time.
  ///
  /// @return false if there is no such key
  default boolean expire(String key, Duration expiry) throws IOException {
    return call("PEXPIRE", key, expiry.toMillis()).truth();
  }

  /// PEXPIREAT: has a key expire at a time.
  ///
  /// @return false if there is no such key
  default boolean expireat(String key, Instant when) throws IOException {
    return call("PEXPIREAT", key, when.toEpochMilli()).truth();
  }

  /// PERSIST: has a key not expire.
  ///
  /// @return false if it would not have
  default boolean persist(String key) throws IOException {
    return call("PERSIST", key).truth();
  }

  /// PTTL: how long a key has left; `null` if it does not exist, or does not expire.
  default @Nullable Duration ttl(String key) throws IOException {
    long millis = call("PTTL", key).integer();
    return millis < 0 ? null : Duration.ofMillis(millis);
  }

  /// TYPE: the type of a key, `none` if it does not exist.
  default String type(String key) throws IOException {
    return call("TYPE", key).string();
  }

  /// RENAME: gives a key another name, and overwrites what has that.
  ///
  /// @throws tulip.redis.protocol.RedisException if there is no such key
  default void rename(String key, String name) throws IOException {
    call("RENAME", key, name);
  }

  /// RENAMENX: gives a key another name.
  ///
  /// @return false if that is taken
  default boolean renamenx(String key, String name) throws IOException {
    return call("RENAMENX", key, name).truth();
  }

  /// COPY: copies a key to another one.
  ///
  /// @return false if there is no such key, or that one exists
  default boolean copy(String key, String target) throws IOException {
    return call("COPY", key, target).truth();
  }

  /// TOUCH: marks keys as used.
  ///
  /// @return how many there are
  default long touch(String... keys) throws IOException {
    return call(Arguments.of("TOUCH").add((Object[]) keys).toArray()).integer();
  }

  /// RANDOMKEY: any key, or `null` if there is none.
  default @Nullable String randomkey() throws IOException {
    return call("RANDOMKEY").orNull(Reply::string);
  }

  /// KEYS: all keys that match a pattern. It holds the server up; [#scan] does not.
  default List<String> keys(String pattern) throws IOException {
    return call("KEYS", pattern).list(Reply::string);
  }

  /// SCAN: the keys that match a pattern, fetched in pages while they are walked through. One that
  /// is there all the time comes once at least, and perhaps twice. What fails, fails in the loop's
  /// head as an [java.io.UncheckedIOException].
  default Iterable<String> scan(String pattern) {
    return new Scan<>(this, Reply::string, Arguments.of("SCAN"), "MATCH", pattern);
  }
}
