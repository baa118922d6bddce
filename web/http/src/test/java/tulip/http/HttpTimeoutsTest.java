// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import tulip.bytes.Bytes;
import tulip.core.EventLoop;
import tulip.core.Tulip;
import tulip.testing.TulipTest;

/// How long a client is waited for, on each occasion.
@TulipTest
class HttpTimeoutsTest {
  private static final HttpServerOptions OPTIONS =
      HttpServerOptions.DEFAULT.withTimeouts(
          new HttpTimeouts(ofSeconds(10), ofSeconds(30), ofSeconds(75), ofSeconds(40)));

  private long start;

  @BeforeEach
  void start() {
    start = EventLoop.current().time();
  }

  private Duration passed() {
    return Duration.ofNanos(EventLoop.current().time() - start);
  }

  private static Response echo(Request request) throws IOException {
    return Response.text(request.path() + request.text());
  }

  @TulipTest
  void aConnectionWithoutARequestIsClosed() throws IOException {
    try (var talk = Talk.to(OPTIONS, HttpTimeoutsTest::echo)) {
      assertNull(talk.client.read());
      assertEquals(ofSeconds(10), passed());
    }
  }

  @TulipTest
  void anIdleConnectionIsClosed() throws IOException {
    try (var talk = Talk.to(OPTIONS, HttpTimeoutsTest::echo)) {
      talk.get("/a").answer();
      Tulip.sleep(ofSeconds(60));
      talk.get("/b").answer();
      assertNull(talk.client.read());
      assertEquals(ofSeconds(60 + 75), passed());
    }
  }

  @TulipTest
  void theFirstHeadHasItsTimeFromTheConnection() throws IOException {
    try (var talk = Talk.to(OPTIONS, HttpTimeoutsTest::echo)) {
      Tulip.sleep(ofSeconds(7));
      talk.send("GET / HT");
      assertTrue(talk.rest().startsWith("HTTP/1.1 408 Request Timeout\n"));
      assertEquals(ofSeconds(10), passed());
    }
  }

  @TulipTest
  void aHeadThatDripsIsNotWaitedForLonger() throws IOException {
    try (var talk = Talk.to(OPTIONS, HttpTimeoutsTest::echo)) {
      talk.get("/a").answer();
      Tulip.sleep(ofSeconds(50));
      for (char piece : "GET / HTTP".toCharArray()) {
        talk.send(String.valueOf(piece));
        Tulip.sleep(ofSeconds(1));
      }
      assertTrue(talk.rest().startsWith("HTTP/1.1 408 Request Timeout\n"));
      assertEquals(ofSeconds(60), passed());
    }
  }

  @TulipTest
  void aHandlerMayTakeItsTime() throws IOException {
    try (var talk =
        Talk.to(
            OPTIONS,
            request -> {
              Tulip.sleep(Duration.ofHours(1));
              return echo(request);
            })) {
      assertTrue(talk.get("/a").answer().endsWith("/a"));
      assertTrue(talk.get("/b").answer().endsWith("/b"));
    }
  }

  @TulipTest
  void aBodyThatStopsIsAnsweredWith408() throws IOException {
    try (var talk = Talk.to(OPTIONS, HttpTimeoutsTest::echo)) {
      talk.send("PUT / HTTP/1.1\nHost: h\nContent-Length: 5\n\nhel");
      var answer = talk.rest();
      assertTrue(answer.startsWith("HTTP/1.1 408 Request Timeout\n"), answer);
      assertTrue(answer.contains("\nConnection: close\n"), answer);
      assertEquals(ofSeconds(30), passed());
    }
  }

  @TulipTest
  void aBodyThatGoesOnMayTakeLong() throws IOException {
    try (var talk = Talk.to(OPTIONS, HttpTimeoutsTest::echo)) {
      talk.send("PUT /x HTTP/1.1\nHost: h\nContent-Length: 5\n\n");
      for (int i = 0; i < 5; i++) {
        Tulip.sleep(ofSeconds(29));
        talk.send("" + i);
      }
      assertTrue(talk.answer().endsWith("/x01234"));
    }
  }

  @TulipTest
  void aClientThatTakesNothingIsBrokenOff() throws IOException {
    var large = Bytes.wrap(new byte[10_000_000]);
    try (var talk = Talk.to(OPTIONS, request -> Response.bytes(large))) {
      talk.get("/");
      talk.ended();
      assertEquals(ofSeconds(40), passed());
      assertTrue(talk.errors.isEmpty());
      assertThrows(IOException.class, () -> talk.client.readExactly(10_000_000));
    }
  }

  @TulipTest
  void aClientThatTakesALittleAtATimeIsNot() throws IOException {
    var large = Bytes.wrap(new byte[400_000]);
    try (var talk = Talk.to(OPTIONS, request -> Response.bytes(large))) {
      talk.get("/").head();
      for (int i = 0; i < 10; i++) {
        Tulip.sleep(ofSeconds(10));
        talk.client.readExactly(40_000);
      }
      talk.get("/").head();
    }
  }

  @TulipTest
  void whoGoesOnSendingAfterARefusalIsHeardForAShortWhile() throws IOException {
    try (var talk = Talk.to(OPTIONS, HttpTimeoutsTest::echo)) {
      talk.send("PUT / HTTP/1.1\nHost: h\nContent-Length: 100000000\n\nabc");
      assertTrue(talk.rest().startsWith("HTTP/1.1 413 Content Too Large\n"));
      talk.send("more");
      talk.ended();
      assertEquals(ofSeconds(2), passed());
    }
  }
}
