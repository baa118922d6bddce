// SPDX-License-Identifier: Apache-2.0
package tulip.net.testing;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import tulip.net.ListenOptions;
import tulip.net.StreamLimits;
import tulip.net.Tcp;
import tulip.net.TcpOptions;

class TcpStreamTest extends StreamContract {
  @Override
  protected void withPair(StreamLimits limits, PairBlock block) throws Exception {
    tcpPair(limits, block);
  }

  static void tcpPair(StreamLimits limits, PairBlock block) throws Exception {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (var listener = Tcp.listen(address, ListenOptions.DEFAULT.withLimits(limits));
        var here =
            Tcp.connect(
                new InetSocketAddress(address.getAddress(), listener.port()),
                TcpOptions.DEFAULT.withLimits(limits))) {
      block.run(here, listener.accept());
    }
  }
}
