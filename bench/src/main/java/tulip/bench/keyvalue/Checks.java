// SPDX-License-Identifier: Apache-2.0
package tulip.bench.keyvalue;

import org.jspecify.annotations.Nullable;

/// A client that gets something else has not been measured.
final class Checks {
  private Checks() {}

  static void value(@Nullable Object value) {
    if (!Operations.VALUE.equals(value)) {
      throw new AssertionError("a wrong value: " + value);
    }
  }

  static void size(int size) {
    if (size != Operations.WIDTH) {
      throw new AssertionError("a wrong number of replies: " + size);
    }
  }
}
