// SPDX-License-Identifier: Apache-2.0
package tulip.http.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import tulip.http.HttpServer;
import tulip.http.Response;
import tulip.http.WebApp;
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

  private static String post(HttpServer server, String type, String body) throws IOException {
    try (var stream = Tcp.connect("localhost", server.port())) {
      stream.write(
          "POST /sum HTTP/1.0\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s"
              .formatted(type, body.length(), body));
      return stream.readAll(10_000).utf8();
    }
  }

  @TulipTest
  void inAndOut() throws Exception {
    try (var server = adder()) {
      var answer = post(server, "application/json", "{\"numbers\":[1,2,39]}");
      assertTrue(answer.contains("\r\nContent-Type: application/json\r\n"), answer);
      assertTrue(answer.endsWith("\r\n\r\n{\"sum\":42}"), answer);
      assertTrue(
          post(server, "application/vnd.a+json", "{\"numbers\":[]}").endsWith("{\"sum\":0}"));
    }
  }

  @TulipTest
  void whatIsNoJsonIsRefused() throws Exception {
    try (var server = adder()) {
      assertEquals(415, status(post(server, "text/plain", "{}")));
      assertEquals(400, status(post(server, "application/json", "{\"numbers\":[1")));
      assertEquals(400, status(post(server, "application/json", "{\"numbers\":\"x\"}")));
    }
  }

  private static int status(String answer) {
    return Integer.parseInt(answer.substring(9, 12));
  }
}
