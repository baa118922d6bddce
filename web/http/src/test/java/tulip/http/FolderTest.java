// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tulip.testing.TulipTest;

/// What folders can do besides files: indexes, lists, files that are compressed already.
@TulipTest
class FolderTest {
  private static final FileTime CHANGED = FileTime.from(Instant.parse("2020-01-02T03:04:05Z"));

  @TempDir Path root;

  @BeforeEach
  void makeFiles() throws IOException {
    write("app.js", "plain");
    write("app.js.gz", "gzipped");
    write("app.js.br", "brotli");
    write("old.js", "new");
    write("old.js.gz", "old");
    Files.setLastModifiedTime(
        root.resolve("old.js.gz"), FileTime.from(CHANGED.toInstant().minusSeconds(1)));
    write("linked.js", "plain");
    Files.createSymbolicLink(root.resolve("linked.js.gz"), root.resolve("app.js.gz"));
    Files.createDirectories(root.resolve("sub"));
    write("sub/a&b <i>.txt", "x");
    write("sub/javascript:alert(1)", "x");
    write("sub/.hidden", "x");
    Files.createDirectories(root.resolve("sub/deep"));
    Files.createDirectories(root.resolve("page"));
    write("page/index.html", "<p>");
  }

  private void write(String name, String text) throws IOException {
    Files.setLastModifiedTime(Files.writeString(root.resolve(name), text), CHANGED);
  }

  private String ask(Folder folder, String path, String fields) throws IOException {
    var app = new WebApp();
    app.files("/f", folder);
    try (var talk = Talk.to(app.complete())) {
      return talk.send("GET " + path + " HTTP/1.1\nHost: h\n" + fields + "\n").answer();
    }
  }

  @ParameterizedTest
  @TulipTest
  @CsvSource({
    "'gzip, br', br, brotli",
    "'gzip', gzip, gzipped",
    "'br;q=0.1, gzip', gzip, gzipped",
    "'deflate', '', plain",
    "'', '', plain"
  })
  void compressedFilesLieBesideTheirs(String accepted, String coding, String text)
      throws IOException {
    var fields = accepted.isEmpty() ? "" : "Accept-Encoding: " + accepted + "\n";
    var answer = ask(Folder.of(root), "/f/app.js", fields);
    assertTrue(answer.endsWith("\n\n" + text), answer);
    assertTrue(answer.contains("\nVary: Accept-Encoding\n"), answer);
    assertTrue(answer.contains("\nContent-Type: text/javascript; charset=utf-8\n"), answer);
    assertEquals(
        !coding.isEmpty(), answer.contains("\nContent-Encoding: " + coding + "\n"), answer);
  }

  /// As `brotli` does.
  @TulipTest
  void aCompressedFileMayHaveItsTimeInWholeSeconds() throws IOException {
    Files.setLastModifiedTime(
        root.resolve("app.js"), FileTime.from(CHANGED.toInstant().plusMillis(999)));
    var answer = ask(Folder.of(root), "/f/app.js", "Accept-Encoding: br\n");
    assertTrue(answer.endsWith("\n\nbrotli"), answer);
  }

  @TulipTest
  void aVersionChangesWithTheContent() throws IOException {
    var app = new WebApp();
    app.files("/f", root).name("f");
    app.get("/", _ -> Response.text("")).name("home");
    var outer = new WebApp();
    outer.mount("/in", app);
    var url = outer.fileUrl("f", "sub/a&b <i>.txt");
    assertTrue(url.matches("/in/f/sub/a%26b%20%3Ci%3E\\.txt\\?v=[A-Za-z0-9_-]{12}"), url);
    assertEquals(url, app.fileUrl("f", "sub/a&b <i>.txt"));
    var before = app.fileUrl("f", "app.js");
    write("app.js", "other content");
    var after = app.fileUrl("f", "app.js");
    assertFalse(before.equals(after));
    for (var missing : List.of("none", "sub", "sub/.hidden", "../x")) {
      assertThrows(NoSuchFileException.class, () -> app.fileUrl("f", missing));
    }
    assertThrows(IllegalArgumentException.class, () -> app.fileUrl("home", "x"));
    assertThrows(IllegalArgumentException.class, () -> app.fileUrl("none", "x"));
  }

  @TulipTest
  void whatHasItsVersionIsKeptForEver() throws IOException {
    var app = new WebApp();
    app.files("/f", root).name("f");
    var url = app.fileUrl("f", "page/index.html");
    var lasting = "\nCache-Control: public, max-age=31536000, immutable\n";
    for (var fields : List.of("", "Range: bytes=0-1\n")) {
      assertTrue(ask(Folder.of(root), url, fields).contains(lasting));
    }
    for (var other : List.of("?v=aaaaaaaaaaaa", "?v=", "", "?w=1")) {
      assertFalse(ask(Folder.of(root), "/f/page/index.html" + other, "").contains("Cache-Control"));
    }
  }

  @TulipTest
  void eachCodingHasATagAndRangesOfItsOwn() throws IOException {
    var folder = Folder.of(root);
    var plain = ask(folder, "/f/app.js", "");
    var coded = ask(folder, "/f/app.js", "Accept-Encoding: gzip\n");
    assertFalse(tag(plain).equals(tag(coded)));
    var range = "Accept-Encoding: gzip\nRange: bytes=0-1\nIf-Range: " + tag(coded) + "\n";
    assertTrue(ask(folder, "/f/app.js", range).endsWith("\n\ngz"));
    var same =
        ask(folder, "/f/app.js", "Accept-Encoding: gzip\nIf-None-Match: " + tag(coded) + "\n");
    assertTrue(same.startsWith("HTTP/1.1 304 "), same);
    assertTrue(same.contains("\nVary: Accept-Encoding\n"), same);
  }

  private static String tag(String answer) {
    return answer.replaceAll("(?s).*ETag: (.*?)\n.*", "$1");
  }

  @TulipTest
  void oldOnesAndLinksDoNotCount() throws IOException {
    for (var name : new String[] {"old.js", "linked.js"}) {
      var answer = ask(Folder.of(root), "/f/" + name, "Accept-Encoding: gzip\n");
      assertFalse(answer.contains("Content-Encoding"), answer);
      assertFalse(answer.contains("Vary"), answer);
    }
  }

  @TulipTest
  void anIndexAnswersForItsFolder() throws IOException {
    var folder = Folder.of(root).withIndex("index.html");
    assertTrue(ask(folder, "/f/page/", "").endsWith("\n\n<p>"));
    var moved = ask(folder, "/f/page?x=1", "");
    assertTrue(moved.startsWith("HTTP/1.1 308 "), moved);
    assertTrue(moved.contains("\nLocation: /f/page/?x=1\n"), moved);
    assertTrue(ask(folder, "/f/sub/", "").startsWith("HTTP/1.1 404 "));
    assertTrue(ask(folder, "/f/", "").startsWith("HTTP/1.1 404 "));
    assertTrue(ask(folder, "/f/app.js/", "").startsWith("HTTP/1.1 404 "));
  }

  @TulipTest
  void listsAreInOrderAndEscaped() throws IOException {
    var folder = Folder.of(root).withListing(true);
    assertEquals(
        """
        <!DOCTYPE html>
        <html lang="en">
        <meta charset="utf-8">
        <title>Index of /f/sub/</title>
        <h1>Index of /f/sub/</h1>
        <ul>
        <li><a href="./a%26b%20%3Ci%3E.txt">a&amp;b &lt;i&gt;.txt</a>
        <li><a href="./deep/">deep/</a>
        <li><a href="./javascript%3Aalert%281%29">javascript:alert(1)</a>
        </ul>
        </html>
        """,
        ask(folder, "/f/sub/", "").split("\n\n", 2)[1]);
    assertTrue(ask(folder, "/f/", "").contains("<li><a href=\"./sub/\">sub/</a>"));
    assertTrue(ask(folder, "/f/sub", "").startsWith("HTTP/1.1 308 "));
    assertTrue(ask(folder.withIndex("index.html"), "/f/page/", "").endsWith("<p>"));
    assertTrue(ask(folder.withIndex("index.html"), "/f/sub/", "").contains("Index of"));
    assertTrue(ask(folder, "/f/sub/../", "").startsWith("HTTP/1.1 404 "));
  }

  @TulipTest
  void foldersAreNotFoundUnlessAsked() throws IOException {
    assertTrue(ask(Folder.of(root), "/f/page/", "").startsWith("HTTP/1.1 404 "));
    assertTrue(ask(Folder.of(root), "/f/page", "").startsWith("HTTP/1.1 404 "));
  }
}
