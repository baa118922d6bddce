// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Locale;
import tulip.bytes.Bytes;
import tulip.net.ByteStream;
import tulip.testing.TulipTest;

/// Handlers that go on in another protocol.
@TulipTest
class SwitchProtocolsTest {
  private static final String REQUEST =
      "GET / HTTP/1.1\nHost: h\nUpgrade: shout\nConnection: upgrade\n";

  private static Response shout(Request request) {
    return Response.switchProtocols("shout", SwitchProtocolsTest::shout).header("X-Seen", "yes");
  }

  private static void shout(ByteStream stream) throws IOException {
    for (var line : stream.lines()) {
      stream.write(line.toUpperCase(Locale.ROOT) + "\n");
    }
  }

  @TulipTest
  void theProtocolHasTheConnection() throws IOException {
    try (var talk = Talk.to(SwitchProtocolsTest::shout)) {
      talk.send(REQUEST + "\nfirst line\n");
      assertEquals(
          """
          HTTP/1.1 101 Switching Protocols
          Upgrade: shout
          X-Seen: yes
          Connection: upgrade

          """,
          talk.head());
      assertEquals("FIRST LINE", talk.client.readLine());
      talk.send("second\n");
      assertEquals("SECOND", talk.client.readLine());
      talk.client.closeOutput();
      assertNull(talk.client.readLine());
      talk.ended();
    }
  }

  @TulipTest
  void itBeginsBehindTheBodyOfTheRequest() throws IOException {
    try (var talk = Talk.to(SwitchProtocolsTest::shout)) {
      talk.send(REQUEST + "Content-Length: 4\n\n").head();
      talk.send("bodybehind\n");
      assertEquals("BEHIND", talk.client.readLine());
    }
  }

  @TulipTest
  void itBeginsBehindOtherRequestsToo() throws IOException {
    var options = HttpServerOptions.DEFAULT.withCancelAbandoned(true);
    try (var talk =
        Talk.to(
            options,
            request ->
                request.path().equals("/") ? shout(request) : Response.text(request.path()))) {
      talk.send("GET /a HTTP/1.1\nHost: h\n\n" + REQUEST + "\nthen\n");
      assertTrue(talk.answer().endsWith("/a"));
      assertTrue(talk.head().startsWith("HTTP/1.1 101 "));
      assertEquals("THEN", talk.client.readLine());
    }
  }

  @TulipTest
  void aClientThatDidNotOfferItGets500() throws IOException {
    try (var talk = Talk.to(SwitchProtocolsTest::shout)) {
      talk.get("/");
      assertTrue(talk.answer().startsWith("HTTP/1.1 500 "));
      assertEquals(1, talk.errors.size());
      assertTrue(talk.errors.getFirst().exception() instanceof IllegalStateException);
    }
  }

  @TulipTest
  void aProtocolThatFailsBreaksTheConnectionOff() throws IOException {
    try (var talk =
        Talk.to(_ ->
            Response.switchProtocols(
                "shout",
                stream -> {
                  stream.write(Bytes.ofAscii("half"));
                  stream.flush();
                  throw new IOException("broken");
                }))) {
      talk.send(REQUEST + "\n").head();
      assertEquals("half", talk.client.readExactly(4).ascii());
      talk.ended();
    }
  }
}
