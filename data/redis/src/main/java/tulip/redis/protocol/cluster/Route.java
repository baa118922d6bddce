// SPDX-License-Identifier: Apache-2.0
package tulip.redis.protocol.cluster;

import java.util.List;

/// Where a command goes.
public sealed interface Route {
  /// To the node that serves a slot.
  ///
  /// @param readOnly whether a replica will do
  record ToSlot(int slot, boolean readOnly) implements Route {}

  /// To any node: it has no keys.
  record ToAny() implements Route {}

  /// To several nodes, a part to each slot.
  record ToSlots(Split split) implements Route {}

  /// To all masters, or to all nodes.
  record ToAll(boolean replicasToo, ResponsePolicy response) implements Route {}

  /// To where a server says: it alone knows the keys, `COMMAND GETKEYS` tells.
  record ToWhereKeysAre(boolean readOnly) implements Route {}

  /// The route of a command with these keys.
  ///
  /// @throws IllegalArgumentException if they have different slots
  static Route toKeys(Object name, List<?> keys, boolean readOnly) {
    return keys.isEmpty() ? new ToAny() : new ToSlot(slot(name, keys), readOnly);
  }

  /// The slot of keys, of which there is one at least.
  ///
  /// @throws IllegalArgumentException if they have different slots
  static int slot(Object name, List<?> keys) {
    var first = keys.getFirst();
    int slot = Slot.of(first);
    for (var key : keys) {
      if (Slot.of(key) != slot) {
        throw new IllegalArgumentException(
            "%s has keys of different slots, %s (%d) and %s (%d): only what stands in the same"
                    .formatted(name, first, slot, key, Slot.of(key))
                + " braces, as in {user1}:name and {user1}:mail, is in the same slot for sure");
      }
    }
    return slot;
  }
}
