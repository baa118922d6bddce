// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import tulip.core.EventLoop;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.net.ByteStream;
import tulip.net.ListenOptions;
import tulip.net.ServerOptions;
import tulip.net.Tcp;
import tulip.testing.TulipTest;

/// How a server ends, and what becomes of those who are connected.
@TulipTest
class GracefulEndTest {
  private static final InetSocketAddress FREE =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private static final HttpServerOptions OPTIONS =
      HttpServerOptions.DEFAULT.withConnections(ServerOptions.DEFAULT.withGrace(ofSeconds(20)));

  private static HttpServer open(Handler handler) throws IOException {
    return open(OPTIONS, handler);
  }

  private static HttpServer open(HttpServerOptions options, Handler handler) throws IOException {
    return HttpServer.open(List.of(Tcp.listen(FREE, ListenOptions.DEFAULT)), options, handler);
  }

  private static ByteStream connect(HttpServer server) throws IOException {
    return Tcp.connect("127.0.0.1", server.port());
  }

  private static Response slow(Request request) {
    Tulip.sleep(Duration.ofSeconds(Long.parseLong(request.path().substring(1))));
    return Response.text("done");
  }

  @TulipTest
  void idleConnectionsAreClosedAtOnce() throws IOException {
    var server = open(GracefulEndTest::slow);
    try (var fresh = connect(server);
        var used = connect(server)) {
      used.write("GET /0 HTTP/1.1\r\nHost: h\r\n\r\n");
      while (!String.valueOf(used.readLine()).isEmpty()) {}
      assertEquals("done", used.readExactly(4).utf8());
      while (server.connectionCount() < 2) {
        Tulip.sleep(ofSeconds(1));
      }
      long before = EventLoop.current().time();
      server.close();
      assertEquals(before, EventLoop.current().time());
      assertNull(used.read());
      assertNull(fresh.read());
    }
  }

  @TulipTest
  void aRequestThatIsOnItsWayIsAnswered(TaskGroup group) throws IOException {
    var server = open(OPTIONS.withIdleGrace(ofSeconds(2)), GracefulEndTest::slow);
    try (var fresh = connect(server);
        var used = connect(server);
        var silent = connect(server)) {
      used.write("GET /0 HTTP/1.1\r\nHost: h\r\n\r\n");
      while (!String.valueOf(used.readLine()).isEmpty()) {}
      assertEquals("done", used.readExactly(4).utf8());
      while (server.connectionCount() < 3) {
        Tulip.sleep(ofSeconds(1));
      }
      var answers = List.of(group.start(() -> askLate(fresh)), group.start(() -> askLate(used)));
      long before = EventLoop.current().time();
      server.close();
      assertEquals(ofSeconds(4).toNanos(), EventLoop.current().time() - before);
      assertNull(silent.read());
      for (var answer : answers) {
        assertTrue(answer.await().contains("\r\nConnection: close\r\n"), answer.await());
        assertTrue(answer.await().endsWith("done"), answer.await());
      }
    }
  }

  private static String askLate(ByteStream client) throws IOException {
    Tulip.sleep(ofSeconds(1));
    client.write("GET /3 HTTP/1.1\r\nHost: h\r\n\r\n");
    return client.readAll(1000).utf8();
  }

  @TulipTest
  void whatHasConnectedAndWasNotAcceptedIsServed() throws IOException {
    var server = open(OPTIONS.withIdleGrace(ofSeconds(2)), GracefulEndTest::slow);
    try (var client = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      client.getOutputStream().write("GET /0 HTTP/1.1\r\nHost: h\r\n\r\n".getBytes(US_ASCII));
      server.close(); // the loop has not had a turn since
      var answer = new String(client.getInputStream().readAllBytes(), US_ASCII);
      assertTrue(answer.endsWith("\r\n\r\ndone"), answer);
    }
  }

  @TulipTest
  void requestsInFlightAreAnswered() throws IOException {
    var server = open(GracefulEndTest::slow);
    try (var client = connect(server)) {
      client.write("GET /15 HTTP/1.1\r\nHost: h\r\n\r\nGET /0 HTTP/1.1\r\nHost: h\r\n\r\n");
      Tulip.sleep(ofSeconds(5));
      server.close();
      var answer = client.readAll(1000).utf8();
      assertTrue(answer.contains("\r\nConnection: close\r\n"), answer);
      assertEquals(answer.indexOf("done"), answer.length() - 4, answer);
    }
  }

  @TulipTest
  void whatTakesTooLongIsCancelled() throws IOException {
    var server = open(GracefulEndTest::slow);
    try (var client = connect(server)) {
      client.write("GET /60 HTTP/1.1\r\nHost: h\r\n\r\n");
      Tulip.sleep(ofSeconds(5));
      long before = EventLoop.current().time();
      server.close();
      assertEquals(ofSeconds(20).toNanos(), EventLoop.current().time() - before);
      assertEndsWithoutAnswer(client);
    }
  }

  private static void assertEndsWithoutAnswer(ByteStream client) {
    try {
      assertNull(client.read());
    } catch (IOException e) {
      assertThrows(IOException.class, client::read);
    }
  }
}
