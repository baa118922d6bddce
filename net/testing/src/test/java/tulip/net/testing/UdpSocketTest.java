// SPDX-License-Identifier: Apache-2.0
package tulip.net.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.channels.ClosedChannelException;
import tulip.bytes.Bytes;
import tulip.core.LoopOptions.Engine;
import tulip.core.Tulip;
import tulip.net.UdpSocket;
import tulip.testing.TulipTest;

/// Datagrams.
@TulipTest(engine = {Engine.CARRIER, Engine.BATON})
class UdpSocketTest {
  private static UdpSocket bind(int port) throws IOException {
    return UdpSocket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
  }

  @TulipTest
  void eachDatagramIsReceivedByItself() throws Exception {
    try (var here = bind(0);
        var there = bind(0)) {
      for (var text : new String[] {"one", "", "three"}) {
        there.send(Bytes.ofAscii(text), here.address());
      }
      for (var text : new String[] {"one", "", "three"}) {
        var datagram = here.receive();
        assertEquals(text, datagram.data().ascii());
        assertEquals(there.address(), datagram.address());
      }
      assertNull(here.tryReceive());
    }
  }

  @TulipTest
  void aConnectedSocketHearsItsPeerAlone() throws Exception {
    try (var here = bind(0);
        var stranger = bind(0);
        var there = UdpSocket.connect(here.address())) {
      there.send(Bytes.ofAscii("ping"));
      var from = here.receive().address();
      stranger.send(Bytes.ofAscii("psst"), from);
      here.send(Bytes.ofAscii("pong"), from);
      assertEquals("pong", there.receive().data().ascii());
      assertNull(there.tryReceive());
    }
  }

  @TulipTest
  void aDatagramThatFoundNobodyIsTold() throws Exception {
    InetSocketAddress nobody;
    try (var gone = bind(0)) {
      nobody = gone.address();
    }
    try (var socket = UdpSocket.connect(nobody)) {
      socket.send(Bytes.ofAscii("hello?"));
      assertThrows(PortUnreachableException.class, socket::receive);
    }
  }

  @TulipTest
  void oneTaskAtATimeReceives() throws Exception {
    try (var socket = bind(0)) {
      var receive = Tulip.createTask(socket::receive);
      Tulip.yield();
      assertThrows(IllegalStateException.class, socket::receive);
      receive.cancel();
      receive.awaitDone();
      socket.send(Bytes.ofAscii("to myself"), socket.address());
      assertEquals("to myself", socket.receive().data().ascii());
    }
  }

  @TulipTest
  void closingEndsWhoReceives() throws Exception {
    var socket = bind(0);
    var receive = Tulip.createTask(socket::receive);
    Tulip.yield();
    socket.close();
    receive.awaitDone();
    assertInstanceOf(ClosedChannelException.class, receive.exception());
  }

  @TulipTest
  void aClosedSocketCannotBeUsed() throws Exception {
    var socket = bind(0);
    var address = socket.address();
    socket.close();
    socket.close();
    assertThrows(ClosedChannelException.class, socket::receive);
    assertThrows(ClosedChannelException.class, () -> socket.send(Bytes.ofAscii("x"), address));
  }

  @TulipTest
  void aPortIsTakenOnceAndFreeWhenTheLoopHasLooked() throws Exception {
    var first = bind(0);
    int port = first.address().getPort();
    assertThrows(BindException.class, () -> bind(port));
    var receive = Tulip.createTask(first::receive);
    Tulip.yield();
    first.close();
    receive.awaitDone();
    assertInstanceOf(ClosedChannelException.class, receive.exception());
    try (var second = bind(port)) {
      assertEquals(port, second.address().getPort());
    }
  }

  @TulipTest
  void whatIsTooLargeIsRefused() throws Exception {
    try (var socket = bind(0)) {
      var large = Bytes.wrap(new byte[70_000]);
      var e = assertThrows(IOException.class, () -> socket.send(large, socket.address()));
      assertTrue(String.valueOf(e.getMessage()).contains("too long"), e::toString);
    }
  }
}
