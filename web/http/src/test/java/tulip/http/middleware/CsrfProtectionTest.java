// SPDX-License-Identifier: Apache-2.0
package tulip.http.middleware;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tulip.http.Response;
import tulip.http.protocol.Headers;
import tulip.testing.TulipTest;

/// Who may act in the name of a user.
@TulipTest
class CsrfProtectionTest {
  private static final CsrfProtection LAYER =
      CsrfProtection.DEFAULT
          .trusting("https://login.example.com")
          .trusting("https://*.friend.example")
          .exempting("/hooks");

  @ParameterizedTest
  @TulipTest
  @CsvSource(
      nullValues = "-",
      value = {
        // browsers of these years say where the page comes from
        "POST, /, same-origin, https://h, 200",
        "POST, /, none, -, 200",
        "POST, /, cross-site, https://evil.example, 403",
        "POST, /, same-site, https://sub.h, 403",
        "POST, /, cross-site, -, 403",
        "DELETE, /, cross-site, null, 403",
        // older ones name the origin
        "POST, /, -, https://h, 200",
        "POST, /, -, http://H, 200",
        "POST, /, -, https://h:443, 200",
        "POST, /, -, http://h:80, 200",
        "POST, /, -, https://h:8443, 403",
        "POST, /, -, ftp://h, 403",
        "POST, /, -, h, 403",
        "POST, /, -, https://evil.example, 403",
        "POST, /, -, null, 403",
        // programs say nothing
        "POST, /, -, -, 200",
        // reading is free
        "GET, /, cross-site, https://evil.example, 200",
        "HEAD, /, cross-site, https://evil.example, 200",
        "OPTIONS, /, cross-site, https://evil.example, 200",
        // as said above
        "POST, /, cross-site, https://login.example.com, 200",
        "POST, /, cross-site, https://a.friend.example, 200",
        "POST, /, cross-site, https://friend.example, 403",
        "POST, /hooks/x, cross-site, https://evil.example, 200",
        "POST, /hooksx, cross-site, https://evil.example, 403"
      })
  void bySiteAndOrigin(String method, String path, String site, String origin, int status)
      throws Exception {
    var headers = Headers.builder();
    if (site != null) {
      headers.add("Sec-Fetch-Site", site);
    }
    if (origin != null) {
      headers.add("Origin", origin);
    }
    var response = Layers.ask(LAYER, _ -> Response.text("done"), method, path, headers.build());
    assertEquals(status, response.status().code());
  }
}
