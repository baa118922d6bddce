// SPDX-License-Identifier: Apache-2.0
package tulip.redis.recipes;

import tulip.redis.protocol.cluster.Slot;

/// Names of keys that belong together, and are in the same slot of a cluster.
final class KeyNames {
  private KeyNames() {}

  /// A key beside another one.
  ///
  /// @throws IllegalArgumentException if the name has braces of which no tag can be made
  static String beside(String name, String suffix) {
    var plain = name + ":" + suffix;
    var tagged = "{" + name + "}:" + suffix;
    int slot = Slot.of(name);
    if (Slot.of(plain) == slot) {
      return plain;
    }
    if (Slot.of(tagged) == slot) {
      return tagged;
    }
    throw new IllegalArgumentException(
        "the braces in " + name + " leave no name for a second key in the same slot");
  }
}
