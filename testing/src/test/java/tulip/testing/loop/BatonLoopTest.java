// SPDX-License-Identifier: Apache-2.0
package tulip.testing.loop;

import java.util.EnumSet;
import java.util.Set;
import tulip.core.LoopOptions;

/// The loop that needs no flag: the baton engine on the JDK's selector.
class BatonLoopTest extends LoopContract {
  @Override
  protected LoopOptions options() {
    return LoopOptions.DEFAULT.withName("baton").withEngine(LoopOptions.Engine.BATON);
  }

  @Override
  protected Set<Capability> capabilities() {
    return EnumSet.complementOf(EnumSet.of(Capability.FOREIGN_WAITS));
  }
}
