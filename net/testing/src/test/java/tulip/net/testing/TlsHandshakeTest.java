// SPDX-License-Identifier: Apache-2.0
package tulip.net.testing;

import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import tulip.core.EventLoop;
import tulip.core.LoopOptions.Engine;
import tulip.core.Task;
import tulip.core.Tulip;
import tulip.net.ByteStream;
import tulip.net.TlsAttributes;
import tulip.net.TlsContext;
import tulip.testing.TulipTest;

/// The handshake: how it fails, and what others may do meanwhile.
@TulipTest(engine = {Engine.CARRIER, Engine.BATON})
class TlsHandshakeTest {
  private ByteStream client;
  private ByteStream server;

  @BeforeEach
  void open() {
    var pair = ByteStream.pair();
    client = pair.near();
    server = pair.far();
  }

  @AfterEach
  void abort() {
    client.abort();
    server.abort();
  }

  private Task<Boolean> shakeHands(ByteStream stream, TlsContext context) {
    return Tulip.createTask(() -> {
      if (context.isServer()) {
        stream.startTls(context);
      } else {
        stream.startTls(context, "localhost");
      }
      return true;
    });
  }

  private void secure() {
    var task = shakeHands(server, Certificates.SERVER);
    shakeHands(client, Certificates.CLIENT).await();
    task.await();
  }

  /// Lets the first message of a handshake come, so that it is under way.
  private static void begin(ByteStream peer) throws IOException {
    assertTrue(peer.fill());
  }

  private static void assertFails(Class<? extends IOException> type, Task<?> task) {
    task.awaitDone();
    assertInstanceOf(type, task.exception());
  }

  // Failures.

  @TulipTest
  void aPeerThatKeepsSilentRunsIntoTheLimit(EventLoop loop) {
    var hasty = Certificates.CLIENT.withHandshakeLimit(ofSeconds(7));
    var e = assertThrows(SocketTimeoutException.class, () -> client.startTls(hasty, "localhost"));
    assertEquals("the TLS handshake took longer than PT7S", e.getMessage());
    assertEquals(ofSeconds(7).toNanos(), loop.time());
    assertTrue(client.isClosed());
  }

  @TulipTest
  void aLimitIsMoreThanNothing() {
    for (var limit : new Duration[] {Duration.ZERO, ofSeconds(-10)}) {
      assertThrows(
          IllegalArgumentException.class, () -> Certificates.CLIENT.withHandshakeLimit(limit));
    }
  }

  @TulipTest
  void aPeerThatHangsUpEndsIt() throws Exception {
    var handshake = shakeHands(client, Certificates.CLIENT);
    begin(server);
    server.close();
    assertFails(EOFException.class, handshake);
    assertTrue(client.isClosed());
  }

  @TulipTest
  void aServerThatDoesNotSpeakTlsIsNoticed() throws Exception {
    var handshake = shakeHands(client, Certificates.CLIENT);
    begin(server);
    server.write("HTTP/1.0 400 Bad Request\r\n\r\n");
    assertFails(SSLException.class, handshake);
    assertTrue(client.isClosed());
  }

  @TulipTest
  void aClientThatDoesNotSpeakTlsIsNoticed() throws Exception {
    var handshake = shakeHands(server, Certificates.SERVER);
    client.write("GET / HTTP/1.0\r\n\r\n");
    assertFails(SSLException.class, handshake);
    assertTrue(server.isClosed());
  }

  @TulipTest
  void theServerIsToldWhyItsClientGaveUp() {
    var handshake = shakeHands(server, Certificates.SERVER);
    assertThrows(SSLException.class, () -> client.startTls(TlsContext.client(), "localhost"));
    handshake.awaitDone();
    var failure = assertInstanceOf(SSLException.class, handshake.exception());
    assertTrue(String.valueOf(failure.getMessage()).contains("alert"), failure::toString);
  }

  @TulipTest
  void aContextIsForOneRole() {
    assertThrows(IllegalArgumentException.class, () -> client.startTls(Certificates.CLIENT));
    assertThrows(
        IllegalArgumentException.class, () -> server.startTls(Certificates.SERVER, "localhost"));
    assertFalse(client.isClosed());
    assertFalse(server.isClosed());
  }

  // Others, meanwhile.

  @TulipTest
  void closingTheStreamEndsIt() throws Exception {
    var handshake = shakeHands(client, Certificates.CLIENT);
    begin(server);
    client.close();
    assertFails(ClosedChannelException.class, handshake);
  }

  @TulipTest
  void abortingTheStreamEndsIt() throws Exception {
    var handshake = shakeHands(server, Certificates.SERVER);
    Tulip.yield();
    server.abort();
    assertFails(ClosedChannelException.class, handshake);
  }

  @TulipTest
  void nobodyElseMayRead() throws Exception {
    var handshake = shakeHands(client, Certificates.CLIENT);
    begin(server);
    assertThrows(IllegalStateException.class, () -> client.read());
    handshake.cancel();
    handshake.awaitDone();
    assertTrue(handshake.isCancelled());
    assertTrue(client.isClosed());
  }

  @TulipTest
  void whoWritesWaitsForItAndIsEncrypted() throws Exception {
    var handshake = shakeHands(client, Certificates.CLIENT);
    begin(server);
    var write =
        Tulip.createTask(() -> {
          client.write("secret");
          return true;
        });
    Tulip.sleep(ofSeconds(1));
    assertFalse(write.isDone());
    server.startTls(Certificates.SERVER);
    handshake.await();
    write.await();
    assertEquals("secret", server.readExactly(6).ascii());
  }

  @TulipTest
  void whoWritesWhenItFailsIsTold() throws Exception {
    var handshake = shakeHands(client, Certificates.CLIENT);
    begin(server);
    var write =
        Tulip.createTask(() -> {
          client.write("secret");
          return true;
        });
    Tulip.yield();
    handshake.cancel();
    assertFails(ClosedChannelException.class, write);
  }

  // What there is then.

  @TulipTest
  void whatIsKnownOfThePeer() {
    assertNull(client.attribute(TlsAttributes.SESSION));
    assertNull(client.attribute(TlsAttributes.PEER_CERTIFICATE));
    secure();
    assertNotNull(client.attribute(TlsAttributes.PEER_CERTIFICATE));
    assertNull(server.attribute(TlsAttributes.PEER_CERTIFICATE));
    assertNull(client.attribute(TlsAttributes.PROTOCOL));
    assertEquals(
        client.attribute(TlsAttributes.EXPORTER_BINDING),
        server.attribute(TlsAttributes.EXPORTER_BINDING));
    assertEquals(
        client.attribute(TlsAttributes.SERVER_END_POINT_BINDING),
        server.attribute(TlsAttributes.SERVER_END_POINT_BINDING));
  }

  @TulipTest
  void theFirstBytesMayComeWithTheLastOfTheHandshake() throws Exception {
    var handshake = shakeHands(server, Certificates.SERVER);
    client.startTls(Certificates.CLIENT, "localhost");
    client.write("first");
    handshake.await();
    assertEquals("first", server.readExactly(5).ascii());
  }

  @TulipTest
  void tlsGoesOverTls() throws Exception {
    secure();
    secure();
    client.write("ping");
    assertEquals("ping", server.readExactly(4).ascii());
    server.write("pong");
    server.close();
    assertEquals("pong", client.readExactly(4).ascii());
    assertNull(client.read());
  }
}
