// SPDX-License-Identifier: Apache-2.0
package tulip.it.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tulip.core.Tulip;
import tulip.http.HttpServerOptions;
import tulip.http.client.ClientOptions;
import tulip.http.client.ClientRequest;
import tulip.http.client.ClientResponse;
import tulip.http.client.CookieJar;
import tulip.http.client.DigestAuth;
import tulip.http.client.Download;
import tulip.http.client.HttpCache;
import tulip.http.client.HttpSession;
import tulip.http.client.Payload;
import tulip.http.client.Url;
import tulip.http.fields.SetCookie;
import tulip.net.testing.RealServer;

/// Our client with nginx and lighttpd; and cookies in a file that curl shares.
@Timeout(60)
class WebServersTest {
  @TempDir private Path folder;

  private interface Visit {
    void run(HttpSession http) throws Exception;
  }

  private static void visit(RealServer server, ClientOptions options, Visit visit)
      throws Exception {
    var based = options.withBaseUrl("http://127.0.0.1:" + server.port() + "/");
    Tulip.run(() ->
        Tulip.timeout(
            Site.LIMIT,
            () -> {
              try (var http = HttpSession.open(based)) {
                visit.run(http);
              }
            }));
  }

  private RealServer nginx() throws Exception {
    return RealServer.start(place -> {
      var lines =
          """
          daemon off; master_process off; pid nginx.pid; error_log stderr warn;
          events {}
          http {
            access_log off; gzip on; gzip_min_length 1; gzip_types text/plain; keepalive_requests 3;
            client_body_temp_path t; proxy_temp_path t; fastcgi_temp_path t; uwsgi_temp_path t;
            scgi_temp_path t; default_type text/plain;
            server {
              listen 127.0.0.1:%d;
              location / { root %s; expires 1h; }
              location /old { return 301 /small; }
              location /no { return 403 "no"; }
              location /put { client_max_body_size 1k; return 200 "taken"; }
            }
          }
          """
              .formatted(place.port(), folder);
      Files.writeString(place.folder().resolve("n.conf"), lines);
      return List.of("/usr/sbin/nginx", "-p", place.folder().toString(), "-c", "n.conf");
    });
  }

  @Test
  void filesOfNginx() throws Exception {
    byte[] content = new byte[3_000_000];
    new Random(7).nextBytes(content);
    var file = Files.write(folder.resolve("large"), content);
    Files.writeString(folder.resolve("small"), "small ".repeat(1000));
    try (var server = nginx()) {
      visit(
          server,
          ClientOptions.DEFAULT,
          http -> {
            var pages =
                Tulip.gather(
                    IntStream.range(0, 100).boxed().toList(), i -> http.get("/small").text());
            assertTrue(pages.stream().allMatch(page -> page.equals("small ".repeat(1000))));
            var response = http.get("/old");
            assertEquals("gzip", response.header("Content-Encoding"));
            assertEquals("small ".repeat(1000), response.text());
            assertEquals(1, response.history().size());
            assertEquals("no", http.get("/no").text());
            assertEquals(
                "6000",
                http.send(ClientRequest.head("/small").decoded(false)).header("Content-Length"));
            var tooMuch = http.put("/put", Payload.file(file));
            assertEquals(413, tooMuch.status().code());
            tooMuch.skip();
            var target = folder.resolve("target");
            Files.write(folder.resolve("target.part"), Arrays.copyOf(content, 1_234_567));
            Files.setLastModifiedTime(
                folder.resolve("target.part"), Files.getLastModifiedTime(file));
            long[] first = {0};
            var request =
                ClientRequest.get("/large")
                    .downloadProgress((done, total) -> {
                      first[0] = first[0] == 0 ? done : first[0];
                      assertEquals(3_000_000, total);
                    });
            Download.run(http, request, target);
            assertTrue(first[0] > 1_234_567);
            assertEquals(-1, Files.mismatch(file, target));
          });
    }
  }

  @Test
  void nginxIsAskedOnceAndThenWhetherItHasChanged() throws Exception {
    Files.writeString(folder.resolve("small"), "small");
    var cache = HttpCache.of(1_000_000);
    try (var server = nginx()) {
      visit(
          server,
          ClientOptions.DEFAULT.with(cache),
          http -> {
            for (int i = 0; i < 3; i++) {
              assertEquals("small", http.get("/small").text());
            }
            var careful = ClientRequest.get("/small").header("Cache-Control", "no-cache");
            assertEquals("small", http.send(careful).text());
            var statistics = cache.statistics();
            assertEquals(2, statistics.hits());
            assertEquals(1, statistics.confirmations());
          });
    }
  }

  @Test
  void digestOfLighttpd() throws Exception {
    Files.writeString(folder.resolve("secret"), "the secret");
    for (var algorithm : List.of("MD5", "SHA-256")) {
      try (var server =
          RealServer.start(place -> {
            Files.writeString(place.folder().resolve("users"), "anna:realm:password\n");
            var plain = Files.writeString(place.folder().resolve("plain"), "anna:password\n");
            var lines =
                """
                server.port = %d
                server.bind = "127.0.0.1"
                server.document-root = "%s"
                server.modules = ("mod_auth", "mod_authn_file")
                auth.backend = "plain"
                auth.backend.plain.userfile = "%s"
                auth.require = ("/" => ("method" => "digest", "realm" => "realm",
                    "algorithm" => "%s", "require" => "valid-user"))
                """
                    .formatted(place.port(), folder, plain, algorithm);
            var file = Files.writeString(place.folder().resolve("lighttpd.conf"), lines);
            return List.of("/usr/sbin/lighttpd", "-D", "-f", file.toString());
          })) {
        visit(
            server,
            ClientOptions.DEFAULT.with(new DigestAuth("anna", "password")),
            http -> {
              for (int i = 0; i < 3; i++) {
                assertEquals("the secret", http.get("/secret?a=" + i).text(), algorithm);
              }
            });
        visit(
            server,
            ClientOptions.DEFAULT.with(new DigestAuth("anna", "wrong")),
            http -> assertEquals(401, status(http.get("/secret"))));
      }
    }
  }

  @Test
  void cookiesThatCurlReadsAndWrites() throws Exception {
    var file = folder.resolve("cookies");
    Tulip.run(() -> {
      var jar = new CookieJar();
      jar.store(Url.parse("http://127.0.0.1/"), SetCookie.of("ours", "a=b c").with("HttpOnly"));
      jar.store(Url.parse("http://127.0.0.1/"), SetCookie.of("late", "1").with("Max-Age", "1000"));
      jar.save(file);
    });
    Site.visit(
        folder,
        HttpServerOptions.DEFAULT,
        site -> {
          var shown =
              site.run(
                  "curl", "-sS", "-b", "cookies", "-c", "cookies", site.url("/cookies?theirs=2"));
          assertEquals("[late=1, ours=a=b c]", shown);
        });
    Tulip.run(() -> {
      var jar = new CookieJar();
      jar.load(file);
      var names =
          jar.matching(Url.parse("http://127.0.0.1/")).stream()
              .map(each -> each.cookie().name() + "=" + each.cookie().value())
              .sorted()
              .toList();
      assertEquals(List.of("late=1", "ours=a=b c", "theirs=2"), names);
      Files.writeString(file, "x");
      assertThrows(IOException.class, () -> jar.load(file));
    });
  }

  private static int status(ClientResponse response) throws IOException {
    response.skip();
    return response.status().code();
  }
}
