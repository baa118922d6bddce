// SPDX-License-Identifier: Apache-2.0
package tulip.http.templates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.error.PebbleException;
import io.pebbletemplates.pebble.loader.MemoryLoader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import tulip.core.ErrorContext;
import tulip.core.EventLoop;
import tulip.core.Tulip;
import tulip.http.Response;
import tulip.http.WebApp;
import tulip.http.protocol.Status;
import tulip.http.testing.TestServer;
import tulip.testing.TulipTest;

/// Pages from templates.
@TulipTest
class TemplatesTest {
  /// A value to be looked into.
  ///
  /// @param name of the user
  /// @param tags several
  public record User(String name, List<String> tags) {}

  private static final Map<String, String> PAGES =
      Map.of(
          "base.html",
              "<title>{% block title %}{% endblock %}</title>{% block body %}{% endblock %}",
          "user.html",
              """
              {% extends "base.html" %}{% block title %}{{ user.name }}{% endblock %}\
              {% block body %}{% for tag in user.tags %}<i>{{ tag }}</i>{% endfor %}\
              <a href="{{ url("user", 7, "a b") }}">{{ path }}</a>{% endblock %}\
              """,
          "large.html", "{% for i in range(1, n) %}😀 line {{ i }}|{% endfor %}",
          "broken.html", "{% if %}");

  private final WebApp app = new WebApp();

  private static String ask(WebApp app, String path) throws Exception {
    try (var server = TestServer.open(app)) {
      var response = server.get(path);
      assertEquals("text/html; charset=utf-8", response.header("Content-Type"));
      return response.text();
    }
  }

  @TulipTest
  void pagesWithValuesUrlsAndWhatStandsOnEachPage() throws Exception {
    var templates =
        Templates.memory(app, PAGES)
            .with(
                "path",
                request -> {
                  Tulip.yield(); // it may wait
                  return request.path();
                });
    app.get("/users/{id:int}/{name}", _ -> Response.text("")).name("user");
    app.get(
        "/page",
        templates.handler(
            "user.html", _ -> Map.of("user", new User("<Ana> & \"co\"", List.of("one", "two")))));
    assertEquals(
        "<title>&lt;Ana&gt; &amp; &quot;co&quot;</title><i>one</i><i>two</i>"
            + "<a href=\"/users/7/a%20b\">/page</a>",
        ask(app, "/page"));
  }

  @TulipTest
  void filesWithTheirVersions(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("a.css"), "body {}");
    var pages =
        Map.of(
            "a", "{{ fileUrl(\"static\", \"a.css\") }}", "b", "{{ fileUrl(\"static\", \"b\") }}");
    var templates = Templates.memory(app, pages);
    app.files("/static", folder).name("static");
    var url = templates.render("a", Map.of());
    assertEquals(app.fileUrl("static", "a.css"), url);
    assertThrows(UncheckedIOException.class, () -> templates.render("b", Map.of()));
  }

  @TulipTest
  void largeOnesAreSentWhileTheyAreMade() throws Exception {
    var templates = Templates.memory(app, PAGES);
    app.get("/", request -> templates.stream(request, "large.html", Map.of("n", 5000)));
    var lines = List.of(ask(app, "/").split("\\|", 0));
    assertEquals(5000, lines.size());
    for (int i = 0; i < 5000; i++) {
      assertEquals("😀 line " + (i + 1), lines.get(i));
    }
  }

  @TulipTest
  void fromFilesAndResources(@TempDir Path folder) throws Exception {
    Files.createDirectories(folder.resolve("pages/sub"));
    Files.writeString(folder.resolve("pages/sub/a.txt"), "{% include \"../b.txt\" %}, {{ who }}");
    Files.writeString(folder.resolve("pages/b.txt"), "Hello");
    var files = Templates.folder(app, folder.resolve("pages"));
    assertEquals("Hello, you", files.render("sub/a.txt", Map.of("who", "you")));
    assertThrows(PebbleException.class, () -> files.render("none.txt", Map.of()));
    try (var loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      var resources = Templates.resources(app, loader, "pages");
      assertEquals("Hello, you", resources.render("sub/a.txt", Map.of("who", "you")));
    }
  }

  @TulipTest
  void anEngineOfOnesOwn() throws Exception {
    var loader = new MemoryLoader();
    loader.addTemplate("a", "{{ missing }}{{ text }}{{ url(\"home\") }}");
    app.get("/home", _ -> Response.text("")).name("home");
    var engine = new PebbleEngine.Builder().loader(loader).autoEscaping(false);
    assertEquals("<b>/home", Templates.of(app, engine).render("a", Map.of("text", "<b>")));
  }

  @TulipTest
  void mistakesAreFailuresOfTheHandler() throws Exception {
    var errors = new ArrayList<ErrorContext>();
    EventLoop.current().setExceptionHandler(errors::add);
    var templates = Templates.memory(app, PAGES);
    for (var name : List.of("none.html", "broken.html", "large.html")) {
      app.get("/" + name, templates.handler(name, _ -> Map.of()));
    }
    try (var server = TestServer.open(app)) {
      for (var name : List.of("none.html", "broken.html", "large.html")) {
        assertEquals(Status.INTERNAL_SERVER_ERROR, server.status("/" + name));
      }
    }
    assertEquals(3, errors.size());
    assertTrue(
        errors.stream().allMatch(error -> error.exception() instanceof PebbleException),
        errors.toString());
  }
}
