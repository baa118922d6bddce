// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tulip.http.Response;
import tulip.http.fields.SetCookie;
import tulip.testing.TulipTest;

/// Which cookies are kept, and where they are sent.
@TulipTest
class CookieJarTest {
  @TempDir private Path folder;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final CookieJar jar = new CookieJar(CookieOptions.DEFAULT.withClock(() -> now));

  private boolean set(String url, String cookie) {
    var parsed = SetCookie.parse(cookie);
    return parsed != null && jar.store(Url.parse(url), parsed);
  }

  private String sent(String url) {
    return jar.matching(Url.parse(url)).stream()
        .map(each -> each.cookie().name() + "=" + each.cookie().value())
        .collect(Collectors.joining("; "));
  }

  @ParameterizedTest
  @CsvSource({
    "a=1, http://h.example/, true",
    "a=1, http://sub.h.example/, false",
    "a=1; Domain=h.example, http://sub.h.example/, true",
    "a=1; Domain=.h.example, http://sub.h.example/, true",
    "a=1; Domain=h.example, http://xh.example/, false",
    "a=1; Domain=example, http://h.example/, false",
    "a=1; Domain=other.example, http://h.example/, false",
    "a=1; Domain=sub.h.example, http://sub.h.example/, false",
    "a=1; Path=/p, http://h.example/p, true",
    "a=1; Path=/p, http://h.example/p/q, true",
    "a=1; Path=/p, http://h.example/pq, false",
    "a=1; Path=/p/, http://h.example/p, false",
    "a=1; Secure, http://h.example/, false",
    "__Host-a=1; Path=/, http://h.example/, false",
    "__Secure-a=1, http://h.example/, false",
    "a=1; Max-Age=0, http://h.example/, false",
    "a=1; Max-Age=10; Expires=Thu 01 Jan 1970 00:00:00 GMT, http://h.example/, true",
    "a=1; Expires=Thu 01 Jan 1970 00:00:00 GMT, http://h.example/, false",
    "a=1, http://H.EXAMPLE./, true"
  })
  @TulipTest
  void whereTheyGo(String cookie, String url, boolean goes) {
    set("http://h.example/", cookie);
    assertEquals(goes, !sent(url).isEmpty());
  }

  @TulipTest
  void secureOnesAndThosePrefixed() {
    assertTrue(set("https://h.example/", "a=1; Secure"));
    assertTrue(set("https://h.example/", "__Host-b=1; Secure; Path=/"));
    assertFalse(set("https://h.example/", "__Host-c=1; Secure; Path=/; Domain=h.example"));
    assertTrue(set("https://h.example/", "__Secure-d=1; Secure"));
    assertEquals("", sent("http://h.example/"));
    assertEquals("a=1; __Host-b=1; __Secure-d=1", sent("https://h.example/"));
    assertEquals("a=1; __Host-b=1; __Secure-d=1", sent("wss://h.example/"));
    assertFalse(set("http://h.example/", "a=2"), "what came encrypted stays");
  }

  @TulipTest
  void originsMayBeTrusted() {
    var trusting =
        new CookieJar(
            CookieOptions.DEFAULT.withTrustworthy(origin -> origin.host().equals("localhost")));
    var cookie = SetCookie.of("a", "1").with("Secure");
    assertTrue(trusting.store(Url.parse("http://localhost:8080/"), cookie));
    assertFalse(trusting.store(Url.parse("http://h.example/"), cookie));
    assertEquals(1, trusting.matching(Url.parse("http://localhost:8080/")).size());
  }

  @TulipTest
  void noneForPublicSuffixes() throws IOException {
    assertFalse(set("http://a.co.uk/", "a=1; Domain=co.uk"));
    assertFalse(set("http://a.com/", "a=1; Domain=com"));
    assertTrue(set("http://a.b.co.uk/", "a=1; Domain=b.co.uk"));
    assertTrue(set("http://localhost/", "a=1; Domain=localhost"), "for that host alone");
    var list =
        Files.writeString(
            folder.resolve("list"),
            "// comment\ncom\n\n*.ck\n!www.ck\ngithub.io\nbücher.example\n");
    var suffixes = PublicSuffixes.read(list);
    assertTrue(suffixes.isPublicSuffix("com"));
    assertTrue(suffixes.isPublicSuffix("unknown"));
    assertTrue(suffixes.isPublicSuffix("any.ck"));
    assertFalse(suffixes.isPublicSuffix("www.ck"));
    assertTrue(suffixes.isPublicSuffix("github.io"));
    assertTrue(suffixes.isPublicSuffix("xn--bcher-kva.example"));
    assertFalse(suffixes.isPublicSuffix("a.com"));
  }

  @TulipTest
  void addressesHaveTheirOwnAlone() {
    assertTrue(set("http://127.0.0.1:81/", "a=1"));
    assertTrue(set("http://127.0.0.1/", "b=1; Domain=127.0.0.1"));
    assertFalse(set("http://127.0.0.1/", "c=1; Domain=0.0.1"));
    assertTrue(set("http://[::1]/", "d=1"));
    assertEquals("a=1; b=1", sent("http://127.0.0.1/"));
    assertEquals("d=1", sent("http://[::1]:8080/"));
  }

  @TulipTest
  void longerPathsFirstThenOlderOnes() {
    set("http://h.example/x/y", "b=1");
    now = now.plusSeconds(1);
    set("http://h.example/", "c=1; Path=/");
    now = now.plusSeconds(1);
    set("http://h.example/", "a=1; Path=/");
    now = now.plusSeconds(1);
    set("http://h.example/", "c=2; Path=/");
    assertEquals("b=1; c=2; a=1", sent("http://h.example/x/z"));
    assertEquals("c=2; a=1", sent("http://h.example/xy"));
  }

  @TulipTest
  void theyEnd() {
    set("http://h.example/", "a=1; Max-Age=60");
    now = now.plusSeconds(59);
    assertEquals("a=1", sent("http://h.example/"));
    now = now.plusSeconds(1);
    assertEquals("", sent("http://h.example/"));
    set("http://h.example/", "b=1");
    set("http://h.example/", "b=; Max-Age=0");
    assertEquals(List.of(), jar.all());
  }

  @TulipTest
  void notTooManyAndNoneTooLarge() {
    assertFalse(set("http://h.example/", "a=" + "x".repeat(4096)));
    for (int i = 0; i < 200; i++) {
      set("http://h.example/", "a" + i + "=1");
    }
    assertEquals(180, jar.all().size());
    assertTrue(sent("http://h.example/").endsWith("a199=1"));
    for (int i = 0; i < 4000; i++) {
      set("http://h" + i + ".example/", "a=1");
    }
    assertTrue(jar.all().size() > 2500 && jar.all().size() <= 3000);
    assertTrue(jar.removeIf(cookie -> cookie.domain().equals("h3999.example")));
    jar.clear();
    assertEquals(List.of(), jar.all());
  }

  @TulipTest
  void theyAreSavedAndLoaded() throws IOException {
    set("https://h.example/", "a=1; Secure; HttpOnly; Path=/p; Max-Age=60");
    set("http://h.example/", "b=x=y; Domain=h.example");
    var file = folder.resolve("cookies");
    jar.save(file);
    assertEquals(
        """
        # Netscape HTTP Cookie File
        #HttpOnly_h.example\tFALSE\t/p\tTRUE\t1767225660\ta\t1
        .h.example\tTRUE\t/\tFALSE\t0\tb\tx=y
        """,
        Files.readString(file));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    var loaded = new CookieJar(CookieOptions.DEFAULT.withClock(() -> now));
    loaded.load(file);
    assertEquals(jar.all(), loaded.all());
    now = now.plusSeconds(60);
    assertEquals(1, loaded.all().size());
    Files.writeString(file, "nothing of the kind");
    assertThrows(IOException.class, () -> loaded.load(file));
  }

  @TulipTest
  void sessionsKeepAndSendThem() throws IOException {
    try (var servers =
            Servers.serving(request ->
                Response.text(request.header("Cookie") + "")
                    .cookie(SetCookie.of("n" + request.path().length(), "1"))
                    .cookie(SetCookie.of("gone", "1").with("Max-Age", "0")));
        var http = HttpSession.open(servers.options().withCookies(jar))) {
      assertEquals("null", http.get("http://h.example/").text());
      assertEquals("n1=1", http.get("http://h.example/a").text());
      var own = ClientRequest.get("http://h.example/").header("Cookie", "own=1");
      assertEquals("own=1; n1=1; n2=1", http.send(own).text());
      assertEquals("null", http.get("http://other.example/").text());
      assertEquals(2, http.get("http://h.example/").cookies().size());
    }
  }
}
