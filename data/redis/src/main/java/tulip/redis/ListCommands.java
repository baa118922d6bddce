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
    return call(Reply::integer, Arguments.of("LPUSH", key).each(values).toArray());
  }

  /// RPUSH: adds values at the right.
  ///
  /// @return the length of the list
  default long rpush(String key, Object... values) throws IOException {
    return call(Reply::integer, Arguments.of("RPUSH", key).each(values).toArray());
  }

  /// LPUSHX: adds values at the left if there is a list.
  default long lpushx(String key, Object... values) throws IOException {
    return call(Reply::integer, Arguments.of("LPUSHX", key).each(values).toArray());
  }

  /// RPUSHX: adds values at the right if there is a list.
  default long rpushx(String key, Object... values) throws IOException {
    return call(Reply::integer, Arguments.of("RPUSHX", key).each(values).toArray());
  }

  /// LPOP: takes the leftmost value, or returns `null` if there is no list.
  default @Nullable String lpop(String key) throws IOException {
    return callOrNull(Reply::string, "LPOP", key);
  }

  /// LPOP: takes so many values from the left, as far as there are.
  default List<String> lpop(String key, long count) throws IOException {
    return call(reply -> reply.isNull() ? List.of() : reply.strings(), "LPOP", key, count);
  }

  /// RPOP: takes the rightmost value, or returns `null` if there is no list.
  default @Nullable String rpop(String key) throws IOException {
    return callOrNull(Reply::string, "RPOP", key);
  }

  /// RPOP: takes so many values from the right, as far as there are.
  default List<String> rpop(String key, long count) throws IOException {
    return call(reply -> reply.isNull() ? List.of() : reply.strings(), "RPOP", key, count);
  }

  /// LRANGE: the values from one position to another, that included.
  default List<String> lrange(String key, long start, long stop) throws IOException {
    return call(Reply::strings, "LRANGE", key, start, stop);
  }

  /// LLEN: the length of a list, 0 if there is none.
  default long llen(String key) throws IOException {
    return call(Reply::integer, "LLEN", key);
  }

  /// LINDEX: the value at a position, or `null` if there is none.
  default @Nullable String lindex(String key, long index) throws IOException {
    return callOrNull(Reply::string, "LINDEX", key, index);
  }

  /// LSET: overwrites the value at a position.
  ///
  /// @throws tulip.redis.protocol.RedisException if there is none
  default void lset(String key, long index, Object value) throws IOException {
    call(Reply::orThrow, "LSET", key, index, value);
  }

  /// LINSERT: puts a value before another one.
  ///
  /// @return the length of the list; -1 if it has no such value, 0 if there is no list
  default long linsertBefore(String key, Object pivot, Object value) throws IOException {
    return call(Reply::integer, "LINSERT", key, "BEFORE", pivot, value);
  }

  /// LINSERT: puts a value behind another one.
  ///
  /// @return the length of the list; -1 if it has no such value, 0 if there is no list
  default long linsertAfter(String key, Object pivot, Object value) throws IOException {
    return call(Reply::integer, "LINSERT", key, "AFTER", pivot, value);
  }

  /// LREM: removes a value so many times, from the right if the count is negative; 0 for all.
  ///
  /// @return how many were removed
  default long lrem(String key, long count, Object value) throws IOException {
    return call(Reply::integer, "LREM", key, count, value);
  }

  /// LTRIM: removes all but the values from one position to another.
  default void ltrim(String key, long start, long stop) throws IOException {
    call(Reply::orThrow, "LTRIM", key, start, stop);
  }

  /// LPOS: the first position of a value, or `null` if there is none.
  default @Nullable Long lpos(String key, Object value) throws IOException {
    return callOrNull(Reply::integer, "LPOS", key, value);
  }

  /// LMOVE: takes a value from an end of a list and adds it at an end of another.
  ///
  /// @return the value, or `null` if there is no list to take from
  default @Nullable String lmove(String source, String target, ListEnd from, ListEnd to)
      throws IOException {
    return callOrNull(Reply::string, "LMOVE", source, target, from.name(), to.name());
  }

  /// BLPOP: takes the leftmost value of the first of the lists that has one, and waits for it.
  ///
  /// @param limit how long, zero for ever
  /// @return the list and the value, or `null` if there was none in time
  default @Nullable Popped blpop(Duration limit, String... keys) throws IOException {
    return callOrNull(
        Popped::of, Arguments.of("BLPOP").each(keys).add(Arguments.seconds(limit)).toArray());
  }

  /// BRPOP: takes the rightmost value of the first of the lists that has one, and waits for it.
  ///
  /// @param limit how long, zero for ever
  /// @return the list and the value, or `null` if there was none in time
  default @Nullable Popped brpop(Duration limit, String... keys) throws IOException {
    return callOrNull(
        Popped::of, Arguments.of("BRPOP").each(keys).add(Arguments.seconds(limit)).toArray());
  }

  /// BLMOVE: as [#lmove], and waits for a value. Nothing is lost if this is cancelled: the value is
  /// in the other list.
  ///
  /// @param limit how long, zero for ever
  default @Nullable String blmove(
      String source, String target, ListEnd from, ListEnd to, Duration limit) throws IOException {
    return callOrNull(
        Reply::string, "BLMOVE", source, target, from.name(), to.name(), Arguments.seconds(limit));
  }

  /// LPOS: the positions of a value.
  ///
  /// @param rank with which of its places to begin: 1 is the first, -1 the last one, from where it
  ///   goes to the left
  /// @param count how many at most, 0 for all
  default List<Long> lpos(String key, Object value, long rank, long count) throws IOException {
    return call(
        reply -> reply.list(Reply::integer), "LPOS", key, value, "RANK", rank, "COUNT", count);
  }

  /// LMPOP: takes values from an end of the first of the lists that has one.
  ///
  /// @param count how many at most
  /// @return the list and the values, or `null` if there is none
  default @Nullable PoppedValues lmpop(ListEnd end, long count, String... keys) throws IOException {
    return callOrNull(
        PoppedValues::of,
        Arguments.of("LMPOP").counted(keys).add(end.name(), "COUNT", count).toArray());
  }

  /// BLMPOP: the same, and waits for a value.
  ///
  /// @param limit how long, zero for ever
  default @Nullable PoppedValues blmpop(Duration limit, ListEnd end, long count, String... keys)
      throws IOException {
    return callOrNull(
        PoppedValues::of,
        Arguments.of("BLMPOP", Arguments.seconds(limit))
            .counted(keys)
            .add(end.name(), "COUNT", count)
            .toArray());
  }
}
