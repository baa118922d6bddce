// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tulip.redis.protocol.Reply;

/// Streams and consumer groups: the commands of Redis's group "stream".
///
/// Those that wait take a connection from the pool for as long as they wait.
public interface StreamCommands extends Commands {
  /// XADD: adds an entry to a stream.
  ///
  /// @param fields its content
  /// @return its id
  default String xadd(String key, Map<String, ?> fields) throws IOException {
    return call(Reply::string, Arguments.of("XADD", key, "*").addPairs(fields).toArray());
  }

  /// XADD with MAXLEN: adds an entry, and drops old ones when there are many more than so many.
  default String xadd(String key, Map<String, ?> fields, long maxLength) throws IOException {
    return call(
        Reply::string,
        Arguments.of("XADD", key, "MAXLEN", "~", maxLength, "*").addPairs(fields).toArray());
  }

  /// XLEN: how many entries there are.
  default long xlen(String key) throws IOException {
    return call(Reply::integer, "XLEN", key);
  }

  /// XRANGE: the entries from one id to another, that included; `-` and `+` are the first and last.
  default List<StreamEntry> xrange(String key, String start, String end) throws IOException {
    return call(StreamEntry::list, "XRANGE", key, start, end);
  }

  /// XREAD: entries of a stream behind an id.
  ///
  /// @param after an id; `0` for all
  default List<StreamEntry> xread(String key, String after, long count) throws IOException {
    return call(StreamEntry::ofOnly, "XREAD", "COUNT", count, "STREAMS", key, after);
  }

  /// XREAD with BLOCK: the same, and waits for one.
  ///
  /// @param after an id; `$` for those that come from now on
  /// @param limit how long, zero for ever
  /// @return none if there was none in time
  default List<StreamEntry> xread(String key, String after, long count, Duration limit)
      throws IOException {
    return call(
        StreamEntry::ofOnly,
        "XREAD",
        "COUNT",
        count,
        "BLOCK",
        Arguments.millis(limit),
        "STREAMS",
        key,
        after);
  }

  /// XGROUP CREATE with MKSTREAM: makes a group of consumers, and the stream if there is none.
  ///
  /// @param after the id behind which it begins to read: `0` for all, `$` for those to come
  /// @return false if there is such a group
  default boolean xgroupCreate(String key, String group, String after) throws IOException {
    return call(StreamCommands::isCreated, "XGROUP", "CREATE", key, group, after, "MKSTREAM");
  }

  private static boolean isCreated(Reply reply) {
    boolean existed = reply instanceof Reply.Failure failure && failure.code().equals("BUSYGROUP");
    return !existed && !reply.orThrow().isNull();
  }

  /// XREADGROUP: entries for a consumer of a group.
  ///
  /// @param after `>` for such as no consumer has got; or an id, for those that this one has got
  ///   and not acknowledged
  default List<StreamEntry> xreadgroup(
      String group, String consumer, String key, String after, long count) throws IOException {
    return call(
        StreamEntry::ofOnly,
        "XREADGROUP",
        "GROUP",
        group,
        consumer,
        "COUNT",
        count,
        "STREAMS",
        key,
        after);
  }

  /// XREADGROUP with BLOCK: entries that no consumer of the group has got, and waits for one.
  ///
  /// @param limit how long, zero for ever
  /// @return none if there was none in time
  default List<StreamEntry> xreadgroup(
      String group, String consumer, String key, long count, Duration limit) throws IOException {
    return call(
        StreamEntry::ofOnly,
        Arguments.of("XREADGROUP", "GROUP", group, consumer, "COUNT", count)
            .add("BLOCK", Arguments.millis(limit), "STREAMS", key, ">")
            .toArray());
  }

  /// XACK: says that entries were dealt with.
  ///
  /// @return how many were pending
  default long xack(String key, String group, String... ids) throws IOException {
    return call(Reply::integer, Arguments.of("XACK", key, group).each(ids).toArray());
  }

  /// XDEL: deletes entries.
  ///
  /// @return how many there were
  default long xdel(String key, String... ids) throws IOException {
    return call(Reply::integer, Arguments.of("XDEL", key).each(ids).toArray());
  }

  /// XTRIM with MAXLEN: deletes the oldest entries but so many.
  ///
  /// @return how many
  default long xtrim(String key, long maxLength) throws IOException {
    return call(Reply::integer, "XTRIM", key, "MAXLEN", maxLength);
  }

  /// XAUTOCLAIM: entries that some consumer of the group has got and not acknowledged for a time,
  /// which are this one's from now on.
  ///
  /// @param idle for how long
  default List<StreamEntry> xautoclaim(
      String key, String group, String consumer, Duration idle, long count) throws IOException {
    return call(
        reply -> StreamEntry.list(reply.list().get(1)),
        "XAUTOCLAIM",
        key,
        group,
        consumer,
        idle.toMillis(),
        "0",
        "COUNT",
        count);
  }

  /// XADD: adds an entry with an id of its own.
  ///
  /// @param id larger than that of the last one
  default String xadd(String key, String id, Map<String, ?> fields) throws IOException {
    return call(Reply::string, Arguments.of("XADD", key, id).addPairs(fields).toArray());
  }

  /// XRANGE with COUNT: the first so many entries from one id to another.
  default List<StreamEntry> xrange(String key, String start, String end, long count)
      throws IOException {
    return call(StreamEntry::list, "XRANGE", key, start, end, "COUNT", count);
  }

  /// XREVRANGE with COUNT: the last so many entries from one id to another, the last first.
  default List<StreamEntry> xrevrange(String key, String end, String start, long count)
      throws IOException {
    return call(StreamEntry::list, "XREVRANGE", key, end, start, "COUNT", count);
  }

  /// XREAD of several streams, with BLOCK: entries behind an id each, and waits for one.
  ///
  /// @param after the streams, and behind which ids
  /// @param limit how long, zero for ever
  /// @return only the streams that have some
  default Map<String, List<StreamEntry>> xread(
      Map<String, String> after, long count, Duration limit) throws IOException {
    return call(
        StreamEntry::ofEach,
        Arguments.of("XREAD", "COUNT", count, "BLOCK", Arguments.millis(limit), "STREAMS")
            .addAll(after.keySet())
            .addAll(after.values())
            .toArray());
  }

  /// XTRIM with MINID: deletes the entries before an id.
  ///
  /// @return how many
  default long xtrimMinid(String key, String id) throws IOException {
    return call(Reply::integer, "XTRIM", key, "MINID", id);
  }

  /// XCLAIM: entries that some consumer of the group has got and not acknowledged for a time, which
  /// are this one's from now on.
  ///
  /// @param idle for how long
  default List<StreamEntry> xclaim(
      String key, String group, String consumer, Duration idle, String... ids) throws IOException {
    return call(
        StreamEntry::list,
        Arguments.of("XCLAIM", key, group, consumer, idle.toMillis()).each(ids).toArray());
  }

  /// XPENDING: what consumers of a group have got and not acknowledged.
  default PendingSummary xpending(String key, String group) throws IOException {
    return call(PendingSummary::of, "XPENDING", key, group);
  }

  /// XPENDING: so many entries from one id to another that were not acknowledged.
  default List<PendingEntry> xpending(
      String key, String group, String start, String end, long count) throws IOException {
    return call(reply -> reply.list(PendingEntry::of), "XPENDING", key, group, start, end, count);
  }
}
