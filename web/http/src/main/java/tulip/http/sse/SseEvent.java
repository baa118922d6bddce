// SPDX-License-Identifier: Apache-2.0
package tulip.http.sse;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// An event that a server sends (HTML Living Standard, section 9.2).
///
/// @param type what kind; `message` if nothing was said
/// @param data what it says, perhaps of several lines
/// @param id the last id that was sent up to here, or empty: where to go on after a break
/// @param retry how long to wait before connecting again, if the server says so with this event
public record SseEvent(String type, String data, String id, @Nullable Duration retry) {
  /// Checks that no part ends early.
  ///
  /// @throws IllegalArgumentException if type or id have a line end, or the id a NUL
  public SseEvent {
    if (hasLineEnd(type) || hasLineEnd(id) || id.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("an event's type or id with a line end");
    }
    if (retry != null && retry.isNegative()) {
      throw new IllegalArgumentException("to try again after " + retry);
    }
  }

  private static boolean hasLineEnd(String text) {
    return text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0;
  }

  /// An event that only says something.
  public static SseEvent of(String data) {
    return new SseEvent("message", data, "", null);
  }

  /// The same of another type.
  public SseEvent withType(String type) {
    return new SseEvent(type, data, id, retry);
  }

  /// The same with an id.
  public SseEvent withId(String id) {
    return new SseEvent(type, data, id, retry);
  }

  /// The same with a time to wait before connecting again.
  public SseEvent withRetry(Duration retry) {
    return new SseEvent(type, data, id, Objects.requireNonNull(retry));
  }

  /// {@return as it is sent, in UTF-8; line ends in the data become lines}
  public String format() {
    var text = new StringBuilder();
    if (!type.equals("message")) {
      text.append("event: ").append(type).append('\n');
    }
    if (!id.isEmpty()) {
      text.append("id: ").append(id).append('\n');
    }
    if (retry != null) {
      text.append("retry: ").append(retry.toMillis()).append('\n');
    }
    for (var line : data.split("\r\n|\r|\n", -1)) {
      text.append("data: ").append(line).append('\n');
    }
    return text.append('\n').toString();
  }

  /// {@return a line that is no event, to be sent now and then so that nobody takes the connection
  /// for dead}
  public static String comment() {
    return ":\n\n";
  }
}
