// SPDX-License-Identifier: Apache-2.0
package tulip.http.middleware;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tulip.http.fields.Origin;
import tulip.http.protocol.HeaderName;

/// What pages of other origins may do (the WHATWG's Fetch, section 3.2).
///
/// @param origins such as `https://app.example.com`; `https://*.example.com` for all hosts below;
///   `*` for everybody; `null`, which everybody can become, only if it is named
/// @param methods that they may use; if empty, those that the path has
/// @param headers that they may send besides the harmless ones; `*` for all
/// @param exposed fields of responses that they may read besides the harmless ones
/// @param credentials whether they may ask with the user's cookies
/// @param maxAge how long browsers may remember what was allowed
public record CorsPolicy(
    List<String> origins,
    List<String> methods,
    List<HeaderName> headers,
    List<HeaderName> exposed,
    boolean credentials,
    Duration maxAge) {
  private static final String ANY = "*";

  /// Checks that not everybody may act as the user.
  ///
  /// @throws IllegalArgumentException if everybody may ask with credentials, or the age is negative
  public CorsPolicy {
    origins = origins.stream().map(origin -> origin.toLowerCase(Locale.ROOT)).toList();
    methods = List.copyOf(methods);
    headers = List.copyOf(headers);
    exposed = List.copyOf(exposed);
    if (credentials && origins.contains(ANY)) {
      throw new IllegalArgumentException(
          "if every page may ask with the user's cookies, every page is the user: name origins");
    }
    if (maxAge.isNegative()) {
      throw new IllegalArgumentException("an age of " + maxAge);
    }
  }

  /// These origins may use all methods that there are, without credentials and with no other fields
  /// than the harmless ones and Content-Type; browsers remember it for 10 minutes.
  public static CorsPolicy of(String... origins) {
    return new CorsPolicy(
        List.of(origins),
        List.of(),
        List.of(HeaderName.CONTENT_TYPE),
        List.of(),
        false,
        Duration.ofMinutes(10));
  }

  /// The same with these methods alone.
  public CorsPolicy withMethods(String... methods) {
    return new CorsPolicy(origins, List.of(methods), headers, exposed, credentials, maxAge);
  }

  /// The same with these fields of requests; `*` for all.
  public CorsPolicy withHeaders(HeaderName... headers) {
    return new CorsPolicy(origins, methods, List.of(headers), exposed, credentials, maxAge);
  }

  /// The same with these fields of responses.
  public CorsPolicy withExposed(HeaderName... exposed) {
    return new CorsPolicy(origins, methods, headers, List.of(exposed), credentials, maxAge);
  }

  /// The same with credentials, or without.
  public CorsPolicy withCredentials(boolean credentials) {
    return new CorsPolicy(origins, methods, headers, exposed, credentials, maxAge);
  }

  /// The same with another time to remember.
  public CorsPolicy withMaxAge(Duration maxAge) {
    return new CorsPolicy(origins, methods, headers, exposed, credentials, maxAge);
  }

  boolean allowsEverybody() {
    return origins.contains(ANY);
  }

  boolean allows(String origin) {
    var lower = origin.toLowerCase(Locale.ROOT);
    return origins.stream().anyMatch(each -> Origin.matches(each, lower));
  }

  /// Which fields a page may send that asks to send these.
  ///
  /// @return null for none
  @Nullable String allowedHeaders(@Nullable String asked) {
    if (headers.contains(HeaderName.of(ANY))) {
      return asked; // a star counts for requests without credentials only
    }
    return headers.isEmpty() ? null : join(headers);
  }

  static String join(List<HeaderName> names) {
    return String.join(", ", names.stream().map(HeaderName::toString).toList());
  }
}
