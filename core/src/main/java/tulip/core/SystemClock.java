// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import tulip.core.spi.LoopClock;

/// Real time: `System.nanoTime`.
final class SystemClock implements LoopClock {
  @Override
  public long time() {
    return System.nanoTime();
  }

  @Override
  public long waitFor(long deadline, Outside outside) {
    return deadline == Long.MAX_VALUE ? deadline : Math.max(0, deadline - System.nanoTime());
  }
}
