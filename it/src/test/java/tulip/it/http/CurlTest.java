// SPDX-License-Identifier: Apache-2.0
package tulip.it.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tulip.core.Tulip;
import tulip.http.HttpServerOptions;
import tulip.net.TlsContext;
import tulip.net.TlsIdentity;
import tulip.net.Unix;
import tulip.net.testing.RealProcess;

/// curl as the client.
@Timeout(60)
class CurlTest {
  @TempDir private Path folder;

  private void visit(Site.Visit visit) throws Exception {
    Site.visit(folder, HttpServerOptions.DEFAULT, visit);
  }

  private String curl(String... arguments) throws IOException {
    return Clients.curl(folder, arguments);
  }

  @Test
  void severalRequestsOnOneConnection() throws Exception {
    visit(site -> {
      var answer = curl("-w", "|%{num_connects} ", site.url("/"), site.url("/"), site.url("/none"));
      assertEquals("Hello, world|1 Hello, world|0 404 Not Found|0 ", answer);
    });
  }

  @Test
  void headAndOldVersions() throws Exception {
    visit(site -> {
      var head = curl("-I", site.url("/"));
      assertTrue(head.startsWith("HTTP/1.1 200 OK\r\nDate: "), head);
      assertTrue(head.contains("\r\nContent-Length: 12\r\n"), head);
      assertEquals("Hello, world", curl("-0", site.url("/")));
      assertEquals("line 0\nline 1\n", curl("-0", site.url("/stream/2")));
    });
  }

  @Test
  void bodiesUpAndDownInChunksAndByLength() throws Exception {
    byte[] content = new byte[3_000_000];
    new Random(7).nextBytes(content);
    var sent = Files.write(folder.resolve("sent"), content);
    visit(site -> {
      var count = site.url("/count");
      assertEquals("3000000 bytes", curl("-T", sent.toString(), count));
      assertEquals(
          "3000000 bytes", curl("-T", sent.toString(), "-H", "Transfer-Encoding: chunked", count));
      curl("-o", "received", site.url("/files/sent"));
      assertEquals(-1, Files.mismatch(sent, folder.resolve("received")));
      assertEquals(1000, curl(site.url("/stream/1000")).lines().count());
    });
  }

  @Test
  void waitsForContinueAndHearsThatItIsTooMuch() throws Exception {
    var large = Files.write(folder.resolve("large"), new byte[2_000_000]).toString();
    visit(site -> {
      var expect = "Expect: 100-continue";
      var trace = curl("-v", "-H", expect, "-T", large, site.url("/count"));
      assertTrue(trace.contains("< HTTP/1.1 100 Continue"), trace);
      assertTrue(trace.contains("2000000 bytes"), trace);
      var refused = curl("-v", "-H", expect, "-T", large, site.url("/echo"));
      assertTrue(refused.contains("< HTTP/1.1 413 Content Too Large"), refused);
      assertTrue(!refused.contains("100 Continue"), refused);
    });
  }

  @Test
  void whoSendsTooMuchWithoutAskingReadsWhy() throws Exception {
    var large = Files.write(folder.resolve("large"), new byte[1_200_000]).toString();
    visit(site -> {
      var refused = curl("-w", "%{http_code}", "-H", "Expect:", "-T", large, site.url("/echo"));
      assertTrue(refused.contains("413"), refused);
    });
  }

  @Test
  void formsRangesAndConditions() throws Exception {
    Files.writeString(folder.resolve("digits"), "0123456789");
    visit(site -> {
      assertEquals(
          "[Ana é, B&B]",
          curl(
              "--data-urlencode", "name=Ana é", "--data-urlencode", "name=B&B", site.url("/form")));
      var digits = site.url("/files/digits");
      assertEquals("234", curl("-r", "2-4", digits));
      curl("--etag-save", "tag", digits);
      assertEquals("304", curl("-w", "%{http_code}", "--etag-compare", "tag", digits));
      assertEquals("404", curl("-o", "/dev/null", "-w", "%{http_code}", digits + "x"));
      Files.writeString(folder.resolve("part"), "01234");
      curl("-C", "-", "-o", "part", digits);
      assertEquals("0123456789", Files.readString(folder.resolve("part")));
    });
  }

  @Test
  void overTls() throws Exception {
    RealProcess.run(
        folder,
        Site.LIMIT,
        ("openssl req -x509 -nodes -days 2 -newkey ec -pkeyopt ec_paramgen_curve:P-256"
                + " -subj /CN=localhost -addext subjectAltName=DNS:localhost"
                + " -keyout key.pem -out chain.pem")
            .split(" "));
    var identity = TlsIdentity.read(folder.resolve("chain.pem"), folder.resolve("key.pem"));
    var options = HttpServerOptions.DEFAULT.withTls(TlsContext.server(identity));
    Site.visit(
        folder,
        options,
        site -> {
          var url = "https://localhost:" + site.port();
          var answer = curl("-4", "--cacert", "chain.pem", url + "/", url + "/files/chain.pem");
          assertTrue(answer.startsWith("Hello, world-----BEGIN"), answer);
        });
  }

  @Test
  void overAUnixSocket() throws Exception {
    var path = folder.resolve("site");
    Tulip.run(() ->
        Site.visit(
            folder,
            Unix.listen(path),
            HttpServerOptions.DEFAULT,
            site ->
                assertEquals(
                    "Hello, world", curl("--unix-socket", path.toString(), "http://anything/"))));
  }

  @Test
  void theHandlerEndsWhenCurlHasLeft() throws Exception {
    Site.visit(
        folder,
        HttpServerOptions.DEFAULT.withCancelAbandoned(true),
        site -> {
          assertEquals(
              "28",
              site.run("sh", "-c", "curl -s --max-time 1 " + site.url("/slow") + "; echo $?")
                  .strip());
          while (site.seen.size() < 2) {
            Tulip.yield();
          }
          assertEquals(List.of("begun", "left"), site.seen);
        });
  }
}
