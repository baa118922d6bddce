// SPDX-License-Identifier: Apache-2.0
package tulip.http.middleware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import tulip.core.ErrorContext;
import tulip.core.EventLoop;
import tulip.http.HttpError;
import tulip.http.Response;
import tulip.http.WebApp;
import tulip.http.protocol.Status;
import tulip.testing.TulipTest;

/// Errors for people.
@TulipTest
class ErrorPagesTest {
  private static final String BROWSER =
      "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

  private final List<ErrorContext> errors = new ArrayList<>();

  private String ask(ErrorPages layer, String path, String... fields) throws Exception {
    EventLoop.current().setExceptionHandler(errors::add);
    var app = new WebApp();
    app.use(layer);
    app.get(
        "/gone",
        _ -> {
          throw new HttpError(Status.GONE, "sold <out>").header("Retry-After", "7");
        });
    app.get(
        "/own",
        _ -> {
          throw new HttpError(Response.text("own").status(Status.GONE));
        });
    app.get(
        "/broken",
        _ -> {
          throw new IllegalStateException("a <secret>");
        });
    return Served.ask(app, path, fields);
  }

  private static final ErrorPages PAGES =
      new ErrorPages(failure -> "<h1>" + failure.status() + "|" + failure.detail() + "</h1>");

  @TulipTest
  void browsersGetPages() throws Exception {
    var gone = ask(PAGES, "/gone", BROWSER);
    assertTrue(gone.startsWith("HTTP/1.1 410 Gone\n"), gone);
    assertTrue(gone.contains("\nContent-Type: text/html; charset=utf-8\n"), gone);
    assertTrue(gone.contains("\nRetry-After: 7\n"), gone);
    assertTrue(gone.contains("\nVary: Accept\n"), gone);
    assertTrue(gone.endsWith("\n\n<h1>410 Gone|sold <out></h1>"), gone);
    assertTrue(ask(PAGES, "/none", BROWSER).endsWith("<h1>404 Not Found|</h1>"));
    assertTrue(ask(PAGES, "/own", BROWSER).endsWith("\n\nown"));
    assertEquals(List.of(), errors);
  }

  @TulipTest
  void othersGetText() throws Exception {
    assertTrue(ask(PAGES, "/gone").endsWith("\n\n410 Gone: sold <out>"));
    assertTrue(ask(PAGES, "/gone", "Accept: */*").endsWith("\n\n410 Gone: sold <out>"));
    assertTrue(ask(PAGES, "/broken").endsWith("\n\n500 Internal Server Error"));
    assertEquals(1, errors.size());
  }

  @TulipTest
  void whatFailsIsReportedOnce() throws Exception {
    var broken = ask(PAGES, "/broken", BROWSER);
    assertTrue(broken.startsWith("HTTP/1.1 500 "), broken);
    assertTrue(broken.endsWith("<h1>500 Internal Server Error|</h1>"), broken);
    assertEquals(1, errors.size());
  }

  @TulipTest
  void whoDevelopsSeesMore() throws Exception {
    var page = ask(ErrorPages.forDevelopment(), "/broken", BROWSER, "X-Odd: <b>");
    assertTrue(page.contains("java.lang.IllegalStateException: a &lt;secret&gt;"), page);
    assertTrue(page.contains("at tulip.http"), page);
    assertTrue(page.contains("<tr><th>X-Odd<td>&lt;b&gt;\n"), page);
    var gone = ask(ErrorPages.forDevelopment(), "/gone", BROWSER);
    assertTrue(gone.contains("<p>sold &lt;out&gt;</p>"), gone);
    assertFalse(gone.contains("<pre>"), gone);
  }
}
