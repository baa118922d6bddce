// SPDX-License-Identifier: Apache-2.0
package tulip.http.middleware;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tulip.core.ErrorContext;
import tulip.core.EventLoop;
import tulip.http.Handler;
import tulip.http.HttpError;
import tulip.http.Middleware;
import tulip.http.Request;
import tulip.http.Response;
import tulip.http.fields.MediaType;
import tulip.http.fields.Preferences;
import tulip.http.protocol.HeaderName;
import tulip.http.protocol.Status;

/// Answers errors with pages to clients that would rather have HTML than text, as browsers would.
/// Errors whose answers were made by the handler stay as they are. A handler that fails otherwise
/// is a 500, and its failure goes to the loop's exception handler.
///
/// ```java
/// app.use(new ErrorPages(failure -> templates.render("error.html", Map.of("failure", failure))));
/// ```
///
/// @param page makes the pages
public record ErrorPages(Page page) implements Middleware {
  private static final MediaType HTML = MediaType.of("text", "html");
  private static final List<MediaType> OFFERED = List.of(MediaType.of("text", "plain"), HTML);

  /// What went wrong.
  ///
  /// @param status which is answered
  /// @param detail for the client's eyes; may be empty
  /// @param cause what the handler has thrown, if that was no answer
  public record Failure(Request request, Status status, String detail, @Nullable Throwable cause) {}

  /// Makes a page.
  @FunctionalInterface
  public interface Page {
    /// All of it. May wait.
    ///
    /// @throws Exception if there is none; that is answered with 500 and goes to the loop's
    ///   exception handler
    String html(Failure failure) throws Exception;
  }

  /// Pages for who develops the application: with the stack of what was thrown and the fields of
  /// the request. They are for clients of the same machine; others get what they would get anyway.
  public static ErrorPages forDevelopment() {
    return new ErrorPages(DevelopmentPage::html);
  }

  @Override
  public Response handle(Request request, Handler next) throws Exception {
    try {
      return next.handle(request);
    } catch (HttpError e) {
      if (!e.isPlain() || !wantsPage(request)) {
        throw e;
      }
      var html = page.html(new Failure(request, e.status(), e.detail(), null));
      throw e.with(plain -> turned(plain, html));
    } catch (IOException | UncheckedIOException e) {
      throw e; // the connection's perhaps: the server knows
    } catch (Exception e) {
      if (!wantsPage(request)) {
        throw e;
      }
      EventLoop.current()
          .callExceptionHandler(new ErrorContext("cannot answer " + request, e, request));
      var status = Status.INTERNAL_SERVER_ERROR;
      var html = page.html(new Failure(request, status, "", e));
      throw new HttpError(turned(Response.text("").status(status), html));
    }
  }

  /// With all fields of the answer besides its type.
  private static Response turned(Response plain, String html) {
    var answer = Response.html(html);
    var fields = plain.headers().toBuilder();
    answer.headers().forEach(fields::set);
    return answer.status(plain.status()).headers(fields.build()).vary(HeaderName.ACCEPT);
  }

  private boolean wantsPage(Request request) {
    var best = Preferences.of(request.headers(), HeaderName.ACCEPT).bestMediaType(OFFERED);
    return HTML.equals(best);
  }
}
