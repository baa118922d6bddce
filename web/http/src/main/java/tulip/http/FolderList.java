// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import static tulip.http.fields.HtmlText.escape;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tulip.http.fields.Percent;

/// A page with what is in a folder.
final class FolderList {
  /// Who has more in one folder needs another page.
  private static final int MOST = 10_000;

  private FolderList() {}

  /// The names in a folder, in order, folders with a slash behind them. Blocks.
  static List<String> read(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files
          .limit(MOST)
          .filter(file -> !name(file).startsWith("."))
          .map(file -> Files.isDirectory(file) ? name(file) + "/" : name(file))
          .sorted()
          .toList();
    }
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  static Response page(String path, List<String> names) {
    var title = "Index of " + escape(path);
    var page = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n");
    page.append("<title>").append(title).append("</title>\n<h1>").append(title).append("</h1>\n");
    page.append("<ul>\n");
    for (var name : names) {
      page.append("<li><a href=\"").append(link(name)).append("\">");
      page.append(escape(name)).append("</a>\n");
    }
    return Response.html(page.append("</ul>\n</html>\n").toString());
  }

  /// Relative, and with a dot ahead, so that no name passes for a scheme.
  private static String link(String name) {
    return "./" + Percent.encode(name).replace("%2F", "/");
  }
}
