// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import java.io.Serial;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tulip.http.protocol.Status;

/// An answer that a handler gives by throwing: the status and a few words, as plain text.
///
/// It has no stack trace, for it is an answer and no fault of the program.
public final class HttpError extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  private final transient Response response;
  private final String detail;
  private final boolean plain;

  /// An error that says no more than its status.
  public HttpError(Status status) {
    this(status, "");
  }

  /// An error with a word of explanation.
  ///
  /// @param detail for the client's eyes; may be empty
  public HttpError(Status status, String detail) {
    this(plain(status, detail), detail, true, null);
  }

  /// An error whose answer is made already, such as a page.
  public HttpError(Response response) {
    this(response, "", false, null);
  }

  private HttpError(Response response, String detail, boolean plain, @Nullable Throwable cause) {
    super(describe(response.status(), detail), cause, false, false);
    this.response = response;
    this.detail = detail;
    this.plain = plain;
  }

  /// An error in what the client sent.
  ///
  /// @param cause how it was found out
  static HttpError of(Status status, Exception cause) {
    var detail = String.valueOf(cause.getMessage());
    return new HttpError(plain(status, detail), detail, true, cause);
  }

  private static Response plain(Status status, String detail) {
    return Response.text(describe(status, detail)).status(status);
  }

  private static String describe(Status status, String detail) {
    return detail.isEmpty() ? status.toString() : status + ": " + detail;
  }

  /// The status.
  public Status status() {
    return response.status();
  }

  /// What is answered.
  public Response response() {
    return response;
  }

  /// The word of explanation, or empty.
  public String detail() {
    return detail;
  }

  /// Whether the answer is the status and the explanation as plain text, and nobody's own page.
  public boolean isPlain() {
    return plain;
  }

  /// The same with another answer, made of this one's.
  public HttpError with(UnaryOperator<Response> change) {
    var changed = change.apply(response);
    return new HttpError(changed, detail, plain && changed.hasBodyOf(response), getCause());
  }

  /// The same with a field more in its answer.
  ///
  /// @param name a token
  /// @param value as in [Response#header]
  public HttpError header(String name, String value) {
    return with(before -> before.header(name, value));
  }
}
