// SPDX-License-Identifier: Apache-2.0
package tulip.net.testing;

import tulip.net.ByteStream;
import tulip.net.StreamLimits;

class MemoryStreamTest extends StreamContract {
  @Override
  protected void withPair(StreamLimits limits, PairBlock block) throws Exception {
    var pair = ByteStream.pair(limits);
    block.run(pair.near(), pair.far());
  }
}
