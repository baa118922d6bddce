// SPDX-License-Identifier: Apache-2.0
package tulip.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tulip.core.EventLoop;
import tulip.core.Task;
import tulip.core.Tulip;
import tulip.core.spi.ResourceTracker;

/// What is open is told to the loop's tracker, so that a test finds what was left.
@Timeout(20)
class TrackingTest {
  private final List<Object> open = new ArrayList<>();

  private final ResourceTracker tracker =
      new ResourceTracker() {
        @Override
        public void opened(Object resource) {
          if (!(resource instanceof Task)) {
            open.add(resource);
          }
        }

        @Override
        public void closed(Object resource) {
          open.removeIf(one -> one.equals(resource));
        }
      };

  @Test
  void streamsListenersAndSocketsAreTold() throws Exception {
    var free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    Tulip.run(() -> {
      EventLoop.current().setResourceTracker(tracker);
      try (var listener = Tcp.listen(free, ListenOptions.DEFAULT);
          var here = Tcp.connect("127.0.0.1", listener.port());
          var there = listener.accept();
          var socket = UdpSocket.bind(free)) {
        assertEquals(List.of(listener, here, there, socket), open);
      }
      assertEquals(List.of(), open);
    });
  }
}
