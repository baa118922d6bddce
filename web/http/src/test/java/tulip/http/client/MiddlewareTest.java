// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tulip.bytes.Bytes;
import tulip.core.Tulip;
import tulip.http.Response;
import tulip.http.client.ClientEvent.OfRequest;
import tulip.http.protocol.Headers;
import tulip.http.protocol.ResponseHead;
import tulip.http.protocol.Status;
import tulip.net.Attribute;
import tulip.testing.TulipTest;

/// Layers around requests, and what listeners are told.
@TulipTest
class MiddlewareTest {
  private static final Attribute<String> NAME = new Attribute<>("name", String.class);

  @TulipTest
  void layersStandAroundEachRequest() throws IOException {
    var seen = new ArrayList<String>();
    try (var servers =
            Servers.serving(request ->
                request.path().equals("/from")
                    ? Response.redirect("/to")
                    : Response.text(request.header("X-A") + ""));
        var http =
            HttpSession.open(
                servers
                    .options()
                    .with((request, next) -> {
                      seen.add("outer " + request.url().path());
                      return next.send(request.header("X-A", "1"));
                    })
                    .with((request, next) -> {
                      seen.add("inner " + request.headers().first("X-A"));
                      return next.send(request);
                    }))) {
      assertEquals("1", http.get("/from").text());
      assertEquals(List.of("outer /from", "inner 1", "outer /to", "inner 1"), seen);
    }
  }

  @TulipTest
  void aLayerMayTryAgainAnswerOrFail() throws IOException {
    var tries = new ArrayList<String>();
    try (var servers =
            Servers.serving(request -> {
              tries.add(request.text());
              return Response.empty(tries.size() < 3 ? Status.SERVICE_UNAVAILABLE : Status.OK);
            });
        var http =
            HttpSession.open(
                servers
                    .options()
                    .with((request, next) -> {
                      var response = next.send(request);
                      for (int i = 0; i < 5 && response.status().code() == 503; i++) {
                        response.close();
                        Tulip.sleep(Duration.ofSeconds(1));
                        response = next.send(request);
                      }
                      return response;
                    })
                    .with((request, next) ->
                        request.url().path().equals("/mine")
                            ? ClientResponse.of(
                                request,
                                ResponseHead.of(Status.OK, Headers.EMPTY),
                                ResponseBody.of(Bytes.ofAscii("mine")))
                            : next.send(request)))) {
      assertEquals(200, http.post("/", Payload.text("x")).status().code());
      assertEquals(List.of("x", "x", "x"), tries);
      assertEquals("mine", http.get("/mine").text());
      assertEquals(3, tries.size());
    }
  }

  @TulipTest
  void aLayerHasTheRequestsTimeToo() {
    var timeouts = ClientTimeouts.DEFAULT.withTotal(Duration.ofSeconds(5));
    try (var servers = Servers.serving(request -> Response.empty(Status.SERVICE_UNAVAILABLE));
        var http =
            HttpSession.open(
                servers
                    .options()
                    .withTimeouts(timeouts)
                    .with((request, next) -> {
                      while (true) {
                        next.send(request).close();
                        Tulip.sleep(Duration.ofSeconds(2));
                      }
                    }))) {
      var e = assertThrows(ClientTimeoutException.class, () -> http.get("/"));
      assertEquals(ClientTimeoutException.Phase.TOTAL, e.phase());
    }
  }

  @TulipTest
  void listenersAreToldEachStep() throws IOException {
    var events = new ArrayList<ClientEvent>();
    try (var servers =
            Servers.serving(request ->
                request.path().equals("/from")
                    ? Response.redirect("/to")
                    : Response.text(request.text()));
        var http = HttpSession.open(servers.options().withListener(events::add))) {
      http.send(ClientRequest.get("/from").with(NAME, "mine")).text();
      var names = events.stream().map(event -> event.getClass().getSimpleName()).toList();
      assertEquals(
          List.of(
              "Started",
              "Connected",
              "Acquired",
              "HeadSent",
              "HeadReceived",
              "Ended",
              "Redirected",
              "Started",
              "Acquired",
              "HeadSent",
              "HeadReceived",
              "Ended"),
          names);
      assertTrue(
          events.stream()
              .filter(OfRequest.class::isInstance)
              .allMatch(event -> "mine".equals(((OfRequest) event).request().attribute(NAME))));
      var acquired = assertInstanceOf(ClientEvent.Acquired.class, events.get(8));
      assertTrue(acquired.reused());
      events.clear();
      http.post("/", Payload.bytes(Bytes.wrap(new byte[100_000]))).text();
      long sent = 0;
      long received = 0;
      for (var event : events) {
        sent += event instanceof ClientEvent.BodySent body ? body.bytes() : 0;
        received += event instanceof ClientEvent.BodyReceived body ? body.bytes() : 0;
      }
      assertEquals(100_000, sent);
      assertEquals(100_000, received);
    }
  }

  @TulipTest
  void failuresAreEventsToo() {
    var events = new ArrayList<ClientEvent>();
    try (var servers =
            Servers.playing(peer -> {
              peer.expect("GET");
            });
        var http = HttpSession.open(servers.options().withListener(events::add))) {
      assertThrows(DisconnectedException.class, () -> http.get("/"));
      assertInstanceOf(ClientEvent.Failed.class, events.getLast());
    }
  }
}
