// SPDX-License-Identifier: Apache-2.0
package tulip.http.middleware;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tulip.http.Handler;
import tulip.http.HttpError;
import tulip.http.Response;
import tulip.http.protocol.Status;
import tulip.testing.TulipTest;

/// Paths with too many slashes or too few.
@TulipTest
class SlashesTest {
  private static final Handler ROUTES =
      request -> {
        if (Set.of("/", "/a", "/b/").contains(request.rawPath())) {
          return Response.text("here");
        }
        throw new HttpError(Status.NOT_FOUND);
      };

  @ParameterizedTest
  @TulipTest
  @CsvSource(
      nullValues = "-",
      value = {
        "APPEND, /b, 308, /b/",
        "APPEND, /b?x=1&y=%20, 308, /b/?x=1&y=%20",
        "APPEND, /a, 200, -",
        "APPEND, /none/, 404, -",
        "REMOVE, /a/, 308, /a",
        "REMOVE, /b/, 200, -",
        "REMOVE, /none, 404, -",
        "MERGE, //a, 308, /a",
        "MERGE, /x///y/, 308, /x/y/",
        "MERGE, /a/, 404, -",
        "REMOVE, //evil.example/, 308, /evil.example",
        "APPEND, //evil.example, 308, /evil.example/",
        "REMOVE, //, 308, /"
      })
  void leadToWhatWasMeant(Slashes slashes, String path, int status, String location)
      throws Exception {
    var response = Layers.ask(slashes, ROUTES, path);
    assertEquals(status, response.status().code());
    assertEquals(location, response.headers().first("Location"));
  }
}
