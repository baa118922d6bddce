// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import tulip.redis.protocol.Reply;

/// Sorted sets together: unions, intersections and differences, from Redis's group "sorted-set".
/// Plain sets take part with a score of 1 for each member.
public interface SortedSetAlgebraCommands extends Commands {
  /// ZUNION with WITHSCORES: what is in any of the sets; their scores are added.
  default List<Scored> zunion(String... keys) throws IOException {
    return call(Scored::list, Arguments.of("ZUNION").counted(keys).add("WITHSCORES").toArray());
  }

  /// ZUNIONSTORE: stores what is in any of the sets; their scores are added.
  ///
  /// @return how many members
  default long zunionstore(String target, String... keys) throws IOException {
    return call(Reply::integer, Arguments.of("ZUNIONSTORE", target).counted(keys).toArray());
  }

  /// ZUNIONSTORE with WEIGHTS and AGGREGATE: the same, with scores multiplied and put together in
  /// another way.
  ///
  /// @param weights the keys, and by how much their scores are multiplied
  default long zunionstore(String target, ScoreAggregate aggregate, Map<String, Double> weights)
      throws IOException {
    return call(Reply::integer, weighted("ZUNIONSTORE", target, aggregate, weights));
  }

  /// ZINTER with WITHSCORES: what is in all of the sets; their scores are added.
  default List<Scored> zinter(String... keys) throws IOException {
    return call(Scored::list, Arguments.of("ZINTER").counted(keys).add("WITHSCORES").toArray());
  }

  /// ZINTERSTORE: stores what is in all of the sets; their scores are added.
  ///
  /// @return how many members
  default long zinterstore(String target, String... keys) throws IOException {
    return call(Reply::integer, Arguments.of("ZINTERSTORE", target).counted(keys).toArray());
  }

  /// ZINTERSTORE with WEIGHTS and AGGREGATE: the same, with scores multiplied and put together in
  /// another way.
  ///
  /// @param weights the keys, and by how much their scores are multiplied
  default long zinterstore(String target, ScoreAggregate aggregate, Map<String, Double> weights)
      throws IOException {
    return call(Reply::integer, weighted("ZINTERSTORE", target, aggregate, weights));
  }

  /// ZINTERCARD: how many members are in all of the sets.
  ///
  /// @param limit where counting ends, 0 for no limit
  default long zintercard(long limit, String... keys) throws IOException {
    return call(
        Reply::integer, Arguments.of("ZINTERCARD").counted(keys).add("LIMIT", limit).toArray());
  }

  /// ZDIFF with WITHSCORES: what is in the first of the sets and in none of the others.
  default List<Scored> zdiff(String... keys) throws IOException {
    return call(Scored::list, Arguments.of("ZDIFF").counted(keys).add("WITHSCORES").toArray());
  }

  /// ZDIFFSTORE: stores what is in the first of the sets and in none of the others.
  ///
  /// @return how many members
  default long zdiffstore(String target, String... keys) throws IOException {
    return call(Reply::integer, Arguments.of("ZDIFFSTORE", target).counted(keys).toArray());
  }

  private static Object[] weighted(
      String command, String target, ScoreAggregate aggregate, Map<String, Double> weights) {
    return Arguments.of(command, target, weights.size())
        .addAll(weights.keySet())
        .add("WEIGHTS")
        .addAll(weights.values())
        .add("AGGREGATE", aggregate.name())
        .toArray();
  }
}
