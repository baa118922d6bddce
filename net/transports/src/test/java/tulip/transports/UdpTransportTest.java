// SPDX-License-Identifier: Apache-2.0
package tulip.transports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tulip.transports.Loopback.FREE;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import tulip.bytes.Bytes;
import tulip.core.ErrorContext;
import tulip.core.EventLoop;
import tulip.core.LoopOptions.Engine;
import tulip.core.Tulip;
import tulip.net.Attribute;
import tulip.net.UdpSocket;
import tulip.testing.TulipTest;

/// Datagrams.
@TulipTest(
    clock = TulipTest.Clock.REAL,
    engine = {Engine.CARRIER, Engine.BATON})
@Timeout(20)
class UdpTransportTest {
  /// Writes down how it is called.
  private static class Datagrams implements DatagramProtocol {
    final List<String> events = new ArrayList<>();
    final List<InetSocketAddress> senders = new ArrayList<>();
    @Nullable DatagramTransport transport;
    @Nullable IOException error;
    @Nullable Throwable cause;

    @Override
    public void connectionMade(DatagramTransport made) throws Exception {
      transport = made;
      events.add("made");
    }

    @Override
    public void datagramReceived(Bytes data, InetSocketAddress from) throws Exception {
      senders.add(from);
      events.add("[" + data.ascii() + "]");
    }

    @Override
    public void errorReceived(IOException problem) throws Exception {
      error = problem;
      events.add("error");
    }

    @Override
    public void connectionLost(@Nullable Throwable why) throws Exception {
      cause = why;
      events.add("lost");
    }

    DatagramTransport transport() {
      return Objects.requireNonNull(transport);
    }

    InetSocketAddress address() {
      return (InetSocketAddress)
          Objects.requireNonNull(transport().attribute(Attribute.LOCAL_ADDRESS));
    }

    void await(String event) {
      while (!events.contains(event)) {
        Tulip.yield();
      }
    }

    void end() {
      transport().abort();
      await("lost");
    }
  }

  private static Datagrams open() throws IOException {
    return open(FREE, null);
  }

  private static Datagrams open(
      @Nullable InetSocketAddress local, @Nullable InetSocketAddress remote) throws IOException {
    return Transports.createDatagramEndpoint(Datagrams::new, local, remote, DatagramOptions.DEFAULT)
        .protocol();
  }

  private static Bytes text(String text) {
    return Bytes.ofAscii(text);
  }

  @TulipTest
  void datagramsComeWholeAndWithTheirSender() throws Exception {
    var one = open();
    var two = open();
    one.transport().sendTo(text("first"), two.address());
    one.transport().sendTo(text("second"), two.address());
    two.await("[second]");
    assertEquals(List.of("made", "[first]", "[second]"), two.events);
    assertEquals(List.of(one.address(), one.address()), two.senders);
    two.transport().sendTo(text("answer"), two.senders.getFirst());
    one.await("[answer]");
    one.end();
    two.end();
    assertNull(one.cause);
  }

  @TulipTest
  void anEmptyDatagramIsOneToo() throws Exception {
    var one = open();
    one.transport().sendTo(Bytes.EMPTY, one.address());
    one.await("[]");
    one.end();
  }

  @TulipTest
  void aConnectedEndpointSendsToItsPeerAlone() throws Exception {
    var peer = open();
    var connected = open(null, peer.address());
    assertEquals(peer.address(), connected.transport().attribute(Attribute.REMOTE_ADDRESS));
    connected.transport().sendTo(text("a"));
    connected.transport().sendTo(text("b"), peer.address());
    peer.await("[b]");
    assertEquals(List.of("made", "[a]", "[b]"), peer.events);
    assertThrows(
        IllegalArgumentException.class,
        () -> connected.transport().sendTo(text("c"), connected.address()));
    connected.end();
    peer.end();
  }

  @TulipTest
  void anEndpointThatIsNotConnectedMustBeToldWhereTo() throws Exception {
    var one = open();
    assertNull(one.transport().attribute(Attribute.REMOTE_ADDRESS));
    assertThrows(IllegalStateException.class, () -> one.transport().sendTo(text("x")));
    var unresolved = InetSocketAddress.createUnresolved("localhost", 9);
    assertThrows(
        IllegalArgumentException.class, () -> one.transport().sendTo(text("x"), unresolved));
    one.end();
  }

  @TulipTest
  void whatCannotBeSentIsToldAndTheEndpointGoesOn() throws Exception {
    var one = open();
    one.transport().sendTo(Bytes.wrap(new byte[70_000]), one.address());
    one.await("error");
    assertTrue(Objects.requireNonNull(one.error).toString().contains("too long"));
    one.transport().sendTo(text("short"), one.address());
    one.await("[short]");
    one.end();
    assertNull(one.cause);
  }

  @TulipTest
  void thatNobodyReceivesIsToldToAConnectedEndpoint() throws Exception {
    InetSocketAddress nobody;
    try (var socket = UdpSocket.bind(FREE)) {
      nobody = socket.address();
    }
    var connected = open(null, nobody);
    connected.transport().sendTo(text("x"));
    connected.await("error");
    assertTrue(connected.error instanceof PortUnreachableException, () -> "" + connected.error);
    assertFalse(connected.transport().isClosing());
    connected.end();
    assertNull(connected.cause);
  }

  @TulipTest
  void overIpv6() throws Exception {
    var one = open(Loopback.at("::1", 0), null);
    one.transport().sendTo(text("six"), one.address());
    one.await("[six]");
    one.end();
  }

  @TulipTest
  void anAddressThatIsTakenIsRefused() throws Exception {
    var one = open();
    assertThrows(BindException.class, () -> open(one.address(), null));
    one.end();
  }

  @TulipTest
  void twoEndpointsMayShareAPort() throws Exception {
    var shared = DatagramOptions.DEFAULT.withReusePort(true);
    var one = Transports.createDatagramEndpoint(Datagrams::new, FREE, null, shared).protocol();
    var two =
        Transports.createDatagramEndpoint(Datagrams::new, one.address(), null, shared).protocol();
    assertEquals(one.address(), two.address());
    one.end();
    two.end();
  }

  @TulipTest
  void broadcastingIsAskedFor() throws Exception {
    var target = new InetSocketAddress("127.255.255.255", 9);
    var plain = open(null, null);
    plain.transport().sendTo(text("x"), target);
    plain.await("error");
    plain.end();
    var broadcasting = DatagramOptions.DEFAULT.withBroadcast(true);
    var loud =
        Transports.createDatagramEndpoint(Datagrams::new, null, null, broadcasting).protocol();
    loud.transport().sendTo(text("x"), target);
    Loopback.settle();
    assertEquals(List.of("made"), loud.events);
    loud.end();
  }

  @TulipTest
  void aReadyChannelBecomesTheTransports() throws Exception {
    var channel = DatagramChannel.open().bind(FREE);
    channel.setOption(StandardSocketOptions.SO_RCVBUF, 100_000);
    var one = Transports.createDatagramEndpoint(Datagrams::new, channel).protocol();
    one.transport().sendTo(text("x"), one.address());
    one.await("[x]");
    one.end();
    assertFalse(channel.isOpen());
  }

  @TulipTest
  void afterClosingNothingIsSentAndNothingComes() throws Exception {
    var one = open();
    var two = open();
    var address = one.address();
    one.transport().sendTo(text("last"), two.address());
    one.transport().close();
    assertTrue(one.transport().isClosing());
    assertEquals(List.of("made"), one.events);
    one.transport().sendTo(text("too late"), two.address());
    two.transport().sendTo(text("too late"), address);
    one.await("lost");
    two.await("[last]");
    Loopback.settle();
    assertEquals(List.of("made", "lost"), one.events);
    assertEquals(List.of("made", "[last]"), two.events);
    two.end();
  }

  @TulipTest
  void aFailingProtocolIsToldAndAborts() throws Exception {
    var errors = new ArrayList<ErrorContext>();
    EventLoop.current().setExceptionHandler(errors::add);
    var problem = new IllegalStateException("no");
    var one =
        Transports.createDatagramEndpoint(
                () ->
                    new Datagrams() {
                      @Override
                      public void datagramReceived(Bytes data, InetSocketAddress from) {
                        throw problem;
                      }
                    },
                FREE,
                null,
                DatagramOptions.DEFAULT)
            .protocol();
    one.transport().sendTo(text("x"), one.address());
    one.await("lost");
    assertSame(problem, one.cause);
    assertEquals(1, errors.size());
  }

  @TulipTest
  void theProtocolMayBeReplaced() throws Exception {
    var one = open();
    var other = new Datagrams();
    var address = one.address();
    one.transport().setProtocol(other);
    assertSame(other, one.transport().getProtocol());
    one.transport().sendTo(text("x"), address);
    other.await("[x]");
    one.transport().abort();
    other.await("lost");
    assertEquals(List.of("made"), one.events);
  }

  @TulipTest
  void aFactoryThatFailsClosesTheSocket() throws Exception {
    var channel = DatagramChannel.open();
    assertThrows(
        IllegalStateException.class,
        () ->
            Transports.createDatagramEndpoint(
                () -> {
                  throw new IllegalStateException("no protocol today");
                },
                channel));
    assertFalse(channel.isOpen());
  }

  @TulipTest
  void limitsAreKeptAndAnswered() throws Exception {
    var one = open();
    var limits = new WriteBufferLimits(1, 2);
    assertEquals(WriteBufferLimits.ofHigh(64 * 1024), one.transport().getWriteBufferLimits());
    one.transport().setWriteBufferLimits(limits);
    assertEquals(limits, one.transport().getWriteBufferLimits());
    assertEquals(0, one.transport().getWriteBufferSize());
    one.end();
  }
}
