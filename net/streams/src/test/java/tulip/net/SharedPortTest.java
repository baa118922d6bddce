// SPDX-License-Identifier: Apache-2.0
package tulip.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tulip.core.Action;
import tulip.core.Tulip;

@Timeout(20)
class SharedPortTest {
  private static final InetSocketAddress FREE =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private static SharedPort open() throws Exception {
    return SharedPort.open(FREE, ListenOptions.DEFAULT);
  }

  private static void run(Action<Exception> test) throws Exception {
    Tulip.run(test);
  }

  @Test
  void aReservedPortIsNobodyElsesAndTakesNoConnections() throws Exception {
    run(() -> {
      try (var port = open()) {
        assertThrows(BindException.class, () -> Tcp.listen(port.address(), ListenOptions.DEFAULT));
        assertThrows(ConnectException.class, () -> Tcp.connect("127.0.0.1", port.port()));
      }
    });
  }

  @Test
  void aPortThatIsTakenCannotBeShared() throws Exception {
    run(() -> {
      try (var listener = Tcp.listen(FREE, ListenOptions.DEFAULT)) {
        var taken = (InetSocketAddress) listener.address();
        var failure =
            assertThrows(BindException.class, () -> SharedPort.open(taken, ListenOptions.DEFAULT));
        assertEquals("Address already in use: " + taken, failure.getMessage());
      }
    });
  }

  @Test
  void severalListenersShareIt() throws Exception {
    run(() -> {
      try (var port = open();
          var one = port.listen();
          var other = port.listen()) {
        assertEquals(port.address(), one.address());
        assertEquals(port.address(), other.address());
      }
    });
  }

  @Test
  void itIsReservedWhenAllListenersAreClosed() throws Exception {
    run(() -> {
      try (var port = open()) {
        port.listen().close();
        assertThrows(ConnectException.class, () -> Tcp.connect("127.0.0.1", port.port()));
        try (var listener = port.listen();
            var here = Tcp.connect("127.0.0.1", port.port());
            var there = listener.accept()) {
          here.write("again\n");
          assertEquals("again", there.readLine());
        }
      }
    });
  }
}
