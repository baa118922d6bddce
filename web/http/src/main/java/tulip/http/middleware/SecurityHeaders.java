// SPDX-License-Identifier: Apache-2.0
package tulip.http.middleware;

import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tulip.http.Handler;
import tulip.http.HttpError;
import tulip.http.Middleware;
import tulip.http.Request;
import tulip.http.Response;
import tulip.http.protocol.HeaderName;
import tulip.http.protocol.Headers;
import tulip.net.Attribute;

/// Tells browsers to be careful with what an application sends: fields that stand in each response
/// that does not say otherwise itself.
///
/// @param always the fields
/// @param secure further ones if the client's connection is encrypted
public record SecurityHeaders(Headers always, Headers secure) implements Middleware {
  /// Content is what its type says, stands in no frame of others, and does not tell others of
  /// paths; what it opens cannot reach back. No promise to stay with TLS, and no policy for
  /// content: see [#withStrictTransport] and [#withContentSecurityPolicy].
  public static final SecurityHeaders DEFAULT =
      new SecurityHeaders(
          Headers.of(
              "X-Content-Type-Options", "nosniff",
              "X-Frame-Options", "SAMEORIGIN",
              "Referrer-Policy", "strict-origin-when-cross-origin",
              "Cross-Origin-Opener-Policy", "same-origin"),
          Headers.EMPTY);

  private static final String PLACE = "{nonce}";
  private static final Attribute<String> NONCE = new Attribute<>("CSP nonce", String.class);

  /// The same with another field, or another value of it.
  public SecurityHeaders with(HeaderName name, String value) {
    return new SecurityHeaders(always.toBuilder().set(name, value).build(), secure);
  }

  /// The same without a field.
  public SecurityHeaders without(HeaderName name) {
    return new SecurityHeaders(
        always.toBuilder().remove(name).build(), secure.toBuilder().remove(name).build());
  }

  /// The same with the promise that the host, and all below it, will have TLS for so long (RFC
  /// 6797). It cannot be taken back: begin with minutes.
  public SecurityHeaders withStrictTransport(Duration time) {
    var value = "max-age=" + time.toSeconds() + "; includeSubDomains";
    return new SecurityHeaders(
        always, secure.toBuilder().set(HeaderName.STRICT_TRANSPORT_SECURITY, value).build());
  }

  /// The same with a policy for what pages may load and run.
  ///
  /// @param policy such as `default-src 'self'; script-src 'nonce-{nonce}'`: the place is taken by
  ///   another text for each response, which is the page's to use: [#nonce]
  public SecurityHeaders withContentSecurityPolicy(String policy) {
    return with(HeaderName.CONTENT_SECURITY_POLICY, policy);
  }

  /// What stands for `{nonce}` in the policy of this request's response; to be written into the
  /// `nonce` attributes of the page's own scripts and styles.
  ///
  /// @throws IllegalStateException if the request did not come by here
  public static String nonce(Request request) {
    var nonce = request.attribute(NONCE);
    if (nonce == null) {
      throw new IllegalStateException(
          "no policy with " + PLACE + " stands around " + request + ": see SecurityHeaders");
    }
    return nonce;
  }

  @Override
  public Response handle(Request request, Handler next) throws Exception {
    var policy = always.first(HeaderName.CONTENT_SECURITY_POLICY);
    var nonce = policy == null || !policy.contains(PLACE) ? null : UUID.randomUUID().toString();
    if (nonce != null) {
      request.set(NONCE, nonce);
    }
    try {
      return secured(next.handle(request), request, nonce);
    } catch (HttpError e) {
      throw e.with(response -> secured(response, request, nonce));
    }
  }

  private Response secured(Response response, Request request, @Nullable String nonce) {
    var fields = response.headers().toBuilder();
    add(fields, response, always, nonce);
    if (request.isSecure()) {
      add(fields, response, secure, nonce);
    }
    return response.headers(fields.build());
  }

  private static void add(
      Headers.Builder fields, Response response, Headers more, @Nullable String nonce) {
    more.forEach((name, value) -> {
      if (!response.headers().contains(name)) {
        fields.add(name, nonce == null ? value : value.replace(PLACE, nonce));
      }
    });
  }
}
