// SPDX-License-Identifier: Apache-2.0
package tulip.redis.protocol.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongBinaryOperator;
import tulip.redis.protocol.Reply;

/// How the replies of several nodes become one, as servers tell in the tips of `COMMAND` since
/// Redis 7.
///
/// Redis documentation, "Command tips", response_policy.
public enum ResponsePolicy {
  /// Nothing else is said: what the nodes have, one after the other.
  JOINED,
  /// That of any node for which it is no error.
  ONE_SUCCEEDED,
  /// That of any node; the error if there is one.
  ALL_SUCCEEDED,
  /// Whether all say yes, for each value.
  AGG_LOGICAL_AND,
  /// Whether any says yes, for each value.
  AGG_LOGICAL_OR,
  /// The least.
  AGG_MIN,
  /// The greatest.
  AGG_MAX,
  /// The sum.
  AGG_SUM,
  /// Nobody can tell.
  SPECIAL;

  /// The reply that several make together: an error if it is one.
  ///
  /// @param replies one at least
  public Reply merge(List<Reply> replies) {
    var failures = replies.stream().filter(Reply.Failure.class::isInstance).toList();
    boolean failed = failures.size() >= (this == ONE_SUCCEEDED ? replies.size() : 1);
    if (failed) {
      return failures.getFirst();
    }
    return switch (this) {
      case JOINED -> join(replies);
      case ONE_SUCCEEDED ->
          replies.stream().filter(reply -> !failures.contains(reply)).findFirst().orElseThrow();
      case ALL_SUCCEEDED, SPECIAL -> replies.getFirst();
      case AGG_LOGICAL_AND, AGG_MIN -> fold(replies, Math::min);
      case AGG_LOGICAL_OR, AGG_MAX -> fold(replies, Math::max);
      case AGG_SUM -> fold(replies, Long::sum);
    };
  }

  private static Reply fold(List<Reply> replies, LongBinaryOperator operator) {
    return replies.stream().reduce((a, b) -> combine(a, b, operator)).orElseThrow();
  }

  private static Reply combine(Reply a, Reply b, LongBinaryOperator operator) {
    if (!(a.plain() instanceof Reply.Array(var values))) {
      return new Reply.Int(operator.applyAsLong(a.integer(), b.integer()));
    }
    var others = b.list();
    if (values.size() != others.size()) {
      throw new IllegalStateException(
          "nodes of the cluster answer with " + values.size() + " and " + others.size());
    }
    var combined = new ArrayList<Reply>(values.size());
    for (int i = 0; i < values.size(); i++) {
      combined.add(combine(values.get(i), others.get(i), operator));
    }
    return new Reply.Array(combined);
  }

  private static Reply join(List<Reply> replies) {
    return switch (replies.getFirst().plain()) {
      case Reply.Array _, Reply.Distinct _ ->
          new Reply.Array(replies.stream().flatMap(reply -> reply.list().stream()).toList());
      case Reply.Dict _ ->
          new Reply.Dict(replies.stream().flatMap(reply -> reply.entries().stream()).toList());
      case Reply first ->
          replies.stream().filter(reply -> !reply.isNull()).findFirst().orElse(first);
    };
  }
}
