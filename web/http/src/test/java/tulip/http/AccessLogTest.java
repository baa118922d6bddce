// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tulip.core.Tulip;
import tulip.http.protocol.Headers;
import tulip.http.protocol.Method;
import tulip.http.protocol.RequestHead;
import tulip.http.protocol.ResponseHead;
import tulip.http.protocol.Status;
import tulip.testing.TulipTest;

/// What access logs hear, and how they write it.
@TulipTest
class AccessLogTest {
  private final List<String> lines = new ArrayList<>();
  private final HttpServerOptions options =
      HttpServerOptions.DEFAULT.withAccessLog(AccessLog.format("%r %s %b %T", lines::add));

  private static String format(String format, AccessEntry entry) {
    var lines = new ArrayList<String>();
    AccessLog.format(format, lines::add).log(entry);
    return lines.getFirst();
  }

  private static AccessEntry entry(String agent) throws IOException {
    var request =
        RequestHead.of(
            Method.GET, "/a?b=\"", Headers.of("Host", "h", "User-Agent", agent, "Referer", "/"));
    return new AccessEntry(
        new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 7),
        Instant.parse("2026-01-02T03:04:05Z"),
        Duration.ofNanos(1_234_567_890),
        request,
        ResponseHead.of(Status.OK, Headers.of("X-A", "b")),
        123);
  }

  @Test
  void writesTheCommonFormats() throws IOException {
    var common = format(AccessLog.COMMON, entry("curl"));
    assertTrue(
        common.matches(
            "192\\.0\\.2\\.1 - - \\[0[1-3]/Jan/2026:[0-9]{2}:[0-9]{2}:05 [+-][0-9]{4}\\]"
                + " \"GET /a\\?b=\\\\\" HTTP/1\\.1\" 200 123"),
        common);
    var combined = format(AccessLog.COMBINED, entry("curl"));
    assertEquals(common + " \"/\" \"curl\"", combined);
  }

  @Test
  void writesEverythingElse() throws IOException {
    var line = format("%P %T %Tf %D %{x-a}o %{none}i %{none}o 100%%", entry("a"));
    assertEquals(ProcessHandle.current().pid() + " 1 1.234568 1234567 b - - 100%", line);
  }

  @Test
  void clientsCannotForgeLines() throws IOException {
    assertEquals("a\\\" \\\\ \\xe9", format("%{User-Agent}i", entry("a\" \\ é")));
  }

  @Test
  void whatIsNotKnownIsADash() {
    var nothing = new AccessEntry(null, Instant.EPOCH, Duration.ZERO, null, null, 0);
    assertEquals("- - - 0 - -", format("%a %r %s %b %{A}i %{A}o", nothing));
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "%q", "%{A}", "%{A}x", "%{}i"})
  void formatsThatMakeNoSenseAreRefused(String format) {
    assertThrows(IllegalArgumentException.class, () -> AccessLog.format(format, _ -> {}));
  }

  @TulipTest
  void tellsOfAnswersOfAllKinds(@TempDir Path folder) throws IOException {
    var file = Files.write(folder.resolve("a"), new byte[100_000]);
    Handler handler =
        request ->
            switch (request.path()) {
              case "/file" -> Response.file(request, file);
              case "/stream" ->
                  Response.stream("text/plain", sink -> sink.write("x".repeat(50_000)));
              case "/error" -> throw new HttpError(Status.GONE);
              case "/fault" -> throw new IllegalStateException("as told");
              case "/slow" -> {
                Tulip.sleep(Duration.ofSeconds(3));
                yield Response.text("late");
              }
              default -> Response.text("ok");
            };
    try (var talk = Talk.to(options, handler)) {
      for (var path : List.of("/", "/file", "/error", "/fault", "/slow")) {
        talk.get(path).answer();
      }
      talk.send("HEAD / HTTP/1.1\nHost: h\n\n").head();
      talk.send("GET /stream HTTP/1.1\nHost: h\nConnection: close\n\n").rest();
      talk.ended();
    }
    assertEquals(
        List.of(
            "GET / HTTP/1.1 200 2 0",
            "GET /file HTTP/1.1 200 100000 0",
            "GET /error HTTP/1.1 410 8 0",
            "GET /fault HTTP/1.1 500 25 0",
            "GET /slow HTTP/1.1 200 4 3",
            "HEAD / HTTP/1.1 200 0 0",
            "GET /stream HTTP/1.1 200 50000 0"),
        lines);
  }

  @TulipTest
  void tellsOfWhatIsRefused() throws IOException {
    try (var talk = Talk.to(options, _ -> Response.text("ok"))) {
      talk.get("/").answer();
      talk.send("nonsense\n\n").rest();
      talk.ended();
    }
    assertEquals(List.of("GET / HTTP/1.1 200 2 0", "- 400 "), cut(lines));
  }

  /// Without the length of the message of whoever refuses.
  private static List<String> cut(List<String> lines) {
    return lines.stream().map(line -> line.replaceFirst("^(- 400 ).*", "$1")).toList();
  }

  @TulipTest
  void tellsOfWhatGoesOnInAnotherProtocol() throws IOException {
    try (var talk = Talk.to(options, _ -> Response.switchProtocols("none", _ -> {}))) {
      talk.send("GET / HTTP/1.1\nHost: h\nUpgrade: none\nConnection: upgrade\n\n").rest();
      talk.ended();
    }
    assertEquals(List.of("GET / HTTP/1.1 101 0 0"), lines);
  }

  @TulipTest
  void tellsOfHandlersThatWereCancelled() throws IOException {
    var watching = options.withCancelAbandoned(true);
    try (var talk =
        Talk.to(
            watching,
            _ -> {
              Tulip.sleepForever();
              return Response.text("never");
            })) {
      talk.get("/");
      Tulip.yield();
      talk.client.close();
      talk.ended();
    }
    assertEquals(List.of("GET / HTTP/1.1 - 0 0"), lines);
  }

  @TulipTest
  void aLogThatFailsHarmsNobody() throws IOException {
    var failing =
        HttpServerOptions.DEFAULT.withAccessLog(_ -> {
          throw new IllegalStateException("as told");
        });
    try (var talk = Talk.to(failing, _ -> Response.text("ok"))) {
      talk.get("/").answer();
      talk.get("/").answer();
      assertEquals(2, talk.errors.size());
    }
  }
}
