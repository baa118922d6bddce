// SPDX-License-Identifier: Apache-2.0
package tulip.bench.core;

import java.lang.management.ManagementFactory;

/// The heap, after a collection.
final class Heap {
  private Heap() {}

  /// How many bytes are in use.
  static long used() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
