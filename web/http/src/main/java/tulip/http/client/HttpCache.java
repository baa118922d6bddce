// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;
import tulip.http.fields.CacheControl;
import tulip.http.protocol.HeaderName;
import tulip.http.protocol.Headers;
import tulip.http.protocol.Method;
import tulip.http.protocol.ResponseHead;
import tulip.http.protocol.Status;

/// Keeps responses, and answers with them as long as they are fresh (RFC 9111): a private cache in
/// memory, for the user of one session.
///
/// ```java
/// var options = ClientOptions.DEFAULT.with(HttpCache.of(16 * 1024 * 1024));
/// ```
///
/// Responses to GET are kept when they have been read to their ends. What is not fresh any more is
/// asked for with a condition. Requests with a range or a condition of their own pass by. What has
/// not been used for longest makes room.
///
/// Sessions of one loop may share a cache; it is not for several threads.
public final class HttpCache implements ClientMiddleware {
  private static final Set<HeaderName> CONDITIONS =
      Set.of(
          HeaderName.RANGE,
          HeaderName.IF_MATCH,
          HeaderName.IF_NONE_MATCH,
          HeaderName.IF_MODIFIED_SINCE,
          HeaderName.IF_UNMODIFIED_SINCE,
          HeaderName.IF_RANGE);

  /// An entry of more than this part of all would drive too many others out.
  private static final int LARGEST_PART = 4;

  private final CacheStore store;
  private final InstantSource clock;
  private final int largest;
  private long hits;
  private long confirmations;
  private long misses;

  /// How often what was asked for was there.
  ///
  /// @param hits answered without a question
  /// @param confirmations answered after the server had said that it is still right
  /// @param misses answered by the server
  /// @param entries how many responses are kept
  /// @param bytes how much they weigh
  public record Statistics(long hits, long confirmations, long misses, int entries, long bytes) {}

  private HttpCache(long bytes, InstantSource clock) {
    store = new CacheStore(bytes);
    largest = (int) Math.min(Integer.MAX_VALUE, bytes / LARGEST_PART);
    this.clock = clock;
  }

  /// An empty cache.
  ///
  /// @param bytes how much it keeps at most; single responses up to a quarter of that
  public static HttpCache of(long bytes) {
    return of(bytes, InstantSource.system());
  }

  /// An empty cache with another clock.
  public static HttpCache of(long bytes, InstantSource clock) {
    if (bytes < 1) {
      throw new IllegalArgumentException("a cache of " + bytes + " bytes");
    }
    return new HttpCache(bytes, clock);
  }

  @Override
  public ClientResponse handle(ClientRequest request, Next next) throws IOException {
    if (!request.method().equals(Method.GET)) {
      return invalidating(request, next.send(request));
    }
    var wishes = CacheControl.of(request.headers());
    if (isSpecial(request.headers()) || wishes.has("no-store")) {
      return next.send(request);
    }
    var kept = store.find(key(request), request.headers());
    var now = clock.instant();
    if (kept != null && isGoodEnough(kept, request, wishes, now)) {
      hits++;
      return kept.response(request, now);
    }
    if (wishes.has("only-if-cached")) {
      return ClientResponse.of(
          request,
          ResponseHead.of(Status.GATEWAY_TIMEOUT, Headers.EMPTY),
          ResponseBody.of(Bytes.EMPTY));
    }
    return ask(request, next, kept);
  }

  private static boolean isSpecial(Headers headers) {
    return CONDITIONS.stream().anyMatch(headers::contains);
  }

  private static String key(ClientRequest request) {
    return request.url().origin() + request.url().target();
  }

  /// Whether it can be used as it is (sections 4.2 and 5.2.1).
  private static boolean isGoodEnough(
      CachedResponse kept, ClientRequest request, CacheControl wishes, Instant now) {
    var control = kept.control();
    boolean pragma =
        !request.headers().contains(HeaderName.CACHE_CONTROL)
            && request.headers().list(HeaderName.PRAGMA).contains("no-cache");
    if (control.has("no-cache") || wishes.has("no-cache") || pragma) {
      return false;
    }
    var age = kept.age(now);
    var most = wishes.seconds("max-age");
    if (most != null && age.compareTo(most) > 0) {
      return false;
    }
    var rest = kept.lifetime().minus(age);
    var wanted = wishes.seconds("min-fresh");
    if (rest.compareTo(wanted == null ? Duration.ZERO : wanted) > 0) {
      return true;
    }
    var staleness = wishes.seconds("max-stale");
    boolean any = "".equals(wishes.directives().get("max-stale"));
    return staleness != null
        && !control.has("must-revalidate")
        && (any || rest.negated().compareTo(staleness) <= 0);
  }

  // ---- asking ----

  private ClientResponse ask(ClientRequest request, Next next, @Nullable CachedResponse kept)
      throws IOException {
    var sent = clock.instant();
    var validating = kept == null ? null : kept.validating(request);
    var response = next.send(validating == null ? request : validating);
    if (kept != null && response.status().code() == Status.NOT_MODIFIED.code()) {
      response.close();
      confirmations++;
      var confirmed = kept.confirmed(response.head(), sent, clock.instant());
      store.put(key(request), confirmed);
      return confirmed.response(request, clock.instant());
    }
    misses++;
    if (kept != null && mayStandIn(kept, response)) {
      response.close();
      return kept.response(request, clock.instant());
    }
    return recorded(request, response, sent);
  }

  /// Whether an old response is better than an error (RFC 5861, section 4).
  private boolean mayStandIn(CachedResponse kept, ClientResponse response) {
    var allowed = kept.control().seconds("stale-if-error");
    return response.status().code() >= 500
        && allowed != null
        && kept.age(clock.instant()).minus(kept.lifetime()).compareTo(allowed) <= 0;
  }

  private ClientResponse recorded(ClientRequest request, ClientResponse response, Instant sent) {
    var fields =
        response.headers().toBuilder()
            .remove(HeaderName.CONTENT_ENCODING)
            .remove(HeaderName.CONTENT_LENGTH)
            .remove(HeaderName.SET_COOKIE)
            .build();
    var head = new ResponseHead(response.version(), response.status(), fields);
    var received = clock.instant();
    var entry = new CachedResponse(request.headers(), head, Bytes.EMPTY, sent, received);
    boolean partial = response.status().code() == Status.PARTIAL_CONTENT.code();
    if (partial || !entry.isWorthKeeping()) {
      return response;
    }
    var body =
        new RecordedBody(
            response.body(),
            largest,
            whole ->
                store.put(
                    key(request),
                    new CachedResponse(request.headers(), head, whole, sent, received)));
    return response.with(response.head(), body);
  }

  /// What is changed is not as it was (section 4.4).
  private ClientResponse invalidating(ClientRequest request, ClientResponse response) {
    if (!request.method().isSafe() && !response.status().isError()) {
      store.remove(key(request));
      forget(request, response.header(HeaderName.LOCATION));
      forget(request, response.header(HeaderName.CONTENT_LOCATION));
    }
    return response;
  }

  private void forget(ClientRequest request, @Nullable String location) {
    if (location != null) {
      try {
        var other = request.url().resolve(location);
        if (other.origin().equals(request.url().origin())) {
          store.remove(other.origin() + other.target());
        }
      } catch (IllegalArgumentException _) {
        // it leads nowhere
      }
    }
  }

  /// Forgets everything.
  public void clear() {
    store.clear();
  }

  /// How it does.
  public Statistics statistics() {
    return new Statistics(hits, confirmations, misses, store.entries(), store.bytes());
  }

  @Override
  public String toString() {
    return "HTTP cache of " + store.bytes() + " bytes";
  }
}
