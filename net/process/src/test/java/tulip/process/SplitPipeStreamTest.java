// SPDX-License-Identifier: Apache-2.0
package tulip.process;

import tulip.net.spi.Wire;
import tulip.net.testing.SplittingWire;

/// A pipe whose bytes come and go in pieces.
class SplitPipeStreamTest extends PipeStreamTest {
  @Override
  Wire cut(Wire wire) {
    return new SplittingWire(wire, n -> n - 1);
  }
}
