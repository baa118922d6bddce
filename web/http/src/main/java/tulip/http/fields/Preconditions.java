// SPDX-License-Identifier: Apache-2.0
package tulip.http.fields;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tulip.http.protocol.HeaderName;
import tulip.http.protocol.Headers;
import tulip.http.protocol.Method;
import tulip.http.protocol.RequestHead;

/// Whether a request is to be done, given what the client knows of the resource (RFC 9110, section
/// 13.2.2).
public final class Preconditions {
  /// What to do.
  public enum Outcome {
    /// Do it.
    PROCEED,
    /// Answer 304: the client has it.
    NOT_MODIFIED,
    /// Answer 412: it is not as the client thinks.
    FAILED
  }

  private Preconditions() {}

  /// The version of a resource that there is.
  ///
  /// @param tag or null if it has none
  /// @param modified when it was changed, or null if that is not known; counts to the second
  public record Current(@Nullable EntityTag tag, @Nullable Instant modified) {}

  /// Evaluates If-Match or If-Unmodified-Since, then If-None-Match or If-Modified-Since.
  ///
  /// @param request whose fields ask
  /// @param current null if the resource does not exist
  public static Outcome evaluate(RequestHead request, @Nullable Current current) {
    var headers = request.headers();
    if (!matches(headers, current)) {
      return Outcome.FAILED;
    }
    boolean reading = request.method().equals(Method.GET) || request.method().equals(Method.HEAD);
    if (headers.contains(HeaderName.IF_NONE_MATCH)) {
      return noneMatches(headers, current)
          ? Outcome.PROCEED
          : reading ? Outcome.NOT_MODIFIED : Outcome.FAILED;
    }
    boolean unchanged = reading && current != null && isUnchanged(headers, current);
    return unchanged ? Outcome.NOT_MODIFIED : Outcome.PROCEED;
  }

  /// Whether a Range is to be heeded: without If-Range, or if that names the version there is. Else
  /// all of the resource is to be sent.
  public static boolean rangeApplies(Headers headers, Current current) {
    var condition = headers.first(HeaderName.IF_RANGE);
    if (condition == null) {
      return true;
    }
    var tag = EntityTag.parse(condition);
    if (tag != null) {
      return current.tag != null && tag.matchesStrongly(current.tag);
    }
    var date = HttpDate.parse(condition);
    return date != null && current.modified != null && date.equals(toSecond(current.modified));
  }

  private static boolean matches(Headers headers, @Nullable Current current) {
    if (headers.contains(HeaderName.IF_MATCH)) {
      var wanted = headers.list(HeaderName.IF_MATCH);
      return current != null
          && (isAny(wanted)
              || EntityTag.parseList(wanted).stream()
                  .anyMatch(tag -> current.tag != null && tag.matchesStrongly(current.tag)));
    }
    var since = date(headers, HeaderName.IF_UNMODIFIED_SINCE);
    return since == null
        || (current != null
            && (current.modified == null || !toSecond(current.modified).isAfter(since)));
  }

  private static boolean noneMatches(Headers headers, @Nullable Current current) {
    var wanted = headers.list(HeaderName.IF_NONE_MATCH);
    return current == null
        || (!isAny(wanted)
            && EntityTag.parseList(wanted).stream()
                .noneMatch(tag -> current.tag != null && tag.matchesWeakly(current.tag)));
  }

  private static boolean isUnchanged(Headers headers, Current current) {
    var since = date(headers, HeaderName.IF_MODIFIED_SINCE);
    return since != null && current.modified != null && !toSecond(current.modified).isAfter(since);
  }

  private static boolean isAny(List<String> tags) {
    return tags.equals(List.of("*"));
  }

  private static @Nullable Instant date(Headers headers, HeaderName name) {
    var text = headers.first(name);
    return text == null ? null : HttpDate.parse(text);
  }

  private static Instant toSecond(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS);
  }
}
