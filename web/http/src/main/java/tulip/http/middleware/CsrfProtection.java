// SPDX-License-Identifier: Apache-2.0
package tulip.http.middleware;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tulip.http.Handler;
import tulip.http.HttpError;
import tulip.http.Middleware;
import tulip.http.Request;
import tulip.http.Response;
import tulip.http.fields.Origin;
import tulip.http.protocol.Authority;
import tulip.http.protocol.HeaderName;
import tulip.http.protocol.Status;

/// Keeps pages of others from acting in the name of a user, whose browser would send the cookies
/// along (cross-site request forgery), with 403. It needs no tokens: browsers say by Sec-Fetch-Site
/// or Origin where a request comes from.
///
/// GET, HEAD and OPTIONS pass: let them change nothing. What says nothing of where it comes from
/// passes too, since it is no browser of these years.
///
/// @param trusted other origins that may act, such as `https://login.example.com`, or
///   `https://*.example.com`
/// @param exempt paths at and below which everything passes, such as `/webhooks`: for what does not
///   go by cookies
public record CsrfProtection(Set<String> trusted, Set<String> exempt) implements Middleware {
  /// Nobody else, and no exemptions.
  public static final CsrfProtection DEFAULT = new CsrfProtection(Set.of(), Set.of());

  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

  /// Copies the sets.
  public CsrfProtection {
    trusted = Set.copyOf(trusted);
    exempt = Set.copyOf(exempt);
  }

  /// The same with another origin that is trusted.
  public CsrfProtection trusting(String origin) {
    return new CsrfProtection(and(trusted, origin.toLowerCase(Locale.ROOT)), exempt);
  }

  /// The same without protection at a path and below it.
  public CsrfProtection exempting(String path) {
    return new CsrfProtection(trusted, and(exempt, path));
  }

  private static Set<String> and(Set<String> set, String more) {
    var all = new HashSet<>(set);
    all.add(more);
    return all;
  }

  @Override
  public Response handle(Request request, Handler next) throws Exception {
    if (SAFE.contains(request.method().name())
        || isHome(request)
        || exempt.stream().anyMatch(path -> Paths.isBelow(request.path(), path))) {
      return next.handle(request);
    }
    throw new HttpError(Status.FORBIDDEN, "asked by a page of another origin");
  }

  private boolean isHome(Request request) {
    var origin = request.header(HeaderName.ORIGIN);
    if (origin != null && isTrusted(origin.toLowerCase(Locale.ROOT))) {
      return true;
    }
    var site = request.header(HeaderName.SEC_FETCH_SITE);
    if (site != null) {
      return site.equals("same-origin") || site.equals("none");
    }
    return origin == null || isOwn(origin, request.authority());
  }

  private boolean isTrusted(String origin) {
    return trusted.stream().anyMatch(each -> Origin.matches(each, origin));
  }

  private static boolean isOwn(String text, @Nullable Authority server) {
    var origin = Origin.parse(text);
    return origin != null && server != null && origin.isOf(server);
  }
}
