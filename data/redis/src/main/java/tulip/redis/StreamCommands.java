// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tulip.redis.protocol.RedisException;

/// Streams and consumer groups: the commands of Redis's group "stream".
///
/// Those that wait take a connection from the pool for as long as they wait.
public interface StreamCommands extends Commands {
  /// XADD: adds an entry to a stream.
  ///
  /// @param fields its content
  /// @return its id
  default String xadd(String key, Map<String, ?> fields) throws IOException {
    return call(Arguments.of("XADD", key, "*").addPairs(fields).toArray()).string();
  }

  /// XADD with MAXLEN: adds an entry, and drops old ones when there are many more than so many.
  default String xadd(String key, Map<String, ?> fields, long maxLength) throws IOException {
    return call(Arguments.of("XADD", key, "MAXLEN", "~", maxLength, "*").addPairs(fields).toArray())
        .string();
  }

  /// XLEN: how many entries there are.
  default long xlen(String key) throws IOException {
    return call("XLEN", key).integer();
  }

  /// XRANGE: the entries from one id to another, that included; `-` and `+` are the first and last.
  default List<StreamEntry> xrange(String key, String start, String end) throws IOException {
    return StreamEntry.list(call("XRANGE", key, start, end));
  }

  /// XREAD: entries of a stream behind an id.
  ///
  /// @param after an id; `0` for all
  default List<StreamEntry> xread(String key, String after, long count) throws IOException {
    return StreamEntry.ofOnly(call("XREAD", "COUNT", count, "STREAMS", key, after));
  }

  /// XREAD with BLOCK: the same, and waits for one.
  ///
  /// @param after an id; `$` for those that come from now on
  /// @param limit how long, zero for ever
  /// @return none if there was none in time
  default List<StreamEntry> xread(String key, String after, long count, Duration limit)
      throws IOException {
    return StreamEntry.ofOnly(
        call("XREAD", "COUNT", count, "BLOCK", Arguments.millis(limit), "STREAMS", key, after));
  }

  /// XGROUP CREATE with MKSTREAM: makes a group of consumers, and the stream if there is none.
  ///
  /// @param after the id behind which it begins to read: `0` for all, `$` for those to come
  /// @return false if there is such a group
  default boolean xgroupCreate(String key, String group, String after) throws IOException {
    try {
      call("XGROUP", "CREATE", key, group, after, "MKSTREAM");
      return true;
    } catch (RedisException e) {
      if (!e.code().equals("BUSYGROUP")) {
        throw e;
      }
      return false;
    }
  }

  /// XREADGROUP: entries for a consumer of a group.
  ///
  /// @param after `>` for such as no consumer has got; or an id, for those that this one has got
  ///   and not acknowledged
  default List<StreamEntry> xreadgroup(
      String group, String consumer, String key, String after, long count) throws IOException {
    return StreamEntry.ofOnly(
        call("XREADGROUP", "GROUP", group, consumer, "COUNT", count, "STREAMS", key, after));
  }

  /// XREADGROUP with BLOCK: entries that no consumer of the group has got, and waits for one.
  ///
  /// @param limit how long, zero for ever
  /// @return none if there was none in time
  default List<StreamEntry> xreadgroup(
      String group, String consumer, String key, long count, Duration limit) throws IOException {
    return StreamEntry.ofOnly(
        call(
            Arguments.of("XREADGROUP", "GROUP", group, consumer, "COUNT", count)
                .add("BLOCK", Arguments.millis(limit), "STREAMS", key, ">")
                .toArray()));
  }

  /// XACK: says that entries were dealt with.
  ///
  /// @return how many were pending
  default long xack(String key, String group, String... ids) throws IOException {
    return call(Arguments.of("XACK", key, group).add((Object[]) ids).toArray()).integer();
  }

  /// XDEL: deletes entries.
  ///
  /// @return how many there were
  default long xdel(String key, String... ids) throws IOException {
    return call(Arguments.of("XDEL", key).add((Object[]) ids).toArray()).integer();
  }

  /// XTRIM with MAXLEN: deletes the oldest entries but so many.
  ///
  /// @return how many
  default long xtrim(String key, long maxLength) throws IOException {
    return call("XTRIM", key, "MAXLEN", maxLength).integer();
  }

  /// XAUTOCLAIM: entries that some consumer of the group has got and not acknowledged for a time,
  /// which are this one's from now on.
  ///
  /// @param idle for how long
  default List<StreamEntry> xautoclaim(
      String key, String group, String consumer, Duration idle, long count) throws IOException {
    var reply = call("XAUTOCLAIM", key, group, consumer, idle.toMillis(), "0", "COUNT", count);
    return StreamEntry.list(reply.list().get(1));
  }
}
