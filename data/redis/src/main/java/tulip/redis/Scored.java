// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tulip.redis.protocol.Reply;

/// A member of a sorted set, and its score.
public record Scored(String member, double score) {
  /// RESP3 has a list of pairs, RESP2 a flat list.
  static List<Scored> list(Reply reply) {
    var values = reply.list();
    var all = new ArrayList<Scored>();
    if (!values.isEmpty() && values.getFirst() instanceof Reply.Array) {
      values.forEach(pair -> all.add(of(pair.list(), 0)));
    } else {
      for (int i = 0; i < values.size(); i += 2) {
        all.add(of(values, i));
      }
    }
    return List.copyOf(all);
  }

  static @Nullable Scored first(Reply reply) {
    var all = list(reply);
    return all.isEmpty() ? null : all.getFirst();
  }

  private static Scored of(List<Reply> values, int at) {
    return new Scored(values.get(at).string(), values.get(at + 1).real());
  }
}
