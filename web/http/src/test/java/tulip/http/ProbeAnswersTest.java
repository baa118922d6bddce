// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tulip.testing.TulipTest;

/// The part of Http11Probe's checklist that is about the fields of answers, by its names.
@TulipTest
class ProbeAnswersTest {
  @TempDir private Path folder;
  private final WebApp app = new WebApp();

  @BeforeEach
  void fillSite() throws IOException {
    var file = Files.writeString(folder.resolve("page.txt"), "page");
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-01-02T03:04:05Z")));
    app.get("/", _ -> Response.text("OK"));
    app.files("/files", folder);
  }

  private String answer(String requestLine, String... fields) throws IOException {
    try (var talk = Talk.to(app.complete())) {
      var lines = String.join("\r\n", fields) + (fields.length == 0 ? "" : "\r\n");
      talk.client.write(requestLine + "\r\nHost: h\r\nConnection: close\r\n" + lines + "\r\n");
      return talk.client.readAll(10_000).latin1();
    }
  }

  private String page(String... fields) throws IOException {
    return answer("GET /files/page.txt HTTP/1.1", fields);
  }

  private static String field(String answer, String name) {
    var matcher = Pattern.compile("\r\n" + name + ": ([^\r]*)\r\n").matcher(answer);
    assertTrue(matcher.find(), "no " + name + ": " + answer);
    return matcher.group(1);
  }

  @TulipTest
  void compDateHeaderAndFormat() throws IOException {
    var date = field(answer("GET / HTTP/1.1"), "Date");
    assertTrue(
        date.matches(
            "(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \\d\\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
                + " \\d{4} \\d\\d:\\d\\d:\\d\\d GMT"),
        date);
  }

  @TulipTest
  void compContentType() throws IOException {
    assertEquals("text/plain; charset=utf-8", field(answer("GET / HTTP/1.1"), "Content-Type"));
  }

  @TulipTest
  void compHeadNoBody() throws IOException {
    var answer = answer("HEAD / HTTP/1.1");
    assertEquals("2", field(answer, "Content-Length"));
    assertTrue(answer.endsWith("\r\n\r\n"), answer);
  }

  @TulipTest
  void comp405Allow() throws IOException {
    var answer = answer("DELETE / HTTP/1.1");
    assertTrue(answer.startsWith("HTTP/1.1 405 "), answer);
    assertEquals("GET, HEAD, OPTIONS", field(answer, "Allow"));
  }

  @TulipTest
  void compOptionsAllowAndNoLengthIn204() throws IOException {
    var answer = answer("OPTIONS / HTTP/1.1");
    assertTrue(answer.startsWith("HTTP/1.1 204 "), answer);
    assertEquals("GET, HEAD, OPTIONS", field(answer, "Allow"));
    assertFalse(answer.contains("Content-Length"), answer);
  }

  @TulipTest
  void capEtag() throws IOException {
    var tag = field(page(), "ETag");
    var same = page("If-None-Match: " + tag);
    assertTrue(same.startsWith("HTTP/1.1 304 "), same);
    assertEquals(tag, field(same, "ETag"));
    var weak = page("If-None-Match: W/" + tag);
    assertTrue(weak.startsWith("HTTP/1.1 304 "), weak);
    var unquoted = page("If-None-Match: " + tag.replace("\"", ""));
    assertTrue(unquoted.startsWith("HTTP/1.1 200 "), unquoted);
    var ahead = page("If-None-Match: " + tag, "If-Modified-Since: Thu, 01 Jan 1970 00:00:00 GMT");
    assertTrue(ahead.startsWith("HTTP/1.1 304 "), ahead);
  }

  /// A date that is still to come is valid since RFC 7232.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CAP-LAST-MODIFIED-304 | 304 | If-Modified-Since: Fri, 02 Jan 2026 03:04:05 GMT",
        "CAP-IMS-FUTURE | 304 | If-Modified-Since: Thu, 01 Jan 2099 00:00:00 GMT",
        "CAP-IMS-INVALID | 200 | If-Modified-Since: not-a-date",
        "CAP-INM-WILDCARD | 304 | If-None-Match: *",
      })
  @TulipTest
  void capConditions(String name, int status, String field) throws IOException {
    var answer = page(field);
    assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), name + ": " + answer);
  }
}
