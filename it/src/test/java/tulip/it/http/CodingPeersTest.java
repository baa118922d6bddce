// SPDX-License-Identifier: Apache-2.0
package tulip.it.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tulip.core.Tulip;
import tulip.http.Response;
import tulip.http.WebApp;
import tulip.http.client.ClientOptions;
import tulip.http.client.ClientRequest;
import tulip.http.client.ContentException;
import tulip.http.client.HttpSession;
import tulip.http.middleware.Compression;
import tulip.net.ListenOptions;
import tulip.net.Tcp;
import tulip.net.testing.RealProcess;
import tulip.net.testing.RealServer;

/// Brotli and Zstandard, with programs that have libraries of their own: curl, aiohttp, httpx,
/// Node, `brotli` and `zstd`.
@Timeout(60)
class CodingPeersTest {
  private static final InetSocketAddress FREE =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  private static final String LONG = "long and longer ".repeat(10_000);

  @TempDir private Path folder;

  private interface Visit {
    void run(String url) throws Exception;
  }

  @BeforeEach
  void makeFiles() throws IOException {
    Files.writeString(folder.resolve("long.txt"), LONG);
    RealProcess.run(folder, Site.LIMIT, "brotli", "-k", "long.txt");
    RealProcess.run(folder, Site.LIMIT, "zstd", "-q", "-k", "long.txt");
  }

  private void visit(Visit visit) throws Exception {
    Tulip.run(() -> {
      try (var server = app().open(Tcp.listen(FREE, ListenOptions.DEFAULT))) {
        Tulip.timeout(Site.LIMIT, () -> visit.run("http://127.0.0.1:" + server.port()));
      }
    });
  }

  private WebApp app() {
    var app = new WebApp();
    app.use(Compression.DEFAULT);
    app.get("/long", _ -> Response.text(LONG));
    app.get(
        "/stream",
        _ ->
            Response.stream(
                "text/plain",
                sink -> {
                  for (int i = 0; i < 1000; i++) {
                    sink.write("line " + i + "\n");
                    if (i % 100 == 0) {
                      sink.flush();
                    }
                  }
                }));
    app.put("/length", request -> Response.text("" + request.bytes().length()));
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
  void curlDecodesWhatWeEncode() throws Exception {
    visit(url -> {
      for (var coding : List.of("br", "zstd")) {
        var accept = "Accept-Encoding: " + coding;
        var answer =
            curl("--compressed", "-H", accept, "-w", "|%header{content-encoding}", url + "/long");
        assertEquals(LONG + "|" + coding, answer);
        var lines = curl("--compressed", "-H", accept, url + "/stream").lines().toList();
        assertEquals(1000, lines.size());
        assertEquals("line 999", lines.getLast());
      }
    });
  }

  @Test
  void whatOthersHaveEncodedIsTakenAndSent() throws Exception {
    visit(url -> {
      for (var coding : List.of("br", "zstd")) {
        var file = coding.equals("br") ? "long.txt.br" : "long.txt.zst";
        var field = "Content-Encoding: " + coding;
        assertEquals("" + LONG.length(), curl("-T", file, "-H", field, url + "/length"));
        assertEquals(
            "400",
            curl("-T", "long.txt", "-H", field, "-w", "%{http_code}", "-o", "o", url + "/length"));
        var answer = curl("-I", "-H", "Accept-Encoding: " + coding, url + "/files/long.txt");
        assertTrue(answer.contains(field), answer);
      }
    });
  }

  @Test
  void bombsAreStopped() throws Exception {
    Files.write(folder.resolve("bomb"), new byte[50_000_000]);
    visit(url -> {
      run("brotli", "-q", "5", "bomb");
      run("zstd", "-q", "--long=27", "bomb", "-o", "wide.zst");
      run("zstd", "-q", "bomb");
      for (var each : List.of("br bomb.br 413", "zstd bomb.zst 413", "zstd wide.zst 400")) {
        var words = each.split(" ", 0);
        var field = "Content-Encoding: " + words[0];
        var status =
            curl("-T", words[1], "-H", field, "-w", "%{http_code}", "-o", "o", url + "/length");
        assertEquals(words[2], status, each);
      }
      try (var http = HttpSession.open(ClientOptions.DEFAULT.withContent(1_000_000))) {
        Files.delete(folder.resolve("wide.zst"));
        for (var coding : List.of("br", "zstd")) {
          var request = ClientRequest.get(url + "/files/bomb").header("Accept-Encoding", coding);
          var response = http.send(request);
          assertEquals(coding, response.header("Content-Encoding"));
          assertThrows(ContentException.class, response::bytes);
        }
      }
    });
  }

  @Test
  void pythonDecodesBrotli() throws Exception {
    var script =
        """
        import aiohttp, asyncio, httpx, sys
        async def main(url):
            async with aiohttp.ClientSession() as session:
                only = {"Accept-Encoding": "br"}
                async with session.get(url + "/long", headers=only) as response:
                    print(response.headers["Content-Encoding"], len(await response.text()))
            answer = httpx.get(url + "/long")
            print(answer.headers["Content-Encoding"], len(answer.text))
        asyncio.run(main(sys.argv[1]))
        """;
    Files.writeString(folder.resolve("ask.py"), script);
    visit(url -> assertEquals("br 160000\nbr 160000\n", run("/usr/bin/python3", "ask.py", url)));
  }

  @Test
  void nodeAndUs() throws Exception {
    var script =
        """
        const http = require("http"), zlib = require("zlib");
        const text = "long and longer ".repeat(10000);
        http.createServer((request, response) => {
          const accepted = request.headers["accept-encoding"];
          response.writeHead(200, {"Content-Encoding": "br", "X-Accepted": accepted});
          const encoder = zlib.createBrotliCompress();
          encoder.pipe(response);
          for (let i = 0; i < 10; i++) { encoder.write(text); encoder.flush(); }
          encoder.end();
        }).listen(process.argv[2], "127.0.0.1");
        """;
    Files.writeString(folder.resolve("serve.js"), script);
    var program = folder.resolve("serve.js").toString();
    try (var server = RealServer.start(place -> List.of("node", program, place.portText()))) {
      Tulip.run(() -> {
        try (var http = HttpSession.open()) {
          var response = http.get("http://127.0.0.1:" + server.port() + "/");
          assertEquals("zstd, br, gzip, deflate", response.header("X-Accepted"));
          assertEquals(LONG.repeat(10), response.text());
        }
      });
    }
    var client =
        "fetch(process.argv[1] + '/long', {headers: {'Accept-Encoding': 'br'}}).then(async r => "
            + "console.log(r.headers.get('content-encoding'), (await r.text()).length))";
    visit(url -> assertEquals("br 160000\n", run("node", "-e", client, url)));
  }

  /// What lies beside a file, made by others, is decoded by our client.
  @Test
  void filesThatOthersHaveEncoded() throws Exception {
    visit(url -> {
      try (var http = HttpSession.open()) {
        for (var coding : List.of("br", "zstd")) {
          var request =
              ClientRequest.get(url + "/files/long.txt").header("Accept-Encoding", coding);
          var response = http.send(request);
          assertEquals(coding, response.header("Content-Encoding"));
          assertEquals(LONG, response.text());
        }
      }
    });
  }
}
