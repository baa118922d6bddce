// SPDX-License-Identifier: Apache-2.0
package tulip.net.testing;

import tulip.net.ByteStream;
import tulip.net.MemoryWire;
import tulip.net.StreamLimits;

/// TLS records arrive in pieces.
class SplitTlsStreamTest extends StreamContract {
  @Override
  protected void withPair(StreamLimits limits, PairBlock block) throws Exception {
    var pair = MemoryWire.pair(limits.output());
    TlsStreamTest.secure(
        new ByteStream(new SplittingWire(pair.near(), n -> n / 3), limits),
        new ByteStream(new SplittingWire(pair.far(), n -> n - 1), limits),
        block);
  }
}
