// SPDX-License-Identifier: Apache-2.0
package tulip.http.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import tulip.bytes.Bytes;
import tulip.http.HttpServer;
import tulip.http.Response;
import tulip.http.WebApp;
import tulip.http.client.ClientResponse;
import tulip.http.client.ContentException;
import tulip.http.client.HttpSession;
import tulip.http.client.Payload;
import tulip.http.fields.MediaType;
import tulip.net.Tcp;
import tulip.testing.TulipTest;

/// A service that takes JSON and answers JSON.
@TulipTest
class JsonExchangeTest {
  public record Numbers(List<Integer> numbers) {}

  public record Sum(int sum) {}

  private static HttpServer adder() throws Exception {
    var app = new WebApp();
    app.post(
        "/sum",
        request -> {
          var numbers = request.json(Numbers.class).numbers();
          return Response.json(new Sum(numbers.stream().mapToInt(Integer::intValue).sum()));
        });
    return app.open(Tcp.listen(0));
  }

  @TulipTest
  void inAndOut() throws Exception {
    try (var server = adder();
        var session = HttpSession.open()) {
      var sums = "http://localhost:" + server.port() + "/sum";
      var response = session.post(sums, Payload.json(new Numbers(List.of(1, 2, 39))));
      assertEquals(MediaType.of("application", "json"), response.contentType());
      assertEquals(new Sum(42), response.json(Sum.class));
      var vendors = Payload.bytes("application/vnd.a+json", Bytes.ofAscii("{\"numbers\":[]}"));
      assertEquals("{\"sum\":0}", session.post(sums, vendors).text());
    }
  }

  @TulipTest
  void aServerRefusesWhatIsNoJson() throws Exception {
    try (var server = adder();
        var session = HttpSession.open()) {
      var sums = "http://localhost:" + server.port() + "/sum";
      assertEquals(415, status(session.post(sums, Payload.text("{}"))));
      for (var bad : List.of("{\"numbers\":[1", "{\"numbers\":\"x\"}", "")) {
        assertEquals(400, status(session.post(sums, Payload.jsonText(bad))), bad);
      }
    }
  }

  private static int status(ClientResponse response) {
    try (response) {
      return response.status().code();
    }
  }

  @TulipTest
  void aClientRefusesWhatIsNoJson() throws Exception {
    var app = new WebApp();
    app.get("/text", _ -> Response.text("{}"));
    app.get("/broken", _ -> Response.bytes("application/json", Bytes.ofAscii("{")));
    try (var server = app.open(Tcp.listen(0));
        var session = HttpSession.open()) {
      var site = "http://localhost:" + server.port();
      try (var text = session.get(site + "/text");
          var broken = session.get(site + "/broken")) {
        assertThrows(ContentException.class, () -> text.json(Sum.class));
        assertThrows(ContentException.class, () -> broken.json(Sum.class));
      }
    }
  }
}
