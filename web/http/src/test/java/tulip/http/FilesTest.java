// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tulip.testing.TulipTest;

/// Folders of files.
@TulipTest
class FilesTest {
  private static final String CHANGED = "Thu, 02 Jan 2020 03:04:05 GMT";

  @TempDir Path folder;

  private final WebApp app = new WebApp();

  @BeforeEach
  void makeFiles() throws IOException {
    var root = Files.createDirectories(folder.resolve("root/sub"));
    Files.writeString(folder.resolve("secret.txt"), "secret");
    Files.writeString(folder.resolve("root/.hidden"), "hidden");
    Files.writeString(root.resolve("empty.css"), "");
    var file = Files.writeString(folder.resolve("root/a b.txt"), "0123456789");
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2020-01-02T03:04:05.678Z")));
    Files.createSymbolicLink(folder.resolve("root/out.txt"), folder.resolve("secret.txt"));
    Files.createSymbolicLink(folder.resolve("root/in.txt"), file);
    app.files("/files", folder.resolve("root"));
  }

  private String ask(String path, String fields) throws IOException {
    try (var talk = Talk.to(app.complete())) {
      return talk.send("GET " + path + " HTTP/1.1\nHost: h\n" + fields + "\n").answer();
    }
  }

  private String tag() throws IOException {
    return ask("/files/a%20b.txt", "").replaceAll("(?s).*ETag: (.*?)\n.*", "$1");
  }

  @TulipTest
  void sendsAFile() throws IOException {
    assertEquals(
        """
        HTTP/1.1 200 OK
        ETag: %s
        Last-Modified: %s
        Content-Type: text/plain; charset=utf-8
        Accept-Ranges: bytes
        Content-Length: 10

        0123456789\
        """
            .formatted(tag(), CHANGED),
        ask("/files/a%20b.txt", ""));
    assertTrue(ask("/files/in.txt", "").endsWith("\n0123456789"));
    assertTrue(ask("/files/sub/empty.css", "").contains("\nContent-Length: 0\n"));
  }

  @TulipTest
  void headSendsNothingOfIt() throws IOException {
    try (var talk = Talk.to(app.complete())) {
      talk.send("HEAD /files/in.txt HTTP/1.1\nHost: h\n\n");
      assertTrue(talk.head().contains("\nContent-Length: 10\n"));
      assertTrue(talk.get("/files/in.txt").answer().endsWith("\n0123456789"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/files/none",
        "/files/",
        "/files",
        "/files/sub",
        "/files/sub/",
        "/files/out.txt",
        "/files/../secret.txt",
        "/files/%2e%2e/secret.txt",
        "/files/..%2fsecret.txt",
        "/files/.hidden",
        "/files//etc/passwd",
        "/files/%2Fetc/passwd",
        "/files/a%00b",
        "/files/sub/..%5C..%5Csecret.txt"
      })
  @TulipTest
  void keepsToTheFolder(String path) throws IOException {
    assertTrue(ask(path, "").startsWith("HTTP/1.1 404 "), path);
  }

  @TulipTest
  void rangesOfAFile() throws IOException {
    var part = ask("/files/in.txt", "Range: bytes=2-4\n");
    assertTrue(part.startsWith("HTTP/1.1 206 Partial Content\n"), part);
    assertTrue(part.contains("\nContent-Range: bytes 2-4/10\n"), part);
    assertTrue(part.endsWith("\n\n234"), part);
    assertTrue(ask("/files/in.txt", "Range: bytes=-3\n").endsWith("\n\n789"));
    var beyond = ask("/files/in.txt", "Range: bytes=10-\n");
    assertTrue(beyond.startsWith("HTTP/1.1 416 "), beyond);
    assertTrue(beyond.contains("\nContent-Range: bytes */10\n"), beyond);
  }

  @TulipTest
  void severalRangesInSeveralParts() throws IOException {
    var parts = ask("/files/in.txt", "Range: bytes=0-1, 3-4,-1\n");
    assertTrue(parts.startsWith("HTTP/1.1 206 Partial Content\n"), parts);
    var boundary =
        parts.replaceFirst("(?s).*\nContent-Type: multipart/byteranges; boundary=(.*?)\n.*", "$1");
    assertEquals(
        """

        --B
        Content-Type: text/plain; charset=utf-8
        Content-Range: bytes 0-1/10

        01
        --B
        Content-Type: text/plain; charset=utf-8
        Content-Range: bytes 3-4/10

        34
        --B
        Content-Type: text/plain; charset=utf-8
        Content-Range: bytes 9-9/10

        9
        --B--
        """,
        parts.substring(parts.indexOf("\n\n") + 2).replace("\r\n", "\n").replace(boundary, "B"));
  }

  @TulipTest
  void rangesThatOverlapAreTheWhole() throws IOException {
    var all = ask("/files/in.txt", "Range: bytes=0-8,1-9\n");
    assertTrue(all.startsWith("HTTP/1.1 200 OK\n"), all);
    assertTrue(all.endsWith("\n\n0123456789"));
  }

  @TulipTest
  void aRangeOfAnOldVersionIsTheWhole() throws IOException {
    var range = "Range: bytes=2-4\nIf-Range: ";
    assertTrue(ask("/files/a%20b.txt", range + tag() + "\n").endsWith("\n\n234"));
    assertTrue(ask("/files/a%20b.txt", range + "\"old\"\n").endsWith("\n\n0123456789"));
  }

  @TulipTest
  void whoHasItIsToldSo() throws IOException {
    var same = ask("/files/a%20b.txt", "If-None-Match: " + tag() + "\n");
    assertTrue(same.startsWith("HTTP/1.1 304 Not Modified\nETag: "), same);
    assertTrue(
        ask("/files/a%20b.txt", "If-Modified-Since: " + CHANGED + "\n").startsWith("HTTP/1.1 304"));
    assertTrue(ask("/files/a%20b.txt", "If-None-Match: \"old\"\n").startsWith("HTTP/1.1 200"));
    assertTrue(ask("/files/a%20b.txt", "If-Match: \"old\"\n").startsWith("HTTP/1.1 412"));
  }

  @TulipTest
  void aFileThatShrinksBreaksTheConnectionOff() throws IOException {
    var file = folder.resolve("root/a b.txt");
    app.use((request, next) -> {
      var response = next.handle(request);
      Files.writeString(file, "012");
      return response;
    });
    try (var talk = Talk.to(app.complete())) {
      assertTrue(talk.get("/files/a%20b.txt").rest().endsWith("\n\n012"));
      assertEquals(1, talk.errors.size());
    }
  }
}
