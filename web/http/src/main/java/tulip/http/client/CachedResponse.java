// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;
import tulip.http.fields.CacheControl;
import tulip.http.fields.HttpDate;
import tulip.http.protocol.HeaderName;
import tulip.http.protocol.Headers;
import tulip.http.protocol.ResponseHead;

/// A response in a cache, and how old it is (RFC 9111, sections 4.1 and 4.2).
///
/// @param asked the fields of the request
/// @param head of the response, without what is said about its coding
/// @param body decoded
/// @param sent when the request was sent
/// @param received when the response came
record CachedResponse(
    Headers asked, ResponseHead head, Bytes body, Instant sent, Instant received) {
  private static final Duration LONGEST_GUESS = Duration.ofDays(1);
  private static final int GUESS = 10; // percent of the time since it was changed

  /// What may be kept though it does not say for how long (RFC 9110, section 15.1).
  private static final Set<Integer> KEPT_BY_DEFAULT =
      Set.of(200, 203, 204, 300, 301, 308, 404, 405, 410, 414, 501);

  /// An entry's own weight, about.
  private static final int OVERHEAD = 1000;

  long size() {
    return (long) body.length() + OVERHEAD;
  }

  Headers headers() {
    return head.headers();
  }

  CacheControl control() {
    return CacheControl.of(headers());
  }

  /// Whether it is the answer to a request with these fields, too.
  boolean answers(Headers request) {
    for (var name : headers().list(HeaderName.VARY)) {
      var field = HeaderName.of(name);
      if (!request.all(field).equals(asked.all(field))) {
        return false;
      }
    }
    return true;
  }

  /// Whether it may be kept at all.
  boolean isWorthKeeping() {
    var control = control();
    return !control.has("no-store")
        && !headers().list(HeaderName.VARY).contains("*")
        && (lifetime().isPositive() || hasValidator())
        && (KEPT_BY_DEFAULT.contains(head.status().code()) || hasLifetime(control));
  }

  private boolean hasLifetime(CacheControl control) {
    return control.has("max-age") || headers().contains(HeaderName.EXPIRES);
  }

  private boolean hasValidator() {
    return headers().contains(HeaderName.ETAG) || headers().contains(HeaderName.LAST_MODIFIED);
  }

  /// How long it is fresh, from when it was made.
  Duration lifetime() {
    var named = control().seconds("max-age");
    if (named != null) {
      return named;
    }
    var date = date(HeaderName.DATE, received);
    if (headers().contains(HeaderName.EXPIRES)) {
      return Duration.between(date, date(HeaderName.EXPIRES, Instant.EPOCH));
    }
    if (!headers().contains(HeaderName.LAST_MODIFIED)
        || !KEPT_BY_DEFAULT.contains(head.status().code())) {
      return Duration.ZERO;
    }
    var guess =
        Duration.between(date(HeaderName.LAST_MODIFIED, date), date)
            .multipliedBy(GUESS)
            .dividedBy(100);
    return guess.compareTo(LONGEST_GUESS) > 0 ? LONGEST_GUESS : guess;
  }

  /// How old it is.
  Duration age(Instant now) {
    var apparent = Duration.between(date(HeaderName.DATE, received), received);
    var said = age().plus(Duration.between(sent, received));
    var atFirst = max(max(apparent, said), Duration.ZERO);
    return atFirst.plus(Duration.between(received, now));
  }

  private Duration age() {
    var text = headers().first(HeaderName.AGE);
    return text == null || !text.matches("[0-9]{1,9}")
        ? Duration.ZERO
        : Duration.ofSeconds(Long.parseLong(text));
  }

  private static Duration max(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }

  private Instant date(HeaderName name, Instant otherwise) {
    var text = headers().first(name);
    var date = text == null ? null : HttpDate.parse(text);
    return date == null ? otherwise : date;
  }

  /// The request that asks whether this is still right, or null if there is no way to ask.
  @Nullable ClientRequest validating(ClientRequest request) {
    var tag = headers().first(HeaderName.ETAG);
    var modified = headers().first(HeaderName.LAST_MODIFIED);
    var asking = tag == null ? request : request.header(HeaderName.IF_NONE_MATCH, tag);
    return modified == null
        ? tag == null ? null : asking
        : asking.header(HeaderName.IF_MODIFIED_SINCE, modified);
  }

  /// The same after the server has said that it is still right (section 3.2).
  CachedResponse confirmed(ResponseHead by, Instant sent, Instant received) {
    var fields = headers().toBuilder();
    List<HeaderName> seen = new ArrayList<>();
    by.headers()
        .forEach((name, value) -> {
          if (!name.equals(HeaderName.CONTENT_LENGTH)
              && !name.equals(HeaderName.CONTENT_ENCODING)) {
            if (!seen.contains(name)) {
              seen.add(name);
              fields.remove(name);
            }
            fields.add(name, value);
          }
        });
    var head = new ResponseHead(this.head.version(), this.head.status(), fields.build());
    return new CachedResponse(asked, head, body, sent, received);
  }

  /// The response as it is answered now.
  ClientResponse response(ClientRequest request, Instant now) {
    var seconds = Long.toString(age(now).toSeconds());
    var fields = headers().toBuilder().set(HeaderName.AGE, seconds).build();
    return ClientResponse.of(
        request, new ResponseHead(head.version(), head.status(), fields), ResponseBody.of(body));
  }
}
