// SPDX-License-Identifier: Apache-2.0
package tulip.http.middleware;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tulip.http.Handler;
import tulip.http.HttpError;
import tulip.http.Middleware;
import tulip.http.Request;
import tulip.http.Response;
import tulip.http.protocol.HeaderName;
import tulip.http.protocol.Headers;
import tulip.http.protocol.Status;

/// Lets pages of other origins ask, by [CorsPolicy]: answers their browsers' preflight requests,
/// and tells them what they may read.
///
/// Others are not kept out by it: a browser that is told nothing keeps the answer from its page,
/// and asks no more than a form could. Against forms there is [CsrfProtection].
///
/// @param policies by the path below which they hold; of several the longest. What is below none is
///   for pages of its own origin alone
public record Cors(Map<String, CorsPolicy> policies) implements Middleware {
  /// Copies the map.
  public Cors {
    policies = Map.copyOf(policies);
  }

  /// One policy for all paths.
  public static Cors of(CorsPolicy policy) {
    return new Cors(Map.of("/", policy));
  }

  /// The same with a policy of its own for a path and all below it.
  ///
  /// @param path such as `/public`
  public Cors at(String path, CorsPolicy policy) {
    var more = new TreeMap<>(policies);
    more.put(path, policy);
    return new Cors(more);
  }

  @Override
  public Response handle(Request request, Handler next) throws Exception {
    var origin = request.header(HeaderName.ORIGIN);
    var policy = policy(request.path());
    if (policy == null) {
      return next.handle(request);
    }
    boolean allowed = origin != null && policy.allows(origin);
    try {
      return isPreflight(request)
          ? preflight(request, next, allowed ? policy : null)
          : share(next.handle(request), policy, allowed ? origin : null);
    } catch (HttpError e) {
      throw e.with(response -> share(response, policy, allowed ? origin : null));
    }
  }

  private @Nullable CorsPolicy policy(String path) {
    String longest = null;
    for (var prefix : policies.keySet()) {
      boolean fits = Paths.isBelow(path, prefix);
      if (fits && (longest == null || prefix.length() > longest.length())) {
        longest = prefix;
      }
    }
    return longest == null ? null : policies.get(longest);
  }

  private static boolean isPreflight(Request request) {
    return request.method().name().equals("OPTIONS")
        && request.headers().contains(HeaderName.ORIGIN)
        && request.headers().contains(HeaderName.ACCESS_CONTROL_REQUEST_METHOD);
  }

  /// Asks the application what methods the path has; what is not there is not found for others
  /// either.
  ///
  /// @param policy null if the origin may do nothing
  private static Response preflight(Request request, Handler next, @Nullable CorsPolicy policy)
      throws Exception {
    var inside = next.handle(request);
    var answer =
        Response.empty(Status.NO_CONTENT)
            .vary(HeaderName.ORIGIN)
            .vary(HeaderName.ACCESS_CONTROL_REQUEST_METHOD)
            .vary(HeaderName.ACCESS_CONTROL_REQUEST_HEADERS);
    if (policy == null) {
      return answer;
    }
    var methods =
        policy.methods().isEmpty()
            ? inside.headers().first(HeaderName.ALLOW)
            : String.join(", ", policy.methods());
    var fields = answer.headers().toBuilder();
    set(fields, HeaderName.ACCESS_CONTROL_ALLOW_METHODS, methods);
    set(
        fields,
        HeaderName.ACCESS_CONTROL_ALLOW_HEADERS,
        policy.allowedHeaders(request.header(HeaderName.ACCESS_CONTROL_REQUEST_HEADERS)));
    fields.add(HeaderName.ACCESS_CONTROL_MAX_AGE, Long.toString(policy.maxAge().toSeconds()));
    return share(answer.headers(fields.build()), policy, request.header(HeaderName.ORIGIN));
  }

  /// Says who may read a response.
  ///
  /// @param origin null if nobody may
  private static Response share(Response response, CorsPolicy policy, @Nullable String origin) {
    var telling = policy.allowsEverybody() ? response : response.vary(HeaderName.ORIGIN);
    if (origin == null) {
      return telling;
    }
    var fields = telling.headers().toBuilder();
    fields.set(HeaderName.ACCESS_CONTROL_ALLOW_ORIGIN, policy.allowsEverybody() ? "*" : origin);
    if (policy.credentials()) {
      fields.set(HeaderName.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
    }
    if (!policy.exposed().isEmpty()) {
      fields.set(HeaderName.ACCESS_CONTROL_EXPOSE_HEADERS, CorsPolicy.join(policy.exposed()));
    }
    return telling.headers(fields.build());
  }

  private static void set(Headers.Builder fields, HeaderName name, @Nullable String value) {
    if (value != null) {
      fields.set(name, value);
    }
  }
}
