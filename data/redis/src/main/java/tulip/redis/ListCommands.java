// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tulip.redis.protocol.Reply;

/// Lists: the commands of Redis's group "list". Their ends are LEFT and RIGHT; negative positions
/// count from the right.
///
/// Those that wait, whose names begin with B, take a connection from the pool for as long as they
/// wait. If one is cancelled while the server gives it something, that is lost.
public interface ListCommands extends Commands {
  /// LPUSH: adds values at the left, one after the other.
  ///
  /// @return the length of the list
  default long lpush(String key, Object... values) throws IOException {
    return call(Arguments.of("LPUSH", key).add(values).toArray()).integer();
  }

  /// RPUSH: adds values at the right.
  ///
  /// @return the length of the list
  default long rpush(String key, Object... values) throws IOException {
    return call(Arguments.of("RPUSH", key).add(values).toArray()).integer();
  }

  /// LPUSHX: adds values at the left if there is a list.
  default long lpushx(String key, Object... values) throws IOException {
    return call(Arguments.of("LPUSHX", key).add(values).toArray()).integer();
  }

  /// RPUSHX: adds values at the right if there is a list.
  default long rpushx(String key, Object... values) throws IOException {
    return call(Arguments.of("RPUSHX", key).add(values).toArray()).integer();
  }

  /// LPOP: takes the leftmost value, or returns `null` if there is no list.
  default @Nullable String lpop(String key) throws IOException {
    return call("LPOP", key).orNull(Reply::string);
  }

  /// LPOP: takes so many values from the left, as far as there are.
  default List<String> lpop(String key, long count) throws IOException {
    var reply = call("LPOP", key, count);
    return reply.isNull() ? List.of() : reply.list(Reply::string);
  }

  /// RPOP: takes the rightmost value, or returns `null` if there is no list.
  default @Nullable String rpop(String key) throws IOException {
    return call("RPOP", key).orNull(Reply::string);
  }

  /// RPOP: takes so many values from the right, as far as there are.
  default List<String> rpop(String key, long count) throws IOException {
    var reply = call("RPOP", key, count);
    return reply.isNull() ? List.of() : reply.list(Reply::string);
  }

  /// LRANGE: the values from one position to another, that included.
  default List<String> lrange(String key, long start, long stop) throws IOException {
    return call("LRANGE", key, start, stop).list(Reply::string);
  }

  /// LLEN: the length of a list, 0 if there is none.
  default long llen(String key) throws IOException {
    return call("LLEN", key).integer();
  }

  /// LINDEX: the value at a position, or `null` if there is none.
  default @Nullable String lindex(String key, long index) throws IOException {
    return call("LINDEX", key, index).orNull(Reply::string);
  }

  /// LSET: overwrites the value at a position.
  ///
  /// @throws tulip.redis.protocol.RedisException if there is none
  default void lset(String key, long index, Object value) throws IOException {
    call("LSET", key, index, value);
  }

  /// LINSERT: puts a value before another one.
  ///
  /// @return the length of the list; -1 if it has no such value, 0 if there is no list
  default long linsertBefore(String key, Object pivot, Object value) throws IOException {
    return call("LINSERT", key, "BEFORE", pivot, value).integer();
  }

  /// LINSERT: puts a value behind another one.
  ///
  /// @return the length of the list; -1 if it has no such value, 0 if there is no list
  default long linsertAfter(String key, Object pivot, Object value) throws IOException {
    return call("LINSERT", key, "AFTER", pivot, value).integer();
  }

  /// LREM: removes a value so many times, from the right if the count is negative; 0 for all.
  ///
  /// @return how many were removed
  default long lrem(String key, long count, Object value) throws IOException {
    return call("LREM", key, count, value).integer();
  }

  /// LTRIM: removes all but the values from one position to another.
  default void ltrim(String key, long start, long stop) throws IOException {
    call("LTRIM", key, start, stop);
  }

  /// LPOS: the first position of a value, or `null` if there is none.
  default @Nullable Long lpos(String key, Object value) throws IOException {
    return call("LPOS", key, value).orNull(Reply::integer);
  }

  /// LMOVE: takes a value from an end of a list and adds it at an end of another.
  ///
  /// @return the value, or `null` if there is no list to take from
  default @Nullable String lmove(String source, String target, ListEnd from, ListEnd to)
      throws IOException {
    return call("LMOVE", source, target, from.name(), to.name()).orNull(Reply::string);
  }

  /// BLPOP: takes the leftmost value of the first of the lists that has one, and waits for it.
  ///
  /// @param limit how long, zero for ever
  /// @return the list and the value, or `null` if there was none in time
  default @Nullable Popped blpop(Duration limit, String... keys) throws IOException {
    return call(Arguments.of("BLPOP").add((Object[]) keys).add(Arguments.seconds(limit)).toArray())
        .orNull(Popped::of);
  }

  /// BRPOP: takes the rightmost value of the first of the lists that has one, and waits for it.
  ///
  /// @param limit how long, zero for ever
  /// @return the list and the value, or `null` if there was none in time
  default @Nullable Popped brpop(Duration limit, String... keys) throws IOException {
    return call(Arguments.of("BRPOP").add((Object[]) keys).add(Arguments.seconds(limit)).toArray())
        .orNull(Popped::of);
  }

  /// BLMOVE: as [#lmove], and waits for a value. Nothing is lost if this is cancelled: the value is
  /// in the other list.
  ///
  /// @param limit how long, zero for ever
  default @Nullable String blmove(
      String source, String target, ListEnd from, ListEnd to, Duration limit) throws IOException {
    return call("BLMOVE", source, target, from.name(), to.name(), Arguments.seconds(limit))
        .orNull(Reply::string);
  }
}
