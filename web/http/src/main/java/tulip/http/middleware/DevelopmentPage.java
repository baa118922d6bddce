// SPDX-License-Identifier: Apache-2.0
package tulip.http.middleware;

import static tulip.http.fields.HtmlText.escape;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import tulip.http.middleware.ErrorPages.Failure;

/// A page that tells who develops an application what went wrong.
final class DevelopmentPage {
  private DevelopmentPage() {}

  static String html(Failure failure) {
    var title = escape(failure.status().toString());
    var page = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n");
    page.append("<title>").append(title).append("</title>\n<h1>").append(title).append("</h1>\n");
    page.append("<p>").append(escape(failure.detail())).append("</p>\n");
    if (isFromHere(failure)) {
      page.append("<h2>").append(escape(failure.request().toString())).append("</h2>\n");
      addCause(failure, page);
      addFields(failure, page);
    }
    return page.append("</html>\n").toString();
  }

  private static boolean isFromHere(Failure failure) {
    return failure.request().remoteAddress() instanceof InetSocketAddress address
        && address.getAddress() != null
        && address.getAddress().isLoopbackAddress();
  }

  private static void addCause(Failure failure, StringBuilder page) {
    if (failure.cause() != null) {
      var stack = new StringWriter();
      failure.cause().printStackTrace(new PrintWriter(stack));
      page.append("<pre>").append(escape(stack.toString())).append("</pre>\n");
    }
  }

  private static void addFields(Failure failure, StringBuilder page) {
    page.append("<table>\n");
    failure
        .request()
        .headers()
        .forEach((name, value) -> {
          page.append("<tr><th>").append(escape(name.toString()));
          page.append("<td>").append(escape(value)).append('\n');
        });
    page.append("</table>\n");
  }
}
