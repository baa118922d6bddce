// SPDX-License-Identifier: Apache-2.0
package tulip.it.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tulip.bytes.Bytes;
import tulip.core.Tulip;
import tulip.http.client.ClientOptions;
import tulip.http.client.ClientRequest;
import tulip.http.client.ClientResponse;
import tulip.http.client.DisconnectedException;
import tulip.http.client.Download;
import tulip.http.client.EventSource;
import tulip.http.client.FormData;
import tulip.http.client.HttpSession;
import tulip.http.client.Payload;
import tulip.http.coding.ContentCoding;
import tulip.net.testing.RealServer;

/// Our client with servers in Python: aiohttp's, and the one in the standard library.
@Timeout(60)
class PythonServersTest {
  private static final String AIOHTTP =
      """
      import asyncio, sys
      from aiohttp import web

      async def echo(request):
          body = await request.read()
          return web.Response(body=body, headers={
              "X-Method": request.method, "X-Query": request.query_string,
              "X-Type": request.headers.get("Content-Type", ""),
              "X-Chunked": request.headers.get("Transfer-Encoding", ""),
              "X-Cookies": ";".join(k + "=" + v for k, v in request.cookies.items())})

      async def count(request):
          size = 0
          async for piece in request.content.iter_any():
              size += len(piece)
          return web.Response(text=str(size))

      async def form(request):
          data = await request.post()
          return web.Response(text=" ".join(
              k + "=" + (v if isinstance(v, str) else v.filename + ":" + v.file.read().decode())
              for k, v in data.items()))

      async def redirect(request):
          n = int(request.match_info["n"])
          raise web.HTTPFound("/redirect/%d" % (n - 1) if n > 1 else "/echo")

      async def cookie(request):
          response = web.Response(text="set")
          response.set_cookie("plain", "1")
          response.set_cookie("below", "2", path="/echo")
          response.set_cookie("other", "3", path="/elsewhere")
          return response

      async def coded(request):
          response = web.Response(text="hello " * 10000)
          response.enable_compression(web.ContentCoding(request.match_info["coding"]))
          return response

      async def stream(request):
          response = web.StreamResponse()
          await response.prepare(request)
          for i in range(int(request.match_info["n"])):
              await response.write(b"line %d\\n" % i)
          return response

      async def refuse(request):
          return web.Response(status=413, text="too much")

      async def cut(request):
          request.transport.close()
          return web.Response()

      connections = {}
      async def once(request):
          n = connections[request.transport] = connections.get(request.transport, 0) + 1
          if n > 1:
              request.transport.close()
          return web.Response(text="answer %d" % n)

      async def events(request):
          response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
          await response.prepare(request)
          begin = int(request.headers.get("Last-Event-ID", "0"))
          for i in range(begin + 1, begin + 4):
              await response.write(b"id: %d\\ndata: event %d\\nretry: 1\\n\\n" % (i, i))
          return response

      app = web.Application(client_max_size=1 << 30)
      app.router.add_route("*", "/echo", echo)
      app.add_routes([
          web.put("/count", count), web.post("/form", form), web.get("/redirect/{n}", redirect),
          web.get("/cookie", cookie), web.get("/coded/{coding}", coded),
          web.get("/stream/{n}", stream), web.put("/refuse", refuse), web.get("/cut", cut),
          web.route("*", "/once", once), web.get("/events", events)])
      web.run_app(app, host="127.0.0.1", port=int(sys.argv[1]), print=None)
      """;

  @TempDir private Path folder;

  private interface Visit {
    void run(HttpSession http) throws Exception;
  }

  private static void visit(RealServer server, Visit visit) throws Exception {
    var options = ClientOptions.DEFAULT.withBaseUrl("http://127.0.0.1:" + server.port() + "/");
    Tulip.run(() ->
        Tulip.timeout(
            Site.LIMIT,
            () -> {
              try (var http = HttpSession.open(options)) {
                visit.run(http);
              }
            }));
  }

  private static void aiohttp(Visit visit) throws Exception {
    try (var server =
        RealServer.start(place -> List.of("/usr/bin/python3", "-c", AIOHTTP, place.portText()))) {
      visit(server, visit);
    }
  }

  @Test
  void allAtOnceAndBodiesOfAllKinds() throws Exception {
    byte[] content = new byte[3_000_000];
    new Random(7).nextBytes(content);
    var file = Files.write(folder.resolve("file"), content);
    aiohttp(http -> {
      var numbers = IntStream.range(0, 200).boxed().toList();
      var answers = Tulip.gather(numbers, i -> http.post("/echo", Payload.text("" + i)).text());
      assertEquals(numbers.stream().map(String::valueOf).toList(), answers);
      var echo = http.get("/echo?a=%20b");
      assertEquals("GET", echo.header("X-Method"));
      assertEquals("a= b", echo.header("X-Query"));
      echo.skip();
      assertEquals("3000000", http.put("/count", Payload.file(file)).text());
      var chunks =
          Payload.stream(
              "x/y",
              sink -> {
                for (int i = 0; i < 100; i++) {
                  sink.write("x".repeat(i));
                  Tulip.yield();
                }
              });
      assertEquals("4950", http.put("/count", chunks).text());
      assertEquals(Bytes.wrap(content), http.post("/echo", Payload.file(file)).bytes());
      var waiting = ClientRequest.put("/count").expectContinue().body(Payload.text("waited"));
      assertEquals("6", http.send(waiting).text());
      var encoded = ClientRequest.put("/count").coding(ContentCoding.GZIP);
      assertEquals("5000", http.send(encoded.body(Payload.text("x".repeat(5000)))).text());
      assertEquals(
          "a=é f=n.txt:hello b=&",
          http.post(
                  "/form",
                  FormData.of("a", "é").file("f", "n.txt", Payload.text("hello")).field("b", "&"))
              .text());
      assertEquals("a=1 b=é", http.post("/form", FormData.of("a", "1", "b", "é")).text());
    });
  }

  @Test
  void redirectionsCookiesAndCodings() throws Exception {
    aiohttp(http -> {
      assertEquals(7, http.get("/redirect/7").history().size());
      http.get("/cookie").skip();
      assertEquals("plain=1;below=2", sorted(http.get("/echo").header("X-Cookies") + ""));
      for (var coding : List.of("gzip", "deflate", "identity")) {
        assertEquals("hello ".repeat(10000), http.get("/coded/" + coding).text());
      }
      assertEquals(20_000, http.get("/stream/20000").text().lines().count());
      assertEquals("", http.head("/echo").text());
      assertEquals(405, status(http.delete("/cookie")));
    });
  }

  private static String sorted(String cookies) {
    return String.join(";", List.of(cookies.split(";")).stream().sorted().toList().reversed());
  }

  @Test
  void serversThatHangUp() throws Exception {
    aiohttp(http -> {
      assertThrows(DisconnectedException.class, () -> http.get("/cut"));
      for (int i = 0; i < 5; i++) {
        assertEquals("answer 1", http.get("/once").text());
      }
      var refused = http.put("/refuse", Payload.bytes(Bytes.wrap(new byte[20_000_000])));
      assertEquals(413, refused.status().code());
      assertEquals("too much", refused.text());
    });
  }

  @Test
  void events() throws Exception {
    aiohttp(http -> {
      try (var source = EventSource.open(http, ClientRequest.get("/events"))) {
        for (int i = 1; i <= 10; i++) {
          assertEquals("event " + i, Objects.requireNonNull(source.receive()).data());
        }
      }
    });
  }

  @Test
  void theStandardLibrarys() throws Exception {
    byte[] content = new byte[3_000_000];
    new Random(7).nextBytes(content);
    var file = Files.write(folder.resolve("large"), content);
    Files.writeString(folder.resolve("small"), "small");
    try (var server =
        RealServer.start(place ->
            List.of(
                "/usr/bin/python3",
                "-m",
                "http.server",
                place.portText(),
                "--bind",
                "127.0.0.1",
                "--directory",
                folder.toString()))) {
      visit(
          server,
          http -> {
            var versions = new ArrayList<String>();
            for (int i = 0; i < 3; i++) {
              var response = http.get("/small");
              versions.add(response.version() + " " + response.text());
            }
            assertEquals(List.of("HTTP/1.0 small", "HTTP/1.0 small", "HTTP/1.0 small"), versions);
            var target = folder.resolve("target");
            assertEquals(3_000_000, Download.run(http, ClientRequest.get("/large"), target));
            assertEquals(-1, Files.mismatch(file, target));
            assertEquals(404, status(http.get("/none")));
            assertEquals(501, status(http.put("/large", Payload.file(file))));
            assertTrue(http.get("/").text().contains("large"));
          });
    }
  }

  private static int status(ClientResponse response) throws IOException {
    response.skip();
    return response.status().code();
  }
}
