// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import tulip.bytes.Bytes;
import tulip.core.ContextVar;
import tulip.core.Tulip;
import tulip.http.protocol.Status;
import tulip.testing.TulipTest;

/// Requests and responses on one connection.
@TulipTest
class HttpServerTest {
  private static final ContextVar<String> SEEN = ContextVar.of("seen", "nothing");

  private static Response echo(Request request) throws IOException {
    return Response.text(request.method() + " " + request.path() + " " + request.text());
  }

  @TulipTest
  void answersAndKeepsTheConnection() throws IOException {
    try (var talk = Talk.to(HttpServerTest::echo)) {
      for (int i = 0; i < 3; i++) {
        assertEquals(
            """
            HTTP/1.1 200 OK
            Content-Type: text/plain; charset=utf-8
            Content-Length: 8

            PUT /a x\
            """,
            talk.send("PUT /a HTTP/1.1\nHost: h\nContent-Length: 1\n\nx").answer());
      }
    }
  }

  @TulipTest
  void saysTheDateAndItsName() throws IOException {
    var options = HttpServerOptions.DEFAULT.withName("tulip");
    try (var talk = Talk.to(options, request -> Response.empty(Status.NO_CONTENT))) {
      talk.get("/");
      assertEquals("HTTP/1.1 204 No Content", talk.client.readLine());
      assertEquals("Server: tulip", talk.client.readLine());
      var date = String.valueOf(talk.client.readLine());
      assertTrue(date.matches("Date: \\w{3}, \\d\\d \\w{3} \\d{4} [\\d:]{8} GMT"), date);
      assertEquals("", talk.client.readLine());
    }
  }

  @TulipTest
  void aResponseWithADateOfItsOwnHasNoOther() throws IOException {
    try (var talk =
        Talk.to(request -> Response.empty(Status.OK).header("Date", "mine").header("A", "b"))) {
      talk.send("GET / HTTP/1.1\nHost: h\nConnection: close\n\n");
      var text = talk.client.readAll(1000).latin1();
      assertEquals(text.indexOf("Date: "), text.lastIndexOf("Date: "), text);
      assertTrue(text.contains("Date: mine\r\n"), text);
    }
  }

  @TulipTest
  void pipelinedRequestsAreAnsweredInOrder() throws IOException {
    var turns = new ArrayList<String>();
    try (var talk =
        Talk.to(request -> {
          turns.add(request.path());
          if (request.path().equals("/0")) {
            Tulip.yield(); // the others must not overtake
          }
          return echo(request);
        })) {
      var all = new StringBuilder();
      for (int i = 0; i < 200; i++) {
        all.append("GET /").append(i).append(" HTTP/1.1\nHost: h\n\n");
      }
      talk.send(all.toString());
      for (int i = 0; i < 200; i++) {
        assertTrue(talk.answer().endsWith("GET /" + i + " "));
      }
      assertEquals(200, turns.size());
    }
  }

  @TulipTest
  void headHasTheFieldsAndNoBody() throws IOException {
    try (var talk = Talk.to(HttpServerTest::echo)) {
      talk.send("HEAD /a HTTP/1.1\nHost: h\n\n");
      assertTrue(talk.head().contains("\nContent-Length: 8\n"));
      assertTrue(talk.get("/b").answer().endsWith("GET /b "));
    }
  }

  @TulipTest
  void oldClientsGetTheEndOfTheConnection() throws IOException {
    try (var talk = Talk.to(HttpServerTest::echo)) {
      talk.send("GET /a HTTP/1.0\n\n");
      assertTrue(talk.rest().endsWith("Connection: close\n\nGET /a "));
      talk.ended();
    }
  }

  @TulipTest
  void bodiesByLengthAndInChunks() throws IOException {
    try (var talk = Talk.to(HttpServerTest::echo)) {
      talk.send("POST /a HTTP/1.1\nHost: h\nContent-Length: 5\n\nhello");
      assertTrue(talk.answer().endsWith("POST /a hello"));
      talk.send("PUT /b HTTP/1.1\nHost: h\nTransfer-Encoding: chunked\n\n3\nhel\n2\nlo\n0\n\n");
      assertTrue(talk.answer().endsWith("PUT /b hello"));
    }
  }

  @TulipTest
  void aBodyComesInPiecesAndWithTrailers() throws IOException {
    try (var talk =
        Talk.to(request -> {
          var pieces = new ArrayList<String>();
          Bytes piece;
          while ((piece = request.body().read()) != null) {
            pieces.add(piece.utf8());
          }
          return Response.text(pieces + " " + request.body().trailers().first("T"));
        })) {
      talk.send("PUT / HTTP/1.1\nHost: h\nTransfer-Encoding: chunked\n\n3\nabc\n");
      Tulip.yield();
      talk.send("2\nde\n0\nT: end\n\n");
      assertTrue(talk.answer().endsWith("[abc, de] end"));
    }
  }

  @TulipTest
  void continuesWhenTheBodyIsRead() throws IOException {
    try (var talk = Talk.to(HttpServerTest::echo)) {
      talk.send("PUT /a HTTP/1.1\nHost: h\nContent-Length: 2\nExpect: 100-continue\n\n");
      assertEquals("HTTP/1.1 100 Continue\n\n", talk.head());
      talk.send("hi");
      assertTrue(talk.answer().endsWith("PUT /a hi"));
      assertTrue(talk.get("/b").answer().endsWith("GET /b "));
    }
  }

  @TulipTest
  void doesNotContinueWhenTheBodyIsNotWanted() throws IOException {
    try (var talk =
        Talk.to(request -> {
          throw new HttpError(Status.FORBIDDEN);
        })) {
      talk.send("PUT /a HTTP/1.1\nHost: h\nContent-Length: 2\nExpect: 100-continue\n\n");
      assertEquals(
          """
          HTTP/1.1 403 Forbidden
          Content-Type: text/plain; charset=utf-8
          Content-Length: 13
          Connection: close

          403 Forbidden\
          """,
          talk.rest());
    }
  }

  @TulipTest
  void whatWasNotReadOfABodyIsPassedOver() throws IOException {
    try (var talk = Talk.to(request -> Response.text(request.path()))) {
      talk.send("PUT /a HTTP/1.1\nHost: h\nContent-Length: 100000\n\n" + "x".repeat(100_000));
      assertTrue(talk.answer().endsWith("/a"));
      assertTrue(talk.get("/b").answer().endsWith("/b"));
    }
  }

  @TulipTest
  void aHandlerThatFailsIsAnsweredFor() throws IOException {
    try (var talk =
        Talk.to(request -> {
          if (request.path().equals("/bad")) {
            throw new IOException("of the handler's own");
          }
          return echo(request);
        })) {
      talk.get("/bad");
      assertTrue(talk.answer().startsWith("HTTP/1.1 500 Internal Server Error\n"));
      assertEquals(1, talk.errors.size());
      assertEquals("cannot answer GET /bad", talk.errors.getFirst().message());
      assertTrue(talk.get("/good").answer().endsWith("GET /good "));
    }
  }

  @TulipTest
  @SuppressWarnings("NullAway") // this is the mistake
  void aHandlerThatReturnsNothingOrNonsenseIsAnsweredFor() throws IOException {
    try (var talk =
        Talk.to(
            request -> request.path().equals("/null") ? null : Response.text("x").status(204))) {
      assertTrue(talk.get("/null").answer().startsWith("HTTP/1.1 500 "));
      assertTrue(talk.get("/body").answer().startsWith("HTTP/1.1 500 "));
      assertEquals(2, talk.errors.size());
    }
  }

  @TulipTest
  void whatARequestSetsInItsContextTheNextDoesNotSee() throws IOException {
    try (var talk =
        Talk.to(request -> {
          var before = SEEN.get();
          SEEN.set(request.path());
          return Response.text(before);
        })) {
      assertTrue(talk.get("/a").answer().endsWith("nothing"));
      assertTrue(talk.get("/b").answer().endsWith("nothing"));
    }
  }

  @TulipTest
  void connectIsRefused() throws IOException {
    try (var talk = Talk.to(HttpServerTest::echo)) {
      talk.send("CONNECT h:80 HTTP/1.1\nHost: h:80\n\n");
      assertTrue(talk.rest().startsWith("HTTP/1.1 501 Not Implemented\n"));
    }
  }

  @TulipTest
  void whatIsNoHttpGetsAnAnswerAndTheEnd() throws IOException {
    try (var talk = Talk.to(HttpServerTest::echo)) {
      talk.send("GET / HTTP/2.0\nHost: h\n\n");
      var answer = talk.rest();
      assertTrue(answer.startsWith("HTTP/1.1 505 HTTP Version Not Supported\n"), answer);
      assertTrue(answer.contains("\nConnection: close\n"), answer);
    }
  }

  @TulipTest
  void largeBodiesGoOutWhole() throws IOException {
    var large = Bytes.wrap(new byte[1_000_000]);
    try (var talk = Talk.to(request -> Response.bytes(large))) {
      talk.get("/");
      assertTrue(talk.head().contains("\nContent-Length: 1000000\n"));
      assertEquals(large, talk.client.readExactly(1_000_000));
      talk.send("HEAD / HTTP/1.1\nHost: h\n\n");
      assertTrue(talk.head().contains("\nContent-Length: 1000000\n"));
      talk.get("/");
      assertTrue(talk.head().contains("\nContent-Length: 1000000\n"));
    }
  }
}
