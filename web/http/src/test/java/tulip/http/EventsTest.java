// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import tulip.bytes.Bytes;
import tulip.core.EventLoop;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.http.coding.ContentCoding;
import tulip.http.sse.SseEvent;
import tulip.net.ListenOptions;
import tulip.net.Tcp;
import tulip.testing.Tasks;
import tulip.testing.TulipTest;

/// Server-sent events.
@TulipTest
class EventsTest {
  private static String chunk(Talk talk) throws IOException {
    int size = Integer.parseInt(String.valueOf(talk.client.readLine()), 16);
    var chunk = talk.client.readExactly(size).utf8();
    talk.client.readLine();
    return chunk;
  }

  @TulipTest
  void comeAsTheyAreSent() throws IOException {
    try (var talk =
        Talk.to(request ->
            Response.events(
                request,
                events -> {
                  events.send("one\ntwo");
                  Tulip.sleep(ofSeconds(5));
                  events.send(SseEvent.of("x").withType("t").withId("7").withRetry(ofSeconds(1)));
                }))) {
      assertEquals(
          """
          HTTP/1.1 200 OK
          Content-Type: text/event-stream
          Cache-Control: no-cache
          X-Accel-Buffering: no
          Transfer-Encoding: chunked

          """,
          talk.get("/").head());
      assertEquals("data: one\ndata: two\n\n", chunk(talk));
      assertFalse(talk.client.input().has(1));
      assertEquals("event: t\nid: 7\nretry: 1000\ndata: x\n\n", chunk(talk));
      assertEquals("", chunk(talk));
      talk.get("/").head();
    }
  }

  @TulipTest
  void theHeadLeavesAheadOfTheFirstEvent() throws IOException {
    try (var talk = Talk.to(request -> Response.events(request, _ -> Tulip.sleepForever()))) {
      talk.get("/").head();
    }
  }

  @TulipTest
  void theClientSaysWhereToGoOn() throws IOException {
    try (var talk =
        Talk.to(request ->
            Response.events(request, events -> events.send("after " + events.lastEventId())))) {
      talk.send("POST / HTTP/1.1\nHost: h\nContent-Length: 0\nLast-Event-ID: 41\n\n").head();
      assertEquals("data: after 41\n\n", chunk(talk));
      chunk(talk);
      talk.get("/").head();
      assertEquals("data: after \n\n", chunk(talk));
    }
  }

  @TulipTest
  void commentsKeepTheConnectionAlive() throws IOException {
    try (var talk = Talk.to(request -> Response.events(request, _ -> Tulip.sleep(ofSeconds(40))))) {
      long before = EventLoop.current().time();
      talk.get("/").head();
      assertEquals(":\n\n", chunk(talk));
      assertEquals(":\n\n", chunk(talk));
      assertEquals(ofSeconds(30).toNanos(), EventLoop.current().time() - before);
      assertEquals("", chunk(talk));
    }
  }

  @TulipTest
  void anotherTimeBetweenComments() throws IOException {
    try (var talk =
        Talk.to(
            request -> Response.events(request, ofSeconds(2), _ -> Tulip.sleep(ofSeconds(3))))) {
      talk.get("/").head();
      assertEquals(":\n\n", chunk(talk));
      assertEquals("", chunk(talk));
    }
  }

  @TulipTest
  void aClientThatLeavesIsNoticedAtOnce() throws IOException {
    for (boolean always : List.of(true, false)) {
      var ended = new ArrayList<Long>();
      var options = HttpServerOptions.DEFAULT.withCancelAbandoned(always);
      try (var talk =
          Talk.to(
              options,
              request ->
                  Response.events(
                      request,
                      _ -> {
                        try {
                          Tulip.sleepForever();
                        } finally {
                          ended.add(EventLoop.current().time());
                        }
                      }))) {
        talk.get("/").head();
        long before = EventLoop.current().time();
        talk.client.close();
        talk.ended();
        assertEquals(List.of(before), ended);
        assertEquals(0, talk.errors.size());
      }
    }
  }

  @TulipTest
  void aWriterThatFailsBreaksTheConnectionOff() throws IOException {
    try (var talk =
        Talk.to(request ->
            Response.events(
                request,
                events -> {
                  events.send("one");
                  throw new IllegalStateException("as told");
                }))) {
      assertTrue(talk.get("/").rest().endsWith("data: one\n\n\n"));
      talk.ended();
      assertEquals(1, talk.errors.size());
      assertTrue(talk.errors.getFirst().exception() instanceof IllegalStateException);
    }
  }

  @TulipTest
  void severalTasksMaySend() throws IOException {
    var large = "x".repeat(100_000);
    try (var talk =
        Talk.to(request ->
            Response.events(
                request,
                events -> {
                  try (var group = TaskGroup.open()) {
                    for (int i = 0; i < 3; i++) {
                      group.start(() -> events.send(large));
                    }
                    group.join();
                  }
                }))) {
      talk.get("/").head();
      Tasks.awaitAllBlocked();
      for (int i = 0; i < 3; i++) {
        assertEquals("data: " + large + "\n\n", chunk(talk));
      }
      assertEquals("", chunk(talk));
    }
  }

  @TulipTest
  void throughACodingEachEventLeavesAtOnce() throws Exception {
    try (var talk =
            Talk.to(request ->
                Response.events(
                        request,
                        events -> {
                          events.send("now");
                          Tulip.sleepForever();
                        })
                    .encoded(ContentCoding.GZIP));
        var decoder = ContentCoding.GZIP.decoder()) {
      talk.get("/").head();
      var text = "";
      while (!text.equals("data: now\n\n")) {
        int size = Integer.parseInt(String.valueOf(talk.client.readLine()), 16);
        decoder.put(talk.client.readExactly(size));
        talk.client.readLine();
        Bytes piece;
        while ((piece = decoder.take()) != null) {
          text += piece.utf8();
        }
      }
    }
  }

  @TulipTest
  void aServerThatEndsDoesNotWaitForTheLastEvent() throws IOException {
    var free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var server =
        HttpServer.open(
            Tcp.listen(free, ListenOptions.DEFAULT),
            request -> Response.events(request, _ -> Tulip.sleepForever()));
    try (var client = Tcp.connect("127.0.0.1", server.port())) {
      client.write("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
      client.readUntil(Bytes.ofAscii("\r\n\r\n"));
      long before = EventLoop.current().time();
      server.close();
      assertEquals(before, EventLoop.current().time());
      assertTrue(client.readAll(100).ascii().endsWith("0\r\n\r\n"));
    }
  }
}
