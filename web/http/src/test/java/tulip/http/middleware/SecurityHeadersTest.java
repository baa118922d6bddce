// SPDX-License-Identifier: Apache-2.0
package tulip.http.middleware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import tulip.http.Handler;
import tulip.http.HttpError;
import tulip.http.Response;
import tulip.http.protocol.HeaderName;
import tulip.http.protocol.Status;
import tulip.testing.TulipTest;

/// Fields that make browsers careful.
@TulipTest
class SecurityHeadersTest {
  private static final Handler PAGE = _ -> Response.html("page");

  @TulipTest
  void standInEachResponse() throws Exception {
    var headers = Layers.ask(SecurityHeaders.DEFAULT, PAGE, "/").headers();
    assertEquals("nosniff", headers.first("X-Content-Type-Options"));
    assertEquals("SAMEORIGIN", headers.first("X-Frame-Options"));
    assertEquals("strict-origin-when-cross-origin", headers.first("Referrer-Policy"));
    assertEquals("same-origin", headers.first("Cross-Origin-Opener-Policy"));
    var error =
        Layers.ask(
            SecurityHeaders.DEFAULT,
            _ -> {
              throw new HttpError(Status.NOT_FOUND);
            },
            "/");
    assertEquals("nosniff", error.headers().first("X-Content-Type-Options"));
  }

  @TulipTest
  void aResponseMaySayOtherwise() throws Exception {
    Handler framed = _ -> Response.html("page").header("X-Frame-Options", "DENY");
    var layer = SecurityHeaders.DEFAULT.without(HeaderName.REFERRER_POLICY);
    var headers = Layers.ask(layer, framed, "/").headers();
    assertEquals("[DENY]", headers.all(HeaderName.X_FRAME_OPTIONS).toString());
    assertFalse(headers.contains(HeaderName.REFERRER_POLICY));
  }

  @TulipTest
  void theNonceIsAnotherEachTime() throws Exception {
    var layer = SecurityHeaders.DEFAULT.withContentSecurityPolicy("script-src 'nonce-{nonce}'");
    var nonces = new ArrayList<String>();
    Handler page =
        request -> {
          nonces.add(SecurityHeaders.nonce(request));
          return Response.html("page");
        };
    for (int i = 0; i < 2; i++) {
      var headers = Layers.ask(layer, page, "/").headers();
      assertEquals(
          "script-src 'nonce-" + nonces.getLast() + "'", headers.first("Content-Security-Policy"));
    }
    assertNotEquals(nonces.getFirst(), nonces.getLast());
  }

  @TulipTest
  void withoutAPolicyThereIsNoNonce() throws Exception {
    Layers.ask(
        SecurityHeaders.DEFAULT,
        request -> {
          assertThrows(IllegalStateException.class, () -> SecurityHeaders.nonce(request));
          return Response.text("");
        },
        "/");
  }

  @TulipTest
  void strictTransportOnlyOverTls() throws Exception {
    var layer = SecurityHeaders.DEFAULT.withStrictTransport(Duration.ofDays(365));
    assertEquals(
        "max-age=31536000; includeSubDomains",
        layer.secure().first(HeaderName.STRICT_TRANSPORT_SECURITY));
    var headers = Layers.ask(layer, PAGE, "/").headers();
    assertFalse(headers.contains(HeaderName.STRICT_TRANSPORT_SECURITY));
  }
}
