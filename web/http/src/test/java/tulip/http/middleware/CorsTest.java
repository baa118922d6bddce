// SPDX-License-Identifier: Apache-2.0
package tulip.http.middleware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tulip.http.Handler;
import tulip.http.HttpError;
import tulip.http.Response;
import tulip.http.protocol.HeaderName;
import tulip.http.protocol.Headers;
import tulip.http.protocol.Status;
import tulip.testing.TulipTest;

/// Pages of other origins.
@TulipTest
class CorsTest {
  private static final String APP = "https://app.example.com";

  /// What a router answers.
  private static final Handler INSIDE =
      request -> {
        if (request.path().endsWith("/none")) {
          throw new HttpError(Status.NOT_FOUND);
        }
        return request.method().name().equals("OPTIONS")
            ? Response.empty(Status.NO_CONTENT).header("Allow", "GET, HEAD, OPTIONS")
            : Response.text("data");
      };

  private static Headers get(Cors cors, String path, String origin) throws Exception {
    return Layers.ask(cors, INSIDE, path, "Origin", origin).headers();
  }

  private static Response preflight(Cors cors, String path, String... fields) throws Exception {
    var headers = Headers.of("Origin", APP, "Access-Control-Request-Method", "GET").toBuilder();
    headers.addAll(Headers.of(fields));
    return Layers.ask(cors, INSIDE, "OPTIONS", path, headers.build());
  }

  @ParameterizedTest
  @TulipTest
  @CsvSource({
    "https://app.example.com, https://app.example.com, true",
    "https://APP.example.com, https://app.example.com, true",
    "https://app.example.com, http://app.example.com, false",
    "https://app.example.com, https://app.example.com:8443, false",
    "https://app.example.com, https://app.example.com.evil, false",
    "https://*.example.com, https://a.b.example.com, true",
    "https://*.example.com, https://example.com, false",
    "https://*.example.com, https://.example.com, false",
    "https://*.example.com, https://evilexample.com, false",
    "https://app.example.com, null, false",
    "null, null, true"
  })
  void onlyTheOriginsThatAreNamed(String allowed, String origin, boolean shared) throws Exception {
    var headers = get(Cors.of(CorsPolicy.of(allowed)), "/", origin);
    assertEquals(shared ? origin : null, headers.first("Access-Control-Allow-Origin"));
    assertEquals("Origin", headers.first("Vary"));
  }

  @TulipTest
  void everybody() throws Exception {
    var headers = get(Cors.of(CorsPolicy.of("*")), "/", APP);
    assertEquals("*", headers.first("Access-Control-Allow-Origin"));
    assertNull(headers.first("Vary"));
  }

  @TulipTest
  void credentialsAndFieldsThatMayBeRead() throws Exception {
    var policy =
        CorsPolicy.of(APP).withCredentials(true).withExposed(HeaderName.ETAG, HeaderName.LINK);
    var headers = get(Cors.of(policy), "/", APP);
    assertEquals("true", headers.first("Access-Control-Allow-Credentials"));
    assertEquals("ETag, Link", headers.first("Access-Control-Expose-Headers"));
  }

  @Test
  void notEverybodyWithCredentials() {
    var policy = CorsPolicy.of("*");
    assertThrows(IllegalArgumentException.class, () -> policy.withCredentials(true));
  }

  @TulipTest
  void errorsCanBeReadToo() throws Exception {
    var response = Layers.ask(Cors.of(CorsPolicy.of(APP)), INSIDE, "/none", "Origin", APP);
    assertEquals(Status.NOT_FOUND, response.status());
    assertEquals(APP, response.headers().first("Access-Control-Allow-Origin"));
  }

  @TulipTest
  void preflightAllowsWhatThePathHas() throws Exception {
    var response = preflight(Cors.of(CorsPolicy.of(APP)), "/");
    assertEquals(Status.NO_CONTENT, response.status());
    var headers = response.headers();
    assertEquals(APP, headers.first("Access-Control-Allow-Origin"));
    assertEquals("GET, HEAD, OPTIONS", headers.first("Access-Control-Allow-Methods"));
    assertEquals("Content-Type", headers.first("Access-Control-Allow-Headers"));
    assertEquals("600", headers.first("Access-Control-Max-Age"));
    assertEquals(
        "[Origin, Access-Control-Request-Method, Access-Control-Request-Headers]",
        headers.all(HeaderName.VARY).toString());
    assertFalse(headers.contains(HeaderName.ALLOW));
  }

  @TulipTest
  void preflightByPolicy() throws Exception {
    var policy =
        CorsPolicy.of(APP)
            .withMethods("PUT", "PATCH")
            .withHeaders(HeaderName.of("*"))
            .withMaxAge(Duration.ofHours(1));
    var headers =
        preflight(Cors.of(policy), "/", "Access-Control-Request-Headers", "x-a,x-b").headers();
    assertEquals("PUT, PATCH", headers.first("Access-Control-Allow-Methods"));
    assertEquals("x-a,x-b", headers.first("Access-Control-Allow-Headers"));
    assertEquals("3600", headers.first("Access-Control-Max-Age"));
  }

  @TulipTest
  void preflightOfOthersAllowsNothing() throws Exception {
    var response = preflight(Cors.of(CorsPolicy.of("https://other.example")), "/");
    assertEquals(Status.NO_CONTENT, response.status());
    assertFalse(response.headers().toString().contains("Access-Control-Allow"));
  }

  @TulipTest
  void preflightOfWhatIsNotThere() throws Exception {
    assertEquals(Status.NOT_FOUND, preflight(Cors.of(CorsPolicy.of(APP)), "/none").status());
  }

  @TulipTest
  void optionsWithoutAPageBehindThemPass() throws Exception {
    var cors = Cors.of(CorsPolicy.of(APP));
    var response = Layers.ask(cors, INSIDE, "OPTIONS", "/", Headers.EMPTY);
    assertEquals("GET, HEAD, OPTIONS", response.headers().first("Allow"));
  }

  @TulipTest
  void thePolicyOfTheLongestPathHolds() throws Exception {
    var cors =
        new Cors(Map.of()).at("/api", CorsPolicy.of(APP)).at("/api/open", CorsPolicy.of("*"));
    assertEquals("*", get(cors, "/api/open/x", APP).first("Access-Control-Allow-Origin"));
    assertEquals(APP, get(cors, "/api/openly", APP).first("Access-Control-Allow-Origin"));
    assertEquals(APP, get(cors, "/api", APP).first("Access-Control-Allow-Origin"));
    assertNull(get(cors, "/apis", APP).first("Access-Control-Allow-Origin"));
  }
}
