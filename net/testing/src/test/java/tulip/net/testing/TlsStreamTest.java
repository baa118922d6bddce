// SPDX-License-Identifier: Apache-2.0
package tulip.net.testing;

import tulip.net.ByteStream;
import tulip.net.StreamLimits;

class TlsStreamTest extends StreamContract {
  @Override
  protected void withPair(StreamLimits limits, PairBlock block) throws Exception {
    TcpStreamTest.tcpPair(limits, (here, there) -> secure(here, there, block));
  }

  static void secure(ByteStream here, ByteStream there, PairBlock block) throws Exception {
    var server =
        start(() -> {
          there.startTls(Certificates.SERVER);
          return there;
        });
    here.startTls(Certificates.CLIENT, "localhost");
    server.await();
    block.run(here, there);
  }
}
