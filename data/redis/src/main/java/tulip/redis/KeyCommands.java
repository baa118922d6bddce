// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;
import tulip.redis.protocol.Reply;

/// Keys of any type, and their expiry: the commands of Redis's group "generic".
public interface KeyCommands extends Commands {
  /// DEL: deletes keys.
  ///
  /// @return how many there were
  default long del(String... keys) throws IOException {
    return call(Reply::integer, Arguments.of("DEL").each(keys).toArray());
  }

  /// UNLINK: deletes keys, and frees their memory later.
  ///
  /// @return how many there were
  default long unlink(String... keys) throws IOException {
    return call(Reply::integer, Arguments.of("UNLINK").each(keys).toArray());
  }

  /// EXISTS: how many of the keys exist; one that is named twice counts twice.
  default long exists(String... keys) throws IOException {
    return call(Reply::integer, Arguments.of("EXISTS").each(keys).toArray());
  }

  /// PEXPIRE: has a key expire after a time.
  ///
  /// @return false if there is no such key
  default boolean expire(String key, Duration expiry) throws IOException {
    return call(Reply::truth, "PEXPIRE", key, expiry.toMillis());
  }

  /// PEXPIREAT: has a key expire at a time.
  ///
  /// @return false if there is no such key
  default boolean expireat(String key, Instant when) throws IOException {
    return call(Reply::truth, "PEXPIREAT", key, when.toEpochMilli());
  }

  /// PERSIST: has a key not expire.
  ///
  /// @return false if it would not have
  default boolean persist(String key) throws IOException {
    return call(Reply::truth, "PERSIST", key);
  }

  /// PTTL: how long a key has left; `null` if it does not exist, or does not expire.
  default @Nullable Duration ttl(String key) throws IOException {
    return this.<@Nullable Duration>call(
        reply -> reply.integer() < 0 ? null : Duration.ofMillis(reply.integer()), "PTTL", key);
  }

  /// TYPE: the type of a key, `none` if it does not exist.
  default String type(String key) throws IOException {
    return call(Reply::string, "TYPE", key);
  }

  /// RENAME: gives a key another name, and overwrites what has that.
  ///
  /// @throws tulip.redis.protocol.RedisException if there is no such key
  default void rename(String key, String name) throws IOException {
    call(Reply::orThrow, "RENAME", key, name);
  }

  /// RENAMENX: gives a key another name.
  ///
  /// @return false if that is taken
  default boolean renamenx(String key, String name) throws IOException {
    return call(Reply::truth, "RENAMENX", key, name);
  }

  /// COPY: copies a key to another one.
  ///
  /// @return false if there is no such key, or that one exists
  default boolean copy(String key, String target) throws IOException {
    return call(Reply::truth, "COPY", key, target);
  }

  /// TOUCH: marks keys as used.
  ///
  /// @return how many there are
  default long touch(String... keys) throws IOException {
    return call(Reply::integer, Arguments.of("TOUCH").each(keys).toArray());
  }

  /// RANDOMKEY: any key, or `null` if there is none.
  default @Nullable String randomkey() throws IOException {
    return callOrNull(Reply::string, "RANDOMKEY");
  }

  /// KEYS: all keys that match a pattern. It holds the server up; [#scan] does not.
  default List<String> keys(String pattern) throws IOException {
    return call(Reply::strings, "KEYS", pattern);
  }

  /// SCAN: the keys that match a pattern.
  default Iterable<String> scan(String pattern) {
    return scan(ScanOption.match(pattern));
  }

  /// SCAN: all keys, fetched in pages while they are walked through. One that is there all the time
  /// comes once at least, and perhaps twice. What fails, fails in the loop's head as an
  /// [java.io.UncheckedIOException].
  default Iterable<String> scan(ScanOption... options) {
    return new Scan<>(this, Reply::strings, List.of("SCAN"), options);
  }

  /// EXPIRETIME, in milliseconds: when a key expires; `null` if it does not exist, or does not
  /// expire.
  default @Nullable Instant expiretime(String key) throws IOException {
    return this.<@Nullable Instant>call(
        reply -> reply.integer() < 0 ? null : Instant.ofEpochMilli(reply.integer()),
        "PEXPIRETIME",
        key);
  }

  /// PEXPIRE with a condition.
  ///
  /// @return false if there is no such key, or the condition is not met
  default boolean expire(String key, Duration expiry, ExpireCondition condition)
      throws IOException {
    return call(Reply::truth, "PEXPIRE", key, expiry.toMillis(), condition.name());
  }

  /// PEXPIREAT with a condition.
  ///
  /// @return false if there is no such key, or the condition is not met
  default boolean expireat(String key, Instant when, ExpireCondition condition) throws IOException {
    return call(Reply::truth, "PEXPIREAT", key, when.toEpochMilli(), condition.name());
  }

  /// COPY with REPLACE: copies a key to another one, and overwrites that.
  ///
  /// @return false if there is no such key
  default boolean copyReplace(String key, String target) throws IOException {
    return call(Reply::truth, "COPY", key, target, "REPLACE");
  }

  /// MOVE: moves a key to another database.
  ///
  /// @return false if there is no such key, or that has one
  default boolean move(String key, int database) throws IOException {
    return call(Reply::truth, "MOVE", key, database);
  }

  /// DUMP: the value of a key in Redis's own form, for [#restore]; `null` if there is none.
  default @Nullable Bytes dump(String key) throws IOException {
    return callOrNull(Reply::bytes, "DUMP", key);
  }

  /// RESTORE: makes a key of what [#dump] has returned.
  ///
  /// @param expiry after which it expires; zero for never
  /// @throws tulip.redis.protocol.RedisException if there is such a key
  default void restore(String key, Duration expiry, Bytes dumped) throws IOException {
    call(Reply::orThrow, "RESTORE", key, Arguments.millis(expiry), dumped);
  }

  /// RESTORE with REPLACE: the same, and overwrites the key.
  default void restoreReplace(String key, Duration expiry, Bytes dumped) throws IOException {
    call(Reply::orThrow, "RESTORE", key, Arguments.millis(expiry), dumped, "REPLACE");
  }

  /// OBJECT ENCODING: how the server keeps a value; `null` if there is none.
  default @Nullable String objectEncoding(String key) throws IOException {
    return callOrNull(Reply::string, "OBJECT", "ENCODING", key);
  }

  /// OBJECT FREQ: how often a key is used, on a logarithmic scale; `null` if there is none.
  ///
  /// @throws tulip.redis.protocol.RedisException if the server does not evict by frequency
  default @Nullable Long objectFreq(String key) throws IOException {
    return callOrNull(Reply::integer, "OBJECT", "FREQ", key);
  }

  /// OBJECT IDLETIME: how long a key was not used; `null` if there is none.
  ///
  /// @throws tulip.redis.protocol.RedisException if the server evicts by frequency
  default @Nullable Duration objectIdletime(String key) throws IOException {
    return callOrNull(seconds -> Duration.ofSeconds(seconds.integer()), "OBJECT", "IDLETIME", key);
  }

  /// OBJECT REFCOUNT: how many references there are to a value; `null` if there is none.
  default @Nullable Long objectRefcount(String key) throws IOException {
    return callOrNull(Reply::integer, "OBJECT", "REFCOUNT", key);
  }

  /// SORT: the elements of a list, set or sorted set in order.
  ///
  /// @return `null` stands for what [SortOption#get] has not found
  default List<@Nullable String> sort(String key, SortOption... options) throws IOException {
    return this.<List<@Nullable String>>call(
        Replies::stringsOrNull, Arguments.of("SORT", key).options(options).toArray());
  }

  /// SORT_RO: the same, also from a replica.
  default List<@Nullable String> sortRo(String key, SortOption... options) throws IOException {
    return this.<List<@Nullable String>>call(
        Replies::stringsOrNull, Arguments.of("SORT_RO", key).options(options).toArray());
  }

  /// SORT with STORE: stores the elements in order as a list.
  ///
  /// @return its length
  default long sortStore(String key, String target, SortOption... options) throws IOException {
    return call(
        Reply::integer, Arguments.of("SORT", key).options(options).add("STORE", target).toArray());
  }
}
