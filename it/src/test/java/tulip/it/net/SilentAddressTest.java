// SPDX-License-Identifier: Apache-2.0
package tulip.it.net;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tulip.core.EventLoop;
import tulip.core.LoopOptions;
import tulip.core.Tulip;
import tulip.core.VirtualClock;
import tulip.net.Attribute;
import tulip.net.ListenOptions;
import tulip.net.Server;
import tulip.net.Tcp;
import tulip.net.TcpOptions;
import tulip.net.spi.NameResolver;

/// A host of which one address answers and another keeps silent: RFC 8305.
@Timeout(60)
class SilentAddressTest {
  private static final InetAddress GOOD = InetAddress.ofLiteral("127.0.0.1");

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.2", "::1"})
  void theAddressThatAnswersIsFound(String silent) throws Exception {
    Tulip.run(
        LoopOptions.DEFAULT.withClock(VirtualClock.autojump()),
        () -> {
          var address = InetAddress.ofLiteral(silent);
          NameResolver.CURRENT.set(_ -> List.of(address, GOOD));
          var listener = Tcp.listen(new InetSocketAddress(GOOD, 0), ListenOptions.DEFAULT);
          try (var server = Server.open(listener, Shouting::shout);
              var _ = new SilentAddress(address, server.port())) {
            long begin = EventLoop.current().time();
            try (var stream = Tcp.connect("two-addresses.test", server.port())) {
              assertEquals(
                  new InetSocketAddress(GOOD, server.port()),
                  stream.attribute(Attribute.REMOTE_ADDRESS));
              assertTrue(EventLoop.current().time() - begin >= ofMillis(250).toNanos());
              stream.write("hello\n");
              assertEquals("HELLO", stream.readLine());
            }
          }
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.2", "::1"})
  void aSilentAddressAloneIsWaitedFor(String silent) throws Exception {
    Tulip.run(
        LoopOptions.DEFAULT.withClock(VirtualClock.autojump()),
        () -> {
          try (var address = new SilentAddress(InetAddress.ofLiteral(silent), 0)) {
            assertFalse(
                Tulip.moveOnAfter(
                    ofSeconds(1), () -> Tcp.connect(address.address(), TcpOptions.DEFAULT)));
          }
        });
  }
}
