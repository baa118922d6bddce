// SPDX-License-Identifier: Apache-2.0
package tulip.http.middleware;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tulip.http.Handler;
import tulip.http.HttpError;
import tulip.http.Response;
import tulip.http.WebApp;
import tulip.http.protocol.Status;
import tulip.testing.TulipTest;

/// Errors for programs.
@TulipTest
class ProblemsTest {
  private static @Nullable String type(Handler inside, String accept) throws Exception {
    return Layers.ask(Problems.INSTANCE, inside, "/", "Accept", accept)
        .headers()
        .first("Content-Type");
  }

  private static final Handler GONE =
      _ -> {
        throw new HttpError(Status.GONE, "sold \"out\"").header("Retry-After", "7");
      };

  @ParameterizedTest
  @TulipTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/json | application/problem+json",
        "application/problem+json | application/problem+json",
        "text/html, application/json;q=0.9 | application/problem+json",
        "text/html, text/plain, application/json;q=0.9 | text/plain; charset=utf-8",
        "*/* | text/plain; charset=utf-8",
        "text/html | text/plain; charset=utf-8"
      })
  void theClientChooses(String accept, String type) throws Exception {
    assertEquals(type, type(GONE, accept));
  }

  @TulipTest
  void sayWhatWentWrong() throws Exception {
    var app = new WebApp();
    app.use(Problems.INSTANCE);
    app.get("/", GONE);
    app.get(
        "/own",
        _ -> {
          throw Problem.of(Status.FORBIDDEN, "too little credit")
              .withType("https://example.com/credit")
              .withTitle("No credit")
              .with("balance", "30\n")
              .error();
        });
    var gone = Served.ask(app, "/", "Accept: application/json");
    assertEquals(
        """
        HTTP/1.1 410 Gone
        Retry-After: 7
        Content-Type: application/problem+json
        Vary: Accept
        Content-Length: 74
        Connection: close

        {"type":"about:blank","title":"Gone","status":410,"detail":"sold \\"out\\""}\
        """,
        gone);
    assertEquals(
        "{\"type\":\"https://example.com/credit\",\"title\":\"No credit\",\"status\":403,"
            + "\"detail\":\"too little credit\",\"balance\":\"30\\u000a\"}",
        Served.ask(app, "/own", "Accept: text/plain").split("\n\n", -1)[1]);
    assertEquals(
        "{\"type\":\"about:blank\",\"title\":\"Not Found\",\"status\":404}",
        Served.ask(app, "/none", "Accept: application/json").split("\n\n", -1)[1]);
  }

  @TulipTest
  void ownAnswersStayAsTheyAre() throws Exception {
    Handler own =
        _ -> {
          throw new HttpError(Response.html("<h1>Gone</h1>").status(Status.GONE));
        };
    assertEquals("text/html; charset=utf-8", type(own, "application/json"));
  }
}
