// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import tulip.core.EventLoop;
import tulip.core.Tulip;
import tulip.http.Response;
import tulip.http.protocol.Status;
import tulip.http.sse.SseEvent;
import tulip.testing.TulipTest;

/// Events of a server, and connections that are lost in between.
@TulipTest
class EventSourceTest {
  private static Response events(String text) {
    return Response.stream("text/event-stream; charset=utf-8", sink -> sink.write(text));
  }

  private static String data(EventSource source) throws IOException {
    return Objects.requireNonNull(source.receive()).data();
  }

  @TulipTest
  void goesOnWhereItWas() throws IOException {
    var asked = new ArrayList<String>();
    try (var servers =
            Servers.serving(request -> {
              asked.add(request.header("Last-Event-ID") + " " + request.header("Accept"));
              return switch (asked.size()) {
                case 1 -> events("id: 1\nretry: 7000\ndata: a\n\ndata: lost");
                case 2 -> events("");
                case 3 -> events("id: 2\ndata: b\n\n");
                default -> Response.empty(Status.NO_CONTENT);
              };
            });
        var http = servers.session();
        var source = EventSource.open(http, ClientRequest.get("/events"))) {
      long before = EventLoop.current().time();
      assertEquals("a", data(source));
      assertEquals("b", data(source));
      assertEquals(Duration.ofSeconds(14).toNanos(), EventLoop.current().time() - before);
      assertNull(source.receive());
      assertNull(source.receive());
      assertEquals(
          List.of(
              "null text/event-stream",
              "1 text/event-stream",
              "1 text/event-stream",
              "2 text/event-stream"),
          asked);
    }
  }

  @TulipTest
  void waitsForAServerThatIsAwayAndThatIsSilent() throws IOException {
    int[] tries = {0};
    try (var servers =
            Servers.serving(request ->
                Response.stream(
                    "text/event-stream",
                    sink -> {
                      sink.flush();
                      Tulip.sleep(Duration.ofHours(3));
                      sink.write("data: late\n\n");
                    }));
        var http =
            HttpSession.open(
                servers
                    .options()
                    .withDialer((host, port) -> {
                      if (tries[0]++ < 3) {
                        throw new java.net.ConnectException("away");
                      }
                      return servers.options().dialer().dial(host, port);
                    }));
        var source = EventSource.open(http, ClientRequest.get("/"))) {
      assertEquals(SseEvent.of("late"), source.receive());
      assertEquals(4, tries[0]);
    }
  }

  @TulipTest
  void anotherAnswerEndsIt() throws IOException {
    try (var servers =
            Servers.serving(request ->
                request.path().equals("/text")
                    ? Response.text("no events")
                    : Response.empty(Status.NOT_FOUND));
        var http = servers.session()) {
      for (var path : List.of("/text", "/none")) {
        try (var source = EventSource.open(http, ClientRequest.get(path))) {
          assertThrows(HttpClientException.class, source::receive);
          assertNull(source.receive());
        }
      }
    }
  }

  @TulipTest
  void itEndsInTheMiddle() throws IOException {
    try (var servers =
            Servers.serving(request ->
                Response.stream(
                    "text/event-stream",
                    sink -> {
                      for (int i = 0; ; i++) {
                        sink.write(SseEvent.of("" + i).format());
                        sink.flush();
                      }
                    }));
        var http = servers.session()) {
      try (var source = EventSource.open(http, ClientRequest.get("/"))) {
        for (int i = 0; i < 1000; i++) {
          assertEquals("" + i, data(source));
        }
      }
      assertEquals(0, http.connectionCount());
    }
  }
}
