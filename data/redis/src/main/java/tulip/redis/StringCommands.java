// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;
import tulip.redis.protocol.Reply;

/// Strings, numbers and bits: the commands of Redis's group "string".
///
/// A value is what [Commands#call] takes for an argument. An expiry is sent in milliseconds.
public interface StringCommands extends Commands {
  /// GET: the value of a key as text, or `null` if there is none.
  ///
  /// @throws IllegalStateException if it is not UTF-8: read it with [#getBytes]
  default @Nullable String get(String key) throws IOException {
    return call("GET", key).orNull(Reply::string);
  }

  /// GET: the value of a key as it is, or `null` if there is none.
  default @Nullable Bytes getBytes(String key) throws IOException {
    return call("GET", key).orNull(Reply::bytes);
  }

  /// SET: gives a key a value, and no expiry.
  default void set(String key, Object value) throws IOException {
    call("SET", key, value);
  }

  /// SET with PX: gives a key a value for a time of at least a millisecond.
  default void set(String key, Object value, Duration expiry) throws IOException {
    call("SET", key, value, "PX", expiry.toMillis());
  }

  /// SET with options, such as `SetOption.NX` and `SetOption.px(expiry)`.
  ///
  /// @return whether the key has the value now: NX or XX may prevent it
  default boolean set(String key, Object value, SetOption... options) throws IOException {
    return !call(SetOption.append(Arguments.of("SET", key, value), options).toArray()).isNull();
  }

  /// GETDEL: the value of a key, which is deleted.
  default @Nullable String getdel(String key) throws IOException {
    return call("GETDEL", key).orNull(Reply::string);
  }

  /// GETEX: the value of a key, which expires after a time from now on.
  default @Nullable String getex(String key, Duration expiry) throws IOException {
    return call("GETEX", key, "PX", expiry.toMillis()).orNull(Reply::string);
  }

  /// MGET: the values of several keys in order, `null` for those without one.
  default List<@Nullable String> mget(String... keys) throws IOException {
    return call(Arguments.of("MGET").add((Object[]) keys).toArray())
        .list(value -> value.orNull(Reply::string));
  }

  /// MSET: gives several keys their values at once.
  default void mset(Map<String, ?> values) throws IOException {
    call(Arguments.of("MSET").addPairs(values).toArray());
  }

  /// MSETNX: the same if none of the keys exists.
  ///
  /// @return whether they have the values now
  default boolean msetnx(Map<String, ?> values) throws IOException {
    return call(Arguments.of("MSETNX").addPairs(values).toArray()).truth();
  }

  /// INCR: adds 1, to 0 if there is no such key.
  ///
  /// @return the sum
  default long incr(String key) throws IOException {
    return call("INCR", key).integer();
  }

  /// INCRBY: adds a number, to 0 if there is no such key.
  default long incrby(String key, long increment) throws IOException {
    return call("INCRBY", key, increment).integer();
  }

  /// INCRBYFLOAT: adds a number, to 0 if there is no such key.
  default double incrbyfloat(String key, double increment) throws IOException {
    return call("INCRBYFLOAT", key, increment).real();
  }

  /// DECR: takes 1 away, from 0 if there is no such key.
  default long decr(String key) throws IOException {
    return call("DECR", key).integer();
  }

  /// DECRBY: takes a number away, from 0 if there is no such key.
  default long decrby(String key, long decrement) throws IOException {
    return call("DECRBY", key, decrement).integer();
  }

  /// APPEND: adds to the end of a value.
  ///
  /// @return its length in bytes
  default long append(String key, Object value) throws IOException {
    return call("APPEND", key, value).integer();
  }

  /// STRLEN: the length of a value in bytes, 0 if there is none.
  default long strlen(String key) throws IOException {
    return call("STRLEN", key).integer();
  }

  /// GETRANGE: a part of a value; negative positions count from its end.
  ///
  /// @param end its last byte belongs to it
  default Bytes getrange(String key, long start, long end) throws IOException {
    return call("GETRANGE", key, start, end).bytes();
  }

  /// SETRANGE: overwrites a part of a value.
  ///
  /// @return its length in bytes
  default long setrange(String key, long offset, Object value) throws IOException {
    return call("SETRANGE", key, offset, value).integer();
  }

  /// SETBIT: sets or clears a bit.
  ///
  /// @return what it was
  default boolean setbit(String key, long offset, boolean value) throws IOException {
    return call("SETBIT", key, offset, value ? 1 : 0).truth();
  }

  /// GETBIT: a bit, clear if there is none.
  default boolean getbit(String key, long offset) throws IOException {
    return call("GETBIT", key, offset).truth();
  }

  /// BITCOUNT: how many bits are set.
  default long bitcount(String key) throws IOException {
    return call("BITCOUNT", key).integer();
  }
}
