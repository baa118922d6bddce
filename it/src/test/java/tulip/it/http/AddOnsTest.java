// SPDX-License-Identifier: Apache-2.0
package tulip.it.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tulip.bytes.Bytes;
import tulip.core.Tulip;
import tulip.http.AccessLog;
import tulip.http.HttpServer;
import tulip.http.HttpServerOptions;
import tulip.http.Response;
import tulip.http.WebApp;
import tulip.http.middleware.Compression;
import tulip.http.session.EncryptedCookies;
import tulip.http.session.Session;
import tulip.http.session.Sessions;
import tulip.net.ListenOptions;
import tulip.net.Tcp;

/// What stands around a web application, with curl and aiohttp as its clients.
@Timeout(60)
class AddOnsTest {
  private static final InetSocketAddress FREE =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  @TempDir private Path folder;

  private final List<String> lines = new ArrayList<>();

  private interface Visit {
    void run(String url) throws Exception;
  }

  private void visit(Visit visit) throws Exception {
    Tulip.run(() -> {
      var options =
          HttpServerOptions.DEFAULT.withAccessLog(
              AccessLog.format("%a \"%r\" %s %b %{User-Agent}i", lines::add));
      try (HttpServer server =
          app().open(List.of(Tcp.listen(FREE, ListenOptions.DEFAULT)), options)) {
        Tulip.timeout(Site.LIMIT, () -> visit.run("http://127.0.0.1:" + server.port()));
      }
    });
  }

  private WebApp app() {
    var app = new WebApp();
    app.use(Compression.DEFAULT);
    app.use(Sessions.of(EncryptedCookies.of(Bytes.ofHex("5a".repeat(32)))));
    app.get("/long", _ -> Response.text("long ".repeat(10_000)));
    app.get(
        "/stream",
        _ ->
            Response.stream(
                "text/plain",
                sink -> {
                  for (int i = 0; i < 1000; i++) {
                    sink.write("line " + i + "\n");
                  }
                }));
    app.put("/length", request -> Response.text("" + request.bytes().length()));
    app.get(
        "/events",
        request ->
            Response.events(
                request,
                events -> {
                  for (int i = 0; i < 3; i++) {
                    events.send("event " + i);
                  }
                }));
    app.get(
        "/count",
        request -> {
          var session = Session.of(request);
          var before = session.get("n");
          int now = before == null ? 1 : Integer.parseInt(before) + 1;
          session.put("n", "" + now);
          return Response.text("" + now);
        });
    app.files("/files", folder);
    return app;
  }

  private String run(String... command) throws IOException {
    return Clients.run(folder, command);
  }

  private String curl(String... arguments) throws IOException {
    return Clients.curl(folder, arguments);
  }

  @Test
  void curlDecodesWhatIsCompressed() throws Exception {
    visit(url -> {
      var size = "|%{size_download} %header{content-encoding}";
      for (var coding : List.of("gzip", "deflate")) {
        var answer =
            curl("--compressed", "-H", "Accept-Encoding: " + coding, "-w", size, url + "/long");
        assertTrue(answer.startsWith("long ".repeat(10_000) + "|"), answer);
        assertTrue(answer.endsWith(" " + coding), answer);
      }
      var stream = curl("--compressed", url + "/stream");
      assertEquals(1000, stream.lines().count());
      assertEquals("line 999", stream.lines().toList().getLast());
      assertEquals("long ".repeat(10_000) + "|50000 ", curl("-w", size, url + "/long"));
    });
  }

  @Test
  void requestsThatGzipHasMade() throws Exception {
    Files.write(folder.resolve("large"), new byte[900_000]);
    visit(url -> {
      run("gzip", "-k", "large");
      assertEquals(
          "900000", curl("-T", "large.gz", "-H", "Content-Encoding: gzip", url + "/length"));
      assertEquals(
          "415",
          curl(
              "-T",
              "large.gz",
              "-H",
              "Content-Encoding: compress",
              "-o",
              "o",
              "-w",
              "%{http_code}",
              url + "/length"));
    });
    assertEquals(2, lines.size());
    assertTrue(lines.getFirst().startsWith("127.0.0.1 \"PUT /length HTTP/1.1\" 200 6 curl/"));
  }

  @Test
  void severalRangesAndFilesThatGzipHasMade() throws Exception {
    Files.writeString(folder.resolve("digits.txt"), "0123456789");
    visit(url -> {
      var parts = curl("-r", "0-1,4-5", url + "/files/digits.txt");
      assertTrue(parts.contains("Content-Range: bytes 4-5/10\r\n\r\n45\r\n--"), parts);
      run("gzip", "-k", "digits.txt");
      assertEquals("0123456789", curl("--compressed", url + "/files/digits.txt"));
      assertTrue(
          curl("-I", "--compressed", url + "/files/digits.txt").contains("Content-Encoding: gzip"));
    });
  }

  @Test
  void eventsAndSessionsOfCurl() throws Exception {
    visit(url -> {
      assertEquals(
          "data: event 0\n\ndata: event 1\n\ndata: event 2\n\n", curl("-N", url + "/events"));
      for (int i = 1; i <= 3; i++) {
        assertEquals("" + i, curl("-b", "jar", "-c", "jar", url + "/count"));
      }
    });
  }

  @Test
  void aiohttpAsksForTheSame() throws Exception {
    var script =
        """
        import aiohttp, asyncio, gzip, sys
        async def main(url):
            async with aiohttp.ClientSession(
                    cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
                for i in range(3):
                    async with session.get(url + "/count") as response:
                        print(await response.text())
                async with session.get(url + "/long") as response:
                    print(response.headers["Content-Encoding"], len(await response.text()))
                async with session.put(url + "/length", data=b"0" * 1000, compress="gzip") as response:
                    print(await response.text())
                async with session.get(url + "/events") as response:
                    print(response.content_type, (await response.content.readline()).decode(), end="")
        asyncio.run(main(sys.argv[1]))
        """;
    Files.writeString(folder.resolve("ask.py"), script);
    visit(url ->
        assertEquals(
            "1\n2\n3\ngzip 50000\n1000\ntext/event-stream data: event 0\n",
            run("/usr/bin/python3", "ask.py", url)));
  }
}
