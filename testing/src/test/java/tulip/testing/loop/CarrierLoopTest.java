// SPDX-License-Identifier: Apache-2.0
package tulip.testing.loop;

import tulip.core.LoopOptions;

/// The default loop: the carrier engine on the JDK's selector.
class CarrierLoopTest extends LoopContract {
  @Override
  protected LoopOptions options() {
    return LoopOptions.DEFAULT.withName("carrier").withEngine(LoopOptions.Engine.CARRIER);
  }
}
