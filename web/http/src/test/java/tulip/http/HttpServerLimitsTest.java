// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tulip.http.protocol.HttpLimits;
import tulip.testing.TulipTest;

/// What a client may not do, and what it is told.
@TulipTest
class HttpServerLimitsTest {
  private static Response echo(Request request) throws IOException {
    return Response.text(request.text());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "400; GET / HTTP/1.1|Host: a|Host: b||",
        "400; GET / HTTP/1.1||",
        "400; GET /%zz HTTP/1.1|Host: h|Bad header: x||",
        "400; PUT / HTTP/1.1|Host: h|Content-Length: 1|Transfer-Encoding: chunked||",
        "400; PUT / HTTP/1.1|Host: h|Transfer-Encoding: chunked||zz|",
        "413; PUT / HTTP/1.1|Host: h|Content-Length: 1048577||",
        "417; GET / HTTP/1.1|Host: h|Expect: wonders||",
        "501; PUT / HTTP/1.1|Host: h|Transfer-Encoding: gzip, chunked||",
        "505; GET / HTTP/3.0|Host: h||",
      })
  @TulipTest
  void refuses(int status, String request) throws IOException {
    try (var talk = Talk.to(HttpServerLimitsTest::echo)) {
      var answer = talk.send(request.replace('|', '\n').replace("'", "")).rest();
      assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
      assertTrue(answer.contains("\nConnection: close\n"), answer);
      assertTrue(talk.errors.isEmpty());
    }
  }

  @TulipTest
  void refusesLongLinesAndManyFields() throws IOException {
    try (var talk = Talk.to(HttpServerLimitsTest::echo)) {
      talk.send("GET /" + "x".repeat(8200) + " HTTP/1.1\nHost: h\n\n");
      assertTrue(talk.rest().startsWith("HTTP/1.1 414 URI Too Long\n"));
    }
    try (var talk = Talk.to(HttpServerLimitsTest::echo)) {
      talk.send("GET / HTTP/1.1\nHost: h\n" + "A: b\n".repeat(128) + "\n");
      assertTrue(talk.rest().startsWith("HTTP/1.1 431 Request Header Fields Too Large\n"));
    }
  }

  @TulipTest
  void aHandlerMayAllowLargerBodies() throws IOException {
    var options = HttpServerOptions.DEFAULT.withLimits(HttpLimits.SERVER.withBody(3));
    try (var talk =
        Talk.to(
            options,
            request -> {
              if (request.path().equals("/large")) {
                request.limitBody(5);
              }
              return echo(request);
            })) {
      talk.send("PUT /large HTTP/1.1\nHost: h\nContent-Length: 5\n\nhello");
      assertTrue(talk.answer().endsWith("hello"));
      talk.send("PUT /small HTTP/1.1\nHost: h\nContent-Length: 5\n\nhello");
      assertTrue(talk.rest().startsWith("HTTP/1.1 413 Content Too Large\n"));
    }
  }

  @TulipTest
  void theLastRequestOfAConnectionSaysSo() throws IOException {
    try (var talk = Talk.to(HttpServerOptions.DEFAULT.withMaxRequests(2), x -> echo(x))) {
      assertFalse(talk.get("/").answer().contains("Connection"));
      assertTrue(talk.get("/").rest().contains("\nConnection: close\n"));
      talk.ended();
    }
  }

  @TulipTest
  void moreThanALittleOfAnUnreadBodyEndsTheConnection() throws IOException {
    try (var talk = Talk.to(HttpServerOptions.DEFAULT.withUnread(1000), _ -> Response.text("no"))) {
      talk.send("PUT / HTTP/1.1\nHost: h\nContent-Length: 2000\n\n" + "x".repeat(1500));
      assertTrue(talk.answer().endsWith("no"));
      assertEquals("", talk.rest());
      talk.ended();
    }
  }
}
