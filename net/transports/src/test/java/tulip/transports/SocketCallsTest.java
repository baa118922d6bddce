// SPDX-License-Identifier: Apache-2.0
package tulip.transports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tulip.transports.Loopback.FREE;
import static tulip.transports.Loopback.settle;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tulip.core.EventLoop;
import tulip.core.LoopOptions.Engine;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.net.Attribute;
import tulip.net.spi.NameResolver;
import tulip.testing.TulipTest;

/// The system's calls on channels of one's own.
@TulipTest(
    clock = TulipTest.Clock.REAL,
    engine = {Engine.CARRIER, Engine.BATON})
@Timeout(20)
class SocketCallsTest {
  @TempDir private Path folder;
  private final List<SelectableChannel> channels = new ArrayList<>();

  @AfterEach
  void closeChannels() throws IOException {
    for (var channel : channels) {
      channel.close();
    }
  }

  private <C extends SelectableChannel> C ready(C channel) throws IOException {
    channels.add(channel);
    channel.configureBlocking(false);
    return channel;
  }

  private record Pair(SocketChannel client, SocketChannel server) {}

  private Pair pair() throws IOException {
    var listener = ready(ServerSocketChannel.open().bind(FREE));
    var client = ready(SocketChannel.open());
    SocketCalls.sockConnect(client, listener.getLocalAddress());
    return new Pair(client, ready(SocketCalls.sockAccept(listener)));
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static String receive(SocketChannel socket) throws IOException {
    var target = ByteBuffer.allocate(100);
    int n = SocketCalls.sockRecv(socket, target);
    return n < 0 ? "end" : new String(target.array(), 0, n, StandardCharsets.US_ASCII);
  }

  @TulipTest
  void aClientAndAServerTalk() throws Exception {
    var pair = pair();
    var receiving = Tulip.createTask(() -> receive(pair.server()));
    settle();
    assertFalse(receiving.isDone());
    SocketCalls.sockSendAll(pair.client(), bytes("ping"));
    assertEquals("ping", receiving.await());
    SocketCalls.sockSendAll(pair.server(), bytes("pong"));
    assertEquals("pong", receive(pair.client()));
    pair.client().close();
    assertEquals("end", receive(pair.server()));
  }

  @TulipTest
  void overAPath() throws Exception {
    var address = UnixDomainSocketAddress.of(folder.resolve("socket"));
    var listener = ready(ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(address));
    var client = ready(SocketChannel.open(StandardProtocolFamily.UNIX));
    var accepting = Tulip.createTask(() -> ready(SocketCalls.sockAccept(listener)));
    settle();
    SocketCalls.sockConnect(client, address);
    SocketCalls.sockSendAll(client, bytes("x"));
    assertEquals("x", receive(accepting.await()));
  }

  @TulipTest
  void overIpv6AndByName() throws Exception {
    NameResolver.CURRENT.set(_ -> List.of(InetAddress.ofLiteral("::1")));
    var listener = ready(ServerSocketChannel.open().bind(Loopback.at("::1", 0)));
    var client = ready(SocketChannel.open());
    var port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
    SocketCalls.sockConnect(client, InetSocketAddress.createUnresolved("somewhere", port));
    assertEquals(
        client.getLocalAddress(), ready(SocketCalls.sockAccept(listener)).getRemoteAddress());
  }

  @TulipTest
  void bothDirectionsAtOnceAndMuch() throws Exception {
    var pair = pair();
    int much = 5_000_000;
    TaskGroup.run(group -> {
      for (var socket : List.of(pair.client(), pair.server())) {
        group.start(() -> SocketCalls.sockSendAll(socket, ByteBuffer.allocate(much)));
        group.start(() -> {
          var target = ByteBuffer.allocate(much);
          while (target.hasRemaining()) {
            assertTrue(SocketCalls.sockRecv(socket, target) > 0);
          }
        });
      }
    });
  }

  @TulipTest
  void nobodyListens() throws Exception {
    InetSocketAddress address;
    try (var listener = Loopback.listen()) {
      address = (InetSocketAddress) listener.address();
    }
    var client = ready(SocketChannel.open());
    assertThrows(ConnectException.class, () -> SocketCalls.sockConnect(client, address));
  }

  @TulipTest
  void channelsThatBlockAreRefused() throws Exception {
    var socket = SocketChannel.open();
    channels.add(socket);
    assertThrows(
        IllegalArgumentException.class, () -> SocketCalls.sockRecv(socket, ByteBuffer.allocate(1)));
    assertThrows(IllegalArgumentException.class, () -> SocketCalls.sockSendAll(socket, bytes("x")));
    assertThrows(IllegalArgumentException.class, () -> SocketCalls.sockConnect(socket, FREE));
    var listener = ServerSocketChannel.open().bind(FREE);
    channels.add(listener);
    assertThrows(IllegalArgumentException.class, () -> SocketCalls.sockAccept(listener));
    var datagrams = DatagramChannel.open();
    channels.add(datagrams);
    assertThrows(
        IllegalArgumentException.class,
        () -> SocketCalls.sockRecvFrom(datagrams, ByteBuffer.allocate(1)));
    assertThrows(
        IllegalArgumentException.class, () -> SocketCalls.sockSendTo(datagrams, bytes("x"), FREE));
  }

  @TulipTest
  void aFullBufferIsRefused() throws Exception {
    var pair = pair();
    assertThrows(
        IllegalArgumentException.class,
        () -> SocketCalls.sockRecv(pair.client(), ByteBuffer.allocate(0)));
  }

  @TulipTest
  void aCancelledReceptionLosesNothing() throws Exception {
    var pair = pair();
    var receiving = Tulip.createTask(() -> receive(pair.server()));
    settle();
    receiving.cancel();
    receiving.awaitDone();
    assertTrue(receiving.isCancelled());
    assertFalse(EventLoop.current().removeReader(pair.server()));
    SocketCalls.sockSendAll(pair.client(), bytes("kept"));
    assertEquals("kept", receive(pair.server()));
  }

  @TulipTest
  void aCancelledSendTellsHowMuchWasSent() throws Exception {
    var pair = pair();
    var source = ByteBuffer.allocate(30_000_000);
    var sending = Tulip.createTask(() -> SocketCalls.sockSendAll(pair.client(), source));
    settle();
    assertFalse(sending.isDone());
    sending.cancel();
    sending.awaitDone();
    assertTrue(source.hasRemaining());
    assertFalse(EventLoop.current().removeWriter(pair.client()));
    pair.client().close();
    var target = ByteBuffer.allocate(30_000_000);
    while (SocketCalls.sockRecv(pair.server(), target) > 0) {}
    assertEquals(source.position(), target.position());
  }

  @TulipTest
  void aCancelledAcceptLosesNobody() throws Exception {
    var listener = ready(ServerSocketChannel.open().bind(FREE));
    var accepting = Tulip.createTask(() -> SocketCalls.sockAccept(listener));
    settle();
    accepting.cancel();
    accepting.awaitDone();
    assertTrue(accepting.isCancelled());
    var client = ready(SocketChannel.open());
    SocketCalls.sockConnect(client, listener.getLocalAddress());
    assertFalse(ready(SocketCalls.sockAccept(listener)).isBlocking());
  }

  @TulipTest
  void theChannelOfATransportIsRefused() throws Exception {
    try (var listener = Loopback.listen()) {
      var recorder = Loopback.connect(Recorder::new, listener).protocol();
      settle();
      var socket = Objects.requireNonNull(recorder.transport().attribute(Attribute.SOCKET));
      assertThrows(IllegalStateException.class, () -> receive(socket));
      Loopback.end(recorder);
    }
  }

  // Datagrams.

  @TulipTest
  void datagramsComeWithTheirSender() throws Exception {
    var one = ready(DatagramChannel.open().bind(FREE));
    var two = ready(DatagramChannel.open().bind(FREE));
    var target = ByteBuffer.allocate(10);
    var receiving = Tulip.createTask(() -> SocketCalls.sockRecvFrom(two, target));
    settle();
    assertFalse(receiving.isDone());
    SocketCalls.sockSendTo(one, bytes("hello"), two.getLocalAddress());
    assertEquals(one.getLocalAddress(), receiving.await());
    assertEquals(5, target.position());
    SocketCalls.sockSendTo(one, bytes(""), two.getLocalAddress());
    assertEquals(one.getLocalAddress(), SocketCalls.sockRecvFrom(two, target));
    assertEquals(5, target.position());
  }

  // Files.

  private FileChannel file(int size) throws IOException {
    var all = new byte[size];
    for (int i = 0; i < size; i++) {
      all[i] = (byte) (i % 251);
    }
    return FileChannel.open(Files.write(folder.resolve("file" + size), all));
  }

  private static byte[] receiveAll(SocketChannel socket, int most) throws IOException {
    var target = ByteBuffer.allocate(most);
    while (SocketCalls.sockRecv(socket, target) > 0) {}
    return java.util.Arrays.copyOf(target.array(), target.position());
  }

  @TulipTest
  void aFileIsSentWhole() throws Exception {
    var pair = pair();
    try (var file = file(4_000_000)) {
      var receiving = Tulip.createTask(() -> receiveAll(pair.server(), 5_000_000));
      assertEquals(4_000_000, SocketCalls.sockSendFile(pair.client(), file, 0, Long.MAX_VALUE));
      pair.client().close();
      var got = receiving.await();
      assertEquals(4_000_000, got.length);
      assertEquals((byte) (3_999_999 % 251), got[3_999_999]);
    }
  }

  @TulipTest
  void aPartOfAFileBetweenOtherBytes() throws Exception {
    var pair = pair();
    try (var file = file(1_000)) {
      SocketCalls.sockSendAll(pair.client(), bytes("<"));
      assertEquals(3, SocketCalls.sockSendFile(pair.client(), file, 97, 3));
      assertEquals(0, SocketCalls.sockSendFile(pair.client(), file, 1_000, 3));
      assertEquals(0, SocketCalls.sockSendFile(pair.client(), file, 0, 0));
      SocketCalls.sockSendAll(pair.client(), bytes(">"));
      pair.client().close();
      assertEquals("<abc>", new String(receiveAll(pair.server(), 100), StandardCharsets.US_ASCII));
    }
  }

  @TulipTest
  void aCancelledFileStopsInTheMiddle() throws Exception {
    var pair = pair();
    try (var file = file(30_000_000)) {
      var sending =
          Tulip.createTask(() -> SocketCalls.sockSendFile(pair.client(), file, 0, 30_000_000));
      settle();
      assertFalse(sending.isDone());
      sending.cancel();
      sending.awaitDone();
      assertTrue(sending.isCancelled());
      assertFalse(EventLoop.current().removeWriter(pair.client()));
    }
  }

  @TulipTest
  void aFileForAPeerThatHasGone() throws Exception {
    var pair = pair();
    try (var file = file(10_000_000)) {
      var sending =
          Tulip.createTask(() -> SocketCalls.sockSendFile(pair.client(), file, 0, 10_000_000));
      settle();
      pair.server().close();
      sending.awaitDone();
      assertTrue(sending.exception() instanceof IOException, () -> "" + sending.exception());
    }
  }
}
