// SPDX-License-Identifier: Apache-2.0
package tulip.http.middleware;

import java.util.Map;
import java.util.TreeMap;
import tulip.http.HttpError;
import tulip.http.Response;
import tulip.http.protocol.Status;

/// What went wrong, for programs (RFC 9457).
///
/// ```java
/// throw Problem.of(Status.FORBIDDEN, "too little credit")
///     .withType("https://example.com/credit")
///     .with("balance", "30")
///     .error();
/// ```
///
/// @param status of the response
/// @param type a URI that names this kind of problem, or `about:blank` if the status says it all
/// @param title what this kind of problem is; the same each time
/// @param detail what it was this time, or empty
/// @param more further members, all of them text
public record Problem(
    Status status, String type, String title, String detail, Map<String, String> more) {
  /// Copies the map.
  public Problem {
    more = Map.copyOf(more);
  }

  /// A problem that the status names.
  ///
  /// @param detail may be empty
  public static Problem of(Status status, String detail) {
    return new Problem(status, "about:blank", status.phrase(), detail, Map.of());
  }

  /// The same of a kind of its own.
  ///
  /// @param type a URI
  public Problem withType(String type) {
    return new Problem(status, type, title, detail, more);
  }

  /// The same with another title.
  public Problem withTitle(String title) {
    return new Problem(status, type, title, detail, more);
  }

  /// The same with a member more, such as `instance`.
  public Problem with(String name, String value) {
    var members = new TreeMap<>(more);
    members.put(name, value);
    return new Problem(status, type, title, detail, members);
  }

  /// {@return as an answer, of the type `application/problem+json`}
  public Response response() {
    var json = new JsonObject().add("type", type).add("title", title).add("status", status.code());
    if (!detail.isEmpty()) {
      json.add("detail", detail);
    }
    new TreeMap<>(more).forEach(json::add);
    return json.response("application/problem+json").status(status);
  }

  /// {@return as an answer to be thrown}
  public HttpError error() {
    return new HttpError(response());
  }
}
