// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.io.IOException;
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
    return call("ZADD", key, score, member).truth();
  }

  /// ZADD: gives several members their scores.
  ///
  /// @return how many are new
  default long zadd(String key, Map<String, Double> scores) throws IOException {
    var command = Arguments.of("ZADD", key);
    scores.forEach((member, score) -> command.add(score, member));
    return call(command.toArray()).integer();
  }

  /// ZINCRBY: adds to the score of a member, to 0 if it is none.
  ///
  /// @return the sum
  default double zincrby(String key, double increment, Object member) throws IOException {
    return call("ZINCRBY", key, increment, member).real();
  }

  /// ZREM: removes members.
  ///
  /// @return how many there were
  default long zrem(String key, Object... members) throws IOException {
    return call(Arguments.of("ZREM", key).add(members).toArray()).integer();
  }

  /// ZSCORE: the score of a member, or `null` if it is none.
  default @Nullable Double zscore(String key, Object member) throws IOException {
    return call("ZSCORE", key, member).orNull(Reply::real);
  }

  /// ZCARD: how many members there are.
  default long zcard(String key) throws IOException {
    return call("ZCARD", key).integer();
  }

  /// ZCOUNT: how many have a score from `min` to `max`.
  default long zcount(String key, double min, double max) throws IOException {
    return call("ZCOUNT", key, min, max).integer();
  }

  /// ZRANK: where a member stands from the lowest score, or `null` if it is none.
  default @Nullable Long zrank(String key, Object member) throws IOException {
    return call("ZRANK", key, member).orNull(Reply::integer);
  }

  /// ZREVRANK: where a member stands from the highest score, or `null` if it is none.
  default @Nullable Long zrevrank(String key, Object member) throws IOException {
    return call("ZREVRANK", key, member).orNull(Reply::integer);
  }

  /// ZRANGE: the members from one rank to another, that included.
  default List<String> zrange(String key, long start, long stop) throws IOException {
    return call("ZRANGE", key, start, stop).list(Reply::string);
  }

  /// ZRANGE with REV: the same from the highest score.
  default List<String> zrevrange(String key, long start, long stop) throws IOException {
    return call("ZRANGE", key, start, stop, "REV").list(Reply::string);
  }

  /// ZRANGE with WITHSCORES: the members from one rank to another and their scores.
  default List<Scored> zrangeWithScores(String key, long start, long stop) throws IOException {
    return Scored.list(call("ZRANGE", key, start, stop, "WITHSCORES"));
  }

  /// ZRANGE with BYSCORE: the members with a score from `min` to `max`.
  default List<String> zrangebyscore(String key, double min, double max) throws IOException {
    return call("ZRANGE", key, min, max, "BYSCORE").list(Reply::string);
  }

  /// ZPOPMIN: takes the member with the lowest score, or returns `null` if there is none.
  default @Nullable Scored zpopmin(String key) throws IOException {
    return Scored.first(call("ZPOPMIN", key));
  }

  /// ZPOPMAX: takes the member with the highest score, or returns `null` if there is none.
  default @Nullable Scored zpopmax(String key) throws IOException {
    return Scored.first(call("ZPOPMAX", key));
  }

  /// ZREMRANGEBYRANK: removes the members from one rank to another.
  ///
  /// @return how many
  default long zremrangebyrank(String key, long start, long stop) throws IOException {
    return call("ZREMRANGEBYRANK", key, start, stop).integer();
  }

  /// ZREMRANGEBYSCORE: removes the members with a score from `min` to `max`.
  ///
  /// @return how many
  default long zremrangebyscore(String key, double min, double max) throws IOException {
    return call("ZREMRANGEBYSCORE", key, min, max).integer();
  }
}
