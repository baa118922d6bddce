// SPDX-License-Identifier: Apache-2.0
package tulip.redis.protocol;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// An array, map, set or push that is being read.
final class Aggregate {
  /// What a peer announces is believed only so far before it comes.
  private static final int BELIEVED = 1024;

  private final byte type;
  private final int size;
  private final ArrayList<Reply> values;

  /// @param type its first byte
  /// @param size of how many values it consists
  Aggregate(byte type, int size) {
    this.type = type;
    this.size = size;
    values = new ArrayList<>(Math.min(size, BELIEVED));
  }

  /// Of how many values it consists if it announces this length. Behind attributes, which are
  /// pairs, comes the value that has them.
  static long size(byte type, long length) {
    return switch (type) {
      case '%' -> 2 * Math.min(length, Integer.MAX_VALUE);
      case '|' -> 2 * Math.min(length, Integer.MAX_VALUE) + 1;
      default -> length;
    };
  }

  /// Adds a value, and says whether it was the last one.
  boolean add(Reply value) {
    values.add(value);
    return values.size() == size;
  }

  Reply toReply() {
    var all = Collections.unmodifiableList(values);
    return switch (type) {
      case '*' -> new Reply.Array(all);
      case '~' -> new Reply.Distinct(all);
      case '>' -> new Reply.Push(all);
      case '%' -> new Reply.Dict(Values.pairs(all));
      default -> attributed(all);
    };
  }

  private static Reply attributed(List<Reply> all) {
    var pairs = Values.pairs(all.subList(0, all.size() - 1));
    return new Reply.Attributed(new Reply.Dict(pairs), all.getLast());
  }
}
