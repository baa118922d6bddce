// SPDX-License-Identifier: Apache-2.0
package tulip.transports;

import static java.time.Duration.ofMillis;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tulip.transports.Loopback.end;

import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Timeout;
import tulip.bytes.Bytes;
import tulip.core.LoopOptions.Engine;
import tulip.core.Tulip;
import tulip.net.Attribute;
import tulip.net.ByteStream;
import tulip.net.TlsAttributes;
import tulip.net.TlsContext;
import tulip.net.spi.NameResolver;
import tulip.testing.TulipTest;

/// Transports over TLS, from the beginning and in the midst of a conversation.
@TulipTest(
    clock = TulipTest.Clock.REAL,
    engine = {Engine.CARRIER, Engine.BATON})
@Timeout(20)
class TlsTransportTest {
  private static final ConnectOptions SECURE =
      ConnectOptions.DEFAULT.withTls(Certificates.CLIENT, "localhost");

  private final List<Recorder> served = new ArrayList<>();

  private Recorder echo() {
    var protocol = new Echo();
    served.add(protocol);
    return protocol;
  }

  private TransportServer serveTls() throws IOException {
    return Loopback.serve(this::echo, ServeOptions.DEFAULT.withTls(Certificates.SERVER));
  }

  @TulipTest
  void bothSidesSpeakTls() throws Exception {
    var server = serveTls();
    var connection = Transports.createConnection(Recorder::new, "127.0.0.1", server.port(), SECURE);
    var transport = connection.transport();
    transport.write(Bytes.ofAscii("secret"));
    connection.protocol().awaitText("secret");
    assertNotNull(transport.attribute(TlsAttributes.SESSION));
    assertNotNull(transport.attribute(TlsAttributes.PEER_CERTIFICATE));
    transport.close();
    connection.protocol().await("lost");
    server.close();
    server.waitClosed();
    assertEquals(List.of("made", "data", "eof", "lost"), served.getFirst().events);
    assertNull(served.getFirst().cause());
    assertNull(connection.protocol().cause());
  }

  @TulipTest
  void muchComesBackWholeOverTls() throws Exception {
    var server = serveTls();
    var connection = Transports.createConnection(Recorder::new, "127.0.0.1", server.port(), SECURE);
    var text = "0123456789".repeat(200_000);
    connection.transport().write(Bytes.ofAscii(text));
    connection.protocol().awaitText(text);
    assertEquals(text, connection.protocol().text());
    end(connection.protocol());
    server.close();
    server.waitClosed();
  }

  @TulipTest
  void theHostIsTheNameIfNoOtherIsSaid() throws Exception {
    NameResolver.CURRENT.set(_ -> List.of(InetAddress.ofLiteral("127.0.0.1")));
    var server = serveTls();
    var options = ConnectOptions.DEFAULT.withTls(Certificates.CLIENT);
    var connection =
        Transports.createConnection(Recorder::new, "localhost", server.port(), options);
    end(connection.protocol());
    assertThrows(
        SSLException.class,
        () -> Transports.createConnection(Recorder::new, "elsewhere", server.port(), options));
    server.close();
    server.closeClients();
    server.waitClosed();
  }

  @TulipTest
  void aServerThatIsNotTrustedIsRefusedBeforeThereIsAProtocol() throws Exception {
    var server = serveTls();
    var options = ConnectOptions.DEFAULT.withTls(TlsContext.client(), "localhost");
    assertThrows(
        SSLException.class,
        () ->
            Transports.createConnection(
                () -> {
                  throw new AssertionError("no protocol is wanted");
                },
                "127.0.0.1",
                server.port(),
                options));
    try (var peer = Loopback.connect(server)) {
      peer.startTls(Certificates.CLIENT, "localhost"); // the server goes on
      peer.write("x");
      assertEquals("x", peer.readExactly(1).ascii());
    }
    server.close();
    server.waitClosed();
    assertEquals(1, served.size());
  }

  @TulipTest
  void aClientThatSpeaksNoTlsGetsNoProtocol() throws Exception {
    var server = serveTls();
    try (var peer = Loopback.connect(server)) {
      peer.write("GET / HTTP/1.1\r\n\r\n");
      try {
        while (peer.read() != null) {}
      } catch (IOException e) {
        assertTrue(e.toString().contains("reset"), e::toString);
      }
    }
    server.close();
    server.waitClosed();
    assertEquals(List.of(), served);
  }

  @TulipTest
  void aReadySocketNeedsTheServersName() throws Exception {
    var server = serveTls();
    var address = Loopback.at("127.0.0.1", server.port());
    try (var socket = SocketChannel.open(address)) {
      var nameless = ConnectOptions.DEFAULT.withTls(Certificates.CLIENT);
      assertThrows(
          IllegalArgumentException.class,
          () -> Transports.createConnection(Recorder::new, socket, nameless));
      var connection = Transports.createConnection(Recorder::new, socket, SECURE);
      connection.transport().write(Bytes.ofAscii("x"));
      connection.protocol().awaitText("x");
      end(connection.protocol());
    }
    server.close();
    server.waitClosed();
  }

  @TulipTest
  void anAcceptedSocketSpeaksTls() throws Exception {
    try (var listener = ServerSocketChannel.open().bind(Loopback.FREE);
        var client = SocketChannel.open(listener.getLocalAddress())) {
      var accepted = listener.accept();
      var serving =
          Tulip.createTask(
              () -> Transports.connectAcceptedSocket(Echo::new, accepted, Certificates.SERVER));
      var connection = Transports.createConnection(Recorder::new, client, SECURE);
      connection.transport().write(Bytes.ofAscii("x"));
      connection.protocol().awaitText("x");
      end(connection.protocol());
      end(serving.await().protocol());
    }
  }

  // In the midst of a conversation.

  /// Answers "starttls" with "ready", and goes on in TLS within the same call.
  private static final class Upgrading extends Recorder {
    @Override
    public void dataReceived(Bytes data) throws Exception {
      super.dataReceived(data);
      if (data.ascii().equals("starttls")) {
        transport().write(Bytes.ofAscii("ready"));
        Transports.startTls(transport(), this, Certificates.SERVER);
        record("secure");
      } else {
        transport().write(data);
      }
    }
  }

  @TulipTest
  void aProtocolGoesOnInTlsWithinItsOwnCall() throws Exception {
    var server = Loopback.serve(Upgrading::new);
    try (var client = Loopback.connect(server)) {
      client.write("starttls");
      assertEquals("ready", client.readExactly(5).ascii());
      client.startTls(Certificates.CLIENT, "localhost");
      client.write("secret");
      assertEquals("secret", client.readExactly(6).ascii());
    }
    server.close();
    server.waitClosed();
  }

  @TulipTest
  void anotherTaskTakesTheTransportIntoTls() throws Exception {
    var pair = ByteStream.pair();
    var plain = new Recorder();
    var transport = Transports.connect(() -> plain, pair.near()).transport();
    pair.far().write("plain");
    plain.awaitText("plain");
    transport.write(Bytes.ofAscii("before"));
    var server =
        Tulip.createTask(() -> {
          assertEquals("before", pair.far().readExactly(6).ascii());
          pair.far().startTls(Certificates.SERVER);
        });
    var secret = new Recorder();
    secret.record("in place of made");
    Transports.startTls(transport, secret, Certificates.CLIENT, "localhost");
    server.await();
    assertSame(secret, transport.getProtocol());
    transport.write(Bytes.ofAscii("secret"));
    assertEquals("secret", pair.far().readExactly(6).ascii());
    pair.far().write("answer");
    secret.awaitText("answer");
    assertEquals(List.of("made", "data"), plain.events);
    pair.far().close();
    secret.await("lost");
    assertNull(secret.cause());
  }

  @TulipTest
  void tlsGoesOnWithABufferedProtocol() throws Exception {
    var pair = ByteStream.pair();
    var plain = new Recorder();
    var transport = Transports.connect(() -> plain, pair.near()).transport();
    var server = Tulip.createTask(() -> pair.far().startTls(Certificates.SERVER));
    var buffer = ByteBuffer.allocate(100);
    Transports.startTls(
        transport,
        new BufferedProtocol() {
          @Override
          public ByteBuffer getBuffer(int sizeHint) {
            return buffer;
          }

          @Override
          public void bufferUpdated(int count) {
            transport.write(buffer.slice(buffer.position() - count, count));
          }
        },
        Certificates.CLIENT,
        "localhost");
    server.await();
    pair.far().write("abc");
    assertEquals("abc", pair.far().readExactly(3).ascii());
    pair.far().close();
    while (!transport.isClosing()) {
      Tulip.yield();
    }
  }

  @TulipTest
  void aPausedTransportStaysPausedInTls() throws Exception {
    var pair = ByteStream.pair();
    var recorder = new Recorder();
    var transport = Transports.connect(() -> recorder, pair.near()).transport();
    transport.pauseReading();
    var server = Tulip.createTask(() -> pair.far().startTls(Certificates.SERVER));
    Transports.startTls(transport, recorder, Certificates.CLIENT, "localhost");
    server.await();
    pair.far().write("x");
    Loopback.settle();
    assertEquals(List.of("made"), recorder.events);
    transport.resumeReading();
    recorder.awaitText("x");
    end(recorder);
    pair.far().abort();
  }

  @TulipTest
  void aFailedHandshakeLosesTheConnection() throws Exception {
    var pair = ByteStream.pair();
    var recorder = new Recorder();
    var transport = Transports.connect(() -> recorder, pair.near()).transport();
    pair.far().write("this is no TLS");
    pair.far().flush();
    var e =
        assertThrows(
            SSLException.class,
            () -> Transports.startTls(transport, recorder, Certificates.CLIENT, "localhost"));
    recorder.await("lost");
    assertSame(e, recorder.cause());
    assertEquals("lost", recorder.events.getLast());
    pair.far().abort();
  }

  @TulipTest
  void aHandshakeThatTakesTooLongLosesTheConnection() throws Exception {
    var pair = ByteStream.pair();
    var recorder = new Recorder();
    var transport = Transports.connect(() -> recorder, pair.near()).transport();
    var hasty = Certificates.CLIENT.withHandshakeLimit(ofMillis(10));
    assertThrows(
        SocketTimeoutException.class,
        () -> Transports.startTls(transport, recorder, hasty, "localhost"));
    recorder.await("lost");
    pair.far().abort();
  }

  @TulipTest
  void aCancelledHandshakeLosesTheConnection() throws Exception {
    var pair = ByteStream.pair();
    var recorder = new Recorder();
    var transport = Transports.connect(() -> recorder, pair.near()).transport();
    var shaking =
        Tulip.createTask(
            () -> Transports.startTls(transport, recorder, Certificates.CLIENT, "localhost"));
    Loopback.settle();
    shaking.cancel();
    shaking.awaitDone();
    assertTrue(shaking.isCancelled());
    recorder.await("lost");
    assertInstanceOf(IOException.class, recorder.cause());
    pair.far().abort();
  }

  @TulipTest
  void nobodyWritesPlaintextIntoTheHandshake() throws Exception {
    var pair = ByteStream.pair();
    var recorder = new Recorder();
    var transport = Transports.connect(() -> recorder, pair.near()).transport();
    var shaking =
        Tulip.createTask(
            () -> Transports.startTls(transport, recorder, Certificates.CLIENT, "localhost"));
    Loopback.settle();
    assertThrows(IllegalStateException.class, () -> transport.write(Bytes.ofAscii("x")));
    assertThrows(IllegalStateException.class, transport::writeEof);
    assertThrows(
        IllegalStateException.class,
        () -> Transports.startTls(transport, recorder, Certificates.CLIENT, "localhost"));
    pair.far().startTls(Certificates.SERVER);
    shaking.await();
    transport.write(Bytes.ofAscii("x"));
    assertEquals("x", pair.far().readExactly(1).ascii());
    end(recorder);
    pair.far().abort();
  }

  @TulipTest
  void whatCannotGoOnInTlsSaysSo() throws Exception {
    var pair = ByteStream.pair();
    var recorder = new Recorder();
    var transport = Transports.connect(() -> recorder, pair.near()).transport();
    assertThrows(
        IllegalArgumentException.class,
        () -> Transports.startTls(transport, recorder, Certificates.CLIENT));
    assertThrows(
        IllegalArgumentException.class,
        () -> Transports.startTls(transport, recorder, Certificates.SERVER, "localhost"));
    end(recorder);
    assertThrows(
        ClosedChannelException.class,
        () -> Transports.startTls(transport, recorder, Certificates.SERVER));
    pair.far().abort();
  }

  @TulipTest
  void thePeersGoodbyeIsTheEndAndTheOtherSideMayGoOn() throws Exception {
    var server = serveTls();
    var recorder = new Recorder().keepingOpen();
    var transport =
        Transports.createConnection(() -> recorder, "127.0.0.1", server.port(), SECURE).transport();
    transport.write(Bytes.ofAscii("last"));
    transport.writeEof();
    recorder.await("eof");
    assertEquals("last", recorder.text());
    transport.close();
    recorder.await("lost");
    server.close();
    server.waitClosed();
    assertEquals(List.of("made", "data", "eof", "lost"), served.getFirst().events);
  }

  @TulipTest
  void anEndWithoutGoodbyeIsTheCause() throws Exception {
    try (var listener = Loopback.listen()) {
      var serving =
          Tulip.createTask(() -> {
            var peer = listener.accept();
            var below = Objects.requireNonNull(peer.attribute(Attribute.SOCKET));
            peer.startTls(Certificates.SERVER);
            below.close();
            peer.abort();
          });
      var recorder = new Recorder();
      Transports.createConnection(() -> recorder, "127.0.0.1", listener.port(), SECURE);
      serving.await();
      recorder.await("lost");
      assertInstanceOf(IOException.class, recorder.cause());
    }
  }
}
