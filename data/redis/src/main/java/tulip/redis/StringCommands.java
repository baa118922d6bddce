// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;
import tulip.redis.protocol.Reply;

/// Strings and numbers: the commands of Redis's group "string".
///
/// A value is what [Commands#call(Object...)] takes for an argument. An expiry is sent in
/// milliseconds.
public interface StringCommands extends Commands {
  /// GET: the value of a key as text, or `null` if there is none.
  ///
  /// @throws IllegalStateException if it is not UTF-8: read it with [#getBytes]
  default @Nullable String get(String key) throws IOException {
    return callOrNull(Reply::string, "GET", key);
  }

  /// GET: the value of a key as it is, or `null` if there is none.
  default @Nullable Bytes getBytes(String key) throws IOException {
    return callOrNull(Reply::bytes, "GET", key);
  }

  /// SET: gives a key a value, and no expiry.
  default void set(String key, Object value) throws IOException {
    call(Reply::orThrow, "SET", key, value);
  }

  /// SET with PX: gives a key a value for a time of at least a millisecond.
  default void set(String key, Object value, Duration expiry) throws IOException {
    call(Reply::orThrow, "SET", key, value, "PX", expiry.toMillis());
  }

  /// SET with options, such as `SetOption.NX` and `SetOption.px(expiry)`.
  ///
  /// @return whether the key has the value now: NX or XX may prevent it
  default boolean set(String key, Object value, SetOption... options) throws IOException {
    return call(
        reply -> !reply.orThrow().isNull(),
        Arguments.of("SET", key, value).options(options).toArray());
  }

  /// GETDEL: the value of a key, which is deleted.
  default @Nullable String getdel(String key) throws IOException {
    return callOrNull(Reply::string, "GETDEL", key);
  }

  /// GETEX: the value of a key, which expires after a time from now on.
  default @Nullable String getex(String key, Duration expiry) throws IOException {
    return callOrNull(Reply::string, "GETEX", key, "PX", expiry.toMillis());
  }

  /// MGET: the values of several keys in order, `null` for those without one.
  default List<@Nullable String> mget(String... keys) throws IOException {
    return this.<List<@Nullable String>>call(
        Replies::stringsOrNull, Arguments.of("MGET").each(keys).toArray());
  }

  /// MSET: gives several keys their values at once.
  default void mset(Map<String, ?> values) throws IOException {
    call(Reply::orThrow, Arguments.of("MSET").addPairs(values).toArray());
  }

  /// MSETNX: the same if none of the keys exists.
  ///
  /// @return whether they have the values now
  default boolean msetnx(Map<String, ?> values) throws IOException {
    return call(Reply::truth, Arguments.of("MSETNX").addPairs(values).toArray());
  }

  /// INCR: adds 1, to 0 if there is no such key.
  ///
  /// @return the sum
  default long incr(String key) throws IOException {
    return call(Reply::integer, "INCR", key);
  }

  /// INCRBY: adds a number, to 0 if there is no such key.
  default long incrby(String key, long increment) throws IOException {
    return call(Reply::integer, "INCRBY", key, increment);
  }

  /// INCRBYFLOAT: adds a number, to 0 if there is no such key.
  default double incrbyfloat(String key, double increment) throws IOException {
    return call(Reply::real, "INCRBYFLOAT", key, increment);
  }

  /// DECR: takes 1 away, from 0 if there is no such key.
  default long decr(String key) throws IOException {
    return call(Reply::integer, "DECR", key);
  }

  /// DECRBY: takes a number away, from 0 if there is no such key.
  default long decrby(String key, long decrement) throws IOException {
    return call(Reply::integer, "DECRBY", key, decrement);
  }

  /// APPEND: adds to the end of a value.
  ///
  /// @return its length in bytes
  default long append(String key, Object value) throws IOException {
    return call(Reply::integer, "APPEND", key, value);
  }

  /// STRLEN: the length of a value in bytes, 0 if there is none.
  default long strlen(String key) throws IOException {
    return call(Reply::integer, "STRLEN", key);
  }

  /// GETRANGE: a part of a value; negative positions count from its end.
  ///
  /// @param end its last byte belongs to it
  default Bytes getrange(String key, long start, long end) throws IOException {
    return call(Reply::bytes, "GETRANGE", key, start, end);
  }

  /// SETRANGE: overwrites a part of a value.
  ///
  /// @return its length in bytes
  default long setrange(String key, long offset, Object value) throws IOException {
    return call(Reply::integer, "SETRANGE", key, offset, value);
  }

  /// SET with GET: gives a key a value.
  ///
  /// @return the value before, or `null` if there was none
  default @Nullable String setGet(String key, Object value, SetOption... options)
      throws IOException {
    return callOrNull(
        Reply::string, Arguments.of("SET", key, value, "GET").options(options).toArray());
  }

  /// GETEX: the value of a key, which expires at a time.
  default @Nullable String getexat(String key, Instant when) throws IOException {
    return callOrNull(Reply::string, "GETEX", key, "PXAT", when.toEpochMilli());
  }

  /// GETEX with PERSIST: the value of a key, which does not expire from now on.
  default @Nullable String getexPersist(String key) throws IOException {
    return callOrNull(Reply::string, "GETEX", key, "PERSIST");
  }

  /// LCS: the longest text whose characters are in the values of both keys, in this order.
  default String lcs(String key1, String key2) throws IOException {
    return call(Reply::string, "LCS", key1, key2);
  }

  /// LCS with LEN: its length.
  default long lcsLen(String key1, String key2) throws IOException {
    return call(Reply::integer, "LCS", key1, key2, "LEN");
  }
}
