// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tulip.redis.protocol.Reply;

/// Sets whose members have scores, and stand in their order: the commands of Redis's group
/// "sorted-set". Ranks count from 0, negative ones from the end.
public interface SortedSetCommands extends Commands {
  /// ZADD: gives a member a score.
  ///
  /// @return whether it is new
  default boolean zadd(String key, double score, Object member) throws IOException {
    return call(Reply::truth, "ZADD", key, score, member);
  }

  /// ZADD: gives several members their scores.
  ///
  /// @return how many are new; with [ZaddOption#CH], how many have another score than before
  default long zadd(String key, Map<String, Double> scores, ZaddOption... options)
      throws IOException {
    var command = Arguments.of("ZADD", key).options(options);
    scores.forEach((member, score) -> command.add(score, member));
    return call(Reply::integer, command.toArray());
  }

  /// ZADD with INCR: adds to the score of a member.
  ///
  /// @return the sum, or `null` if an option has prevented it
  default @Nullable Double zaddIncr(
      String key, double increment, Object member, ZaddOption... options) throws IOException {
    return callOrNull(
        Reply::real,
        Arguments.of("ZADD", key).options(options).add("INCR", increment, member).toArray());
  }

  /// ZINCRBY: adds to the score of a member, to 0 if it is none.
  ///
  /// @return the sum
  default double zincrby(String key, double increment, Object member) throws IOException {
    return call(Reply::real, "ZINCRBY", key, increment, member);
  }

  /// ZREM: removes members.
  ///
  /// @return how many there were
  default long zrem(String key, Object... members) throws IOException {
    return call(Reply::integer, Arguments.of("ZREM", key).each(members).toArray());
  }

  /// ZSCORE: the score of a member, or `null` if it is none.
  default @Nullable Double zscore(String key, Object member) throws IOException {
    return callOrNull(Reply::real, "ZSCORE", key, member);
  }

  /// ZCARD: how many members there are.
  default long zcard(String key) throws IOException {
    return call(Reply::integer, "ZCARD", key);
  }

  /// ZCOUNT: how many have a score from `min` to `max`.
  default long zcount(String key, double min, double max) throws IOException {
    return call(Reply::integer, "ZCOUNT", key, min, max);
  }

  /// ZRANK: where a member stands from the lowest score, or `null` if it is none.
  default @Nullable Long zrank(String key, Object member) throws IOException {
    return callOrNull(Reply::integer, "ZRANK", key, member);
  }

  /// ZREVRANK: where a member stands from the highest score, or `null` if it is none.
  default @Nullable Long zrevrank(String key, Object member) throws IOException {
    return callOrNull(Reply::integer, "ZREVRANK", key, member);
  }

  /// ZRANGE: the members from one rank to another, that included.
  default List<String> zrange(String key, long start, long stop) throws IOException {
    return call(Reply::strings, "ZRANGE", key, start, stop);
  }

  /// ZRANGE with REV: the same from the highest score.
  default List<String> zrevrange(String key, long start, long stop) throws IOException {
    return call(Reply::strings, "ZRANGE", key, start, stop, "REV");
  }

  /// ZRANGE with WITHSCORES: the members from one rank to another and their scores.
  default List<Scored> zrangeWithScores(String key, long start, long stop) throws IOException {
    return call(Scored::list, "ZRANGE", key, start, stop, "WITHSCORES");
  }

  /// ZRANGE with BYSCORE: the members with a score from `min` to `max`.
  default List<String> zrangebyscore(String key, double min, double max) throws IOException {
    return call(Reply::strings, "ZRANGE", key, min, max, "BYSCORE");
  }

  /// ZPOPMIN: takes the member with the lowest score, or returns `null` if there is none.
  default @Nullable Scored zpopmin(String key) throws IOException {
    return this.<@Nullable Scored>call(Scored::first, "ZPOPMIN", key);
  }

  /// ZPOPMAX: takes the member with the highest score, or returns `null` if there is none.
  default @Nullable Scored zpopmax(String key) throws IOException {
    return this.<@Nullable Scored>call(Scored::first, "ZPOPMAX", key);
  }

  /// ZREMRANGEBYRANK: removes the members from one rank to another.
  ///
  /// @return how many
  default long zremrangebyrank(String key, long start, long stop) throws IOException {
    return call(Reply::integer, "ZREMRANGEBYRANK", key, start, stop);
  }

  /// ZREMRANGEBYSCORE: removes the members with a score from `min` to `max`.
  ///
  /// @return how many
  default long zremrangebyscore(String key, double min, double max) throws IOException {
    return call(Reply::integer, "ZREMRANGEBYSCORE", key, min, max);
  }

  /// ZMSCORE: the scores of members, `null` for those that are none.
  default List<@Nullable Double> zmscore(String key, Object... members) throws IOException {
    return this.<List<@Nullable Double>>call(
        reply -> Replies.listOrNull(reply, Reply::real),
        Arguments.of("ZMSCORE", key).each(members).toArray());
  }

  /// ZRANGE with REV and WITHSCORES: the members from one rank to another and their scores, from
  /// the highest score.
  default List<Scored> zrevrangeWithScores(String key, long start, long stop) throws IOException {
    return call(Scored::list, "ZRANGE", key, start, stop, "REV", "WITHSCORES");
  }

  /// ZRANGE with BYSCORE and LIMIT: of the members with a score from `min` to `max`, so many behind
  /// the first `offset`.
  default List<String> zrangebyscore(String key, double min, double max, long offset, long count)
      throws IOException {
    return call(Reply::strings, "ZRANGE", key, min, max, "BYSCORE", "LIMIT", offset, count);
  }

  /// ZRANGE with BYSCORE and WITHSCORES: the members with a score from `min` to `max` and their
  /// scores.
  default List<Scored> zrangebyscoreWithScores(String key, double min, double max)
      throws IOException {
    return call(Scored::list, "ZRANGE", key, min, max, "BYSCORE", "WITHSCORES");
  }

  /// ZRANGE with BYSCORE and REV: the members with a score from `max` down to `min`.
  default List<String> zrevrangebyscore(String key, double max, double min) throws IOException {
    return call(Reply::strings, "ZRANGE", key, max, min, "BYSCORE", "REV");
  }

  /// ZRANGE with BYLEX: the members from one text to another, if all have the same score.
  ///
  /// @param min `[a` for a, `(a` for what comes behind it, `-` for the first
  /// @param max in the same way, `+` for the last
  default List<String> zrangebylex(String key, String min, String max) throws IOException {
    return call(Reply::strings, "ZRANGE", key, min, max, "BYLEX");
  }

  /// ZLEXCOUNT: how many members there are from one text to another, as in [#zrangebylex].
  default long zlexcount(String key, String min, String max) throws IOException {
    return call(Reply::integer, "ZLEXCOUNT", key, min, max);
  }

  /// ZREMRANGEBYLEX: removes the members from one text to another, as in [#zrangebylex].
  ///
  /// @return how many
  default long zremrangebylex(String key, String min, String max) throws IOException {
    return call(Reply::integer, "ZREMRANGEBYLEX", key, min, max);
  }

  /// ZRANGESTORE: stores the members from one rank to another.
  ///
  /// @return how many
  default long zrangestore(String target, String key, long start, long stop) throws IOException {
    return call(Reply::integer, "ZRANGESTORE", target, key, start, stop);
  }

  /// ZRANDMEMBER: any member, or `null` if there is none.
  default @Nullable String zrandmember(String key) throws IOException {
    return callOrNull(Reply::string, "ZRANDMEMBER", key);
  }

  /// ZRANDMEMBER with WITHSCORES: so many different members, as far as there are; if the count is
  /// negative, so many that may be the same.
  default List<Scored> zrandmember(String key, long count) throws IOException {
    return call(Scored::list, "ZRANDMEMBER", key, count, "WITHSCORES");
  }

  /// ZPOPMIN: takes so many members with the lowest scores, as far as there are.
  default List<Scored> zpopmin(String key, long count) throws IOException {
    return call(Scored::list, "ZPOPMIN", key, count);
  }

  /// ZPOPMAX: takes so many members with the highest scores, as far as there are.
  default List<Scored> zpopmax(String key, long count) throws IOException {
    return call(Scored::list, "ZPOPMAX", key, count);
  }

  /// BZPOPMIN: takes the member with the lowest score of the first of the sets that has one, and
  /// waits for it.
  ///
  /// @param limit how long, zero for ever
  default @Nullable ScoredPopped bzpopmin(Duration limit, String... keys) throws IOException {
    return callOrNull(
        ScoredPopped::ofOne,
        Arguments.of("BZPOPMIN").each(keys).add(Arguments.seconds(limit)).toArray());
  }

  /// BZPOPMAX: takes the member with the highest score of the first of the sets that has one, and
  /// waits for it.
  ///
  /// @param limit how long, zero for ever
  default @Nullable ScoredPopped bzpopmax(Duration limit, String... keys) throws IOException {
    return callOrNull(
        ScoredPopped::ofOne,
        Arguments.of("BZPOPMAX").each(keys).add(Arguments.seconds(limit)).toArray());
  }

  /// ZMPOP: takes members from an end of the first of the sets that has one.
  ///
  /// @param count how many at most
  /// @return the set and the members, or `null` if there is none
  default @Nullable ScoredPopped zmpop(ScoreEnd end, long count, String... keys)
      throws IOException {
    return callOrNull(
        ScoredPopped::of,
        Arguments.of("ZMPOP").counted(keys).add(end.name(), "COUNT", count).toArray());
  }

  /// BZMPOP: the same, and waits for a member.
  ///
  /// @param limit how long, zero for ever
  default @Nullable ScoredPopped bzmpop(Duration limit, ScoreEnd end, long count, String... keys)
      throws IOException {
    return callOrNull(
        ScoredPopped::of,
        Arguments.of("BZMPOP", Arguments.seconds(limit))
            .counted(keys)
            .add(end.name(), "COUNT", count)
            .toArray());
  }

  /// ZSCAN: the members and their scores, fetched as [KeyCommands#scan] does.
  default Iterable<Scored> zscan(String key, ScanOption... options) {
    return new Scan<>(this, Scored::list, List.of("ZSCAN", key), options);
  }
}
