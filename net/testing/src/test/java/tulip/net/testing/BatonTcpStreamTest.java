// SPDX-License-Identifier: Apache-2.0
package tulip.net.testing;

import tulip.core.LoopOptions;

class BatonTcpStreamTest extends TcpStreamTest {
  @Override
  protected LoopOptions options() {
    return super.options().withEngine(LoopOptions.Engine.BATON);
  }
}
