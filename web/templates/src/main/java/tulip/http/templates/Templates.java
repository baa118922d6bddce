// SPDX-License-Identifier: Apache-2.0
package tulip.http.templates;

import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.loader.ClasspathLoader;
import io.pebbletemplates.pebble.loader.FileLoader;
import io.pebbletemplates.pebble.loader.MemoryLoader;
import io.pebbletemplates.pebble.template.PebbleTemplate;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tulip.core.Tulip;
import tulip.http.Handler;
import tulip.http.Request;
import tulip.http.Response;
import tulip.http.WebApp;

/// Templates of an application, in the language of Pebble, which is that of Jinja.
///
/// ```java
/// var templates = Templates.folder(app, Path.of("pages")).with("request", request -> request);
/// app.get("/", request -> templates.page(request, "home.html", Map.of("name", "Ana")));
/// ```
///
/// What comes from values is escaped for HTML. A name that has no value is an error. In templates,
/// `url("user", 7)` is the path of a route of the application, as [WebApp#url] says.
///
/// A template is loaded outside of the loop when it is first asked for; those that it extends or
/// includes are loaded when it first needs them, on the loop. All are kept. For any number of
/// loops.
public final class Templates {
  /// What a template is told about each request.
  @FunctionalInterface
  public interface Lookup {
    /// Finds a value. In the task that answers; it may wait.
    ///
    /// @throws Exception as [Handler#handle]
    @Nullable Object find(Request request) throws Exception;
  }

  private final PebbleEngine engine;
  private final Map<String, Lookup> always;
  private final Map<String, PebbleTemplate> loaded;

  private Templates(
      PebbleEngine engine, Map<String, Lookup> always, Map<String, PebbleTemplate> loaded) {
    this.engine = engine;
    this.always = always;
    this.loaded = loaded;
  }

  // ---- where they are ----

  /// Templates in the files of a folder and of those in it.
  public static Templates folder(WebApp app, Path folder) {
    return of(app, usual().loader(new FileLoader(folder.toAbsolutePath().toString())));
  }

  /// Templates among the resources of a program.
  ///
  /// @param loader that finds them
  /// @param folder such as `pages`
  public static Templates resources(WebApp app, ClassLoader loader, String folder) {
    var resources = new ClasspathLoader(loader);
    resources.setPrefix(folder);
    return of(app, usual().loader(resources));
  }

  /// Templates in memory.
  ///
  /// @param templates by their names
  public static Templates memory(WebApp app, Map<String, String> templates) {
    var memory = new MemoryLoader();
    templates.forEach(memory::addTemplate);
    return of(app, usual().loader(memory));
  }

  /// Templates of an engine that is made in another way.
  ///
  /// @param engine which gets the function `url`
  public static Templates of(WebApp app, PebbleEngine.Builder engine) {
    var built = engine.extension(new UrlExtension(app)).build();
    return new Templates(built, Map.of(), new ConcurrentHashMap<>());
  }

  private static PebbleEngine.Builder usual() {
    return new PebbleEngine.Builder().strictVariables(true);
  }

  // ---- what they know ----

  /// The same, in which all templates have a value more: for what stands on each page.
  public Templates with(String name, Lookup lookup) {
    var more = new LinkedHashMap<>(always);
    more.put(name, lookup);
    return new Templates(engine, more, loaded);
  }

  // ---- pages ----

  /// A page in memory. May wait until the template was loaded.
  ///
  /// @param values of the names in it; records and beans are looked into
  /// @throws IOException if the template cannot be read
  /// @throws io.pebbletemplates.pebble.error.PebbleException if it is not there, or makes no sense
  /// @throws Exception what looks for values throws
  public Response page(Request request, String name, Map<String, ?> values) throws Exception {
    var all = known(request, values);
    return Response.html(evaluate(load(name), all));
  }

  /// A page that is sent while it is made: for large ones. What fails midway breaks it off.
  ///
  /// @throws Exception as above, if the template cannot be loaded
  public Response stream(Request request, String name, Map<String, ?> values) throws Exception {
    var all = known(request, values);
    var template = load(name);
    return Response.stream(
        "text/html; charset=utf-8",
        sink -> {
          try (var writer = new SinkWriter(sink)) {
            template.evaluate(writer, all);
          }
        });
  }

  /// Text without a request, such as a mail; values of [#with] are not in it.
  ///
  /// @throws IOException if the template cannot be read
  /// @throws io.pebbletemplates.pebble.error.PebbleException as above
  public String render(String name, Map<String, ?> values) throws IOException {
    return evaluate(load(name), new HashMap<>(values));
  }

  /// A handler that only finds values for its page.
  ///
  /// @param name the template's
  public Handler handler(String name, Model model) {
    return request -> page(request, name, model.values(request));
  }

  /// What finds the values for a page.
  @FunctionalInterface
  public interface Model {
    /// Finds them. In the task that answers; it may wait.
    ///
    /// @throws Exception as [Handler#handle]
    Map<String, ?> values(Request request) throws Exception;
  }

  private Map<String, Object> known(Request request, Map<String, ?> values) throws Exception {
    var all = new HashMap<String, Object>();
    for (var each : always.entrySet()) {
      all.put(each.getKey(), each.getValue().find(request));
    }
    all.putAll(values);
    return all;
  }

  private PebbleTemplate load(String name) {
    var known = loaded.get(name);
    if (known == null) {
      known = Tulip.blocking(() -> engine.getTemplate(name));
      loaded.put(name, known);
    }
    return known;
  }

  private static String evaluate(PebbleTemplate template, Map<String, Object> values)
      throws IOException {
    var text = new StringWriter();
    template.evaluate(text, values);
    return text.toString();
  }
}
