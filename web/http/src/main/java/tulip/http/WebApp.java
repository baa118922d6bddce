// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tulip.core.Tulip;
import tulip.http.fields.Parameters;
import tulip.net.Listener;
import tulip.net.SharedPort;
import tulip.net.Tcp;
import tulip.net.workers.Worker;

/// A web application: routes, middleware, and what is to be started and ended with it.
///
/// ```java
/// var app = new WebApp();
/// app.get("/", request -> Response.text("Hello, world"));
/// app.get("/users/{id:int}", request -> Response.text(users.get(request.pathInt("id"))));
/// app.serve(8080);
/// ```
///
/// **Paths** are fixed text or have names in braces: `{name}` is all or a part of what stands
/// between two slashes, `{name:int}` a whole number, `{name:[a-z]+}` what matches the regular
/// expression, `{name:path}` all of the rest, slashes included. Fixed text goes before names,
/// whatever came first. HEAD is answered by the route of GET, OPTIONS with the methods there are;
/// another method gets 405, another path 404.
///
/// An application is put together first and served then; from there on it cannot be changed, and
/// may serve on several loops at a time.
public final class WebApp {
  private record Mount(RoutePath prefix, WebApp app) {}

  private record Host(String name, WebApp app) {}

  private final List<Route> routes = new ArrayList<>();
  private final Map<String, Route> names = new HashMap<>();
  private final List<Middleware> layers = new ArrayList<>();
  private final List<Mount> mounts = new ArrayList<>();
  private final List<Host> hosts = new ArrayList<>();
  private final List<Startup> startups = new ArrayList<>();
  private String prefix = "";
  private @Nullable WebApp parent;
  private volatile @Nullable Handler complete; // several loops may ask for it

  /// An application that answers 404 to everything.
  public WebApp() {}

  // ---- routes ----

  /// Answers GET, and HEAD.
  public Route get(String path, Handler handler) {
    return route("GET", path, handler);
  }

  /// Answers POST.
  public Route post(String path, Handler handler) {
    return route("POST", path, handler);
  }

  /// Answers PUT.
  public Route put(String path, Handler handler) {
    return route("PUT", path, handler);
  }

  /// Answers PATCH.
  public Route patch(String path, Handler handler) {
    return route("PATCH", path, handler);
  }

  /// Answers DELETE.
  public Route delete(String path, Handler handler) {
    return route("DELETE", path, handler);
  }

  /// Answers a method.
  ///
  /// @param method `*` for all that have no route of their own
  /// @param path begins with a slash; see above
  /// @throws IllegalArgumentException if the path makes no sense
  public Route route(String method, String path, Handler handler) {
    checkChangeable();
    var route = new Route(this, method, RoutePath.parse(path), handler);
    routes.add(route);
    return route;
  }

  /// Answers the methods that a view has.
  ///
  /// @return the route of the first of them, which can be given a name
  /// @throws IllegalArgumentException if the path makes no sense, or the view has no methods
  public Route view(String path, View view) {
    var methods = view.methods();
    if (methods.isEmpty()) {
      throw new IllegalArgumentException(view + " overrides no method");
    }
    return methods.stream().map(method -> route(method, path, view)).toList().getFirst();
  }

  /// Answers GET with the files of a folder: see [Folder], which can do more.
  ///
  /// @param path below which they are found, such as `/static`
  public Route files(String path, Path folder) {
    return files(path, Folder.of(folder));
  }

  /// Answers GET with the files of a folder.
  ///
  /// @param path below which they are found, such as `/static`
  public Route files(String path, Folder folder) {
    return get(path + "/{file:path}", folder);
  }

  /// The routes of this application and of those that are mounted in it or have hosts of their own,
  /// in the order in which they were added.
  public List<Route> routes() {
    return Stream.concat(routes.stream(), parts().flatMap(part -> part.routes().stream())).toList();
  }

  void addName(String name, Route route) {
    checkChangeable();
    if (names.putIfAbsent(name, route) != null) {
      throw new IllegalArgumentException("another route is called " + name);
    }
  }

  /// The path of a route of this application or of those that are mounted in it.
  ///
  /// @param name see [Route#name(String)]
  /// @param values for the names in its path, in their order
  /// @return percent-encoded
  /// @throws IllegalArgumentException if there is no such route, or the values do not fit it
  public String url(String name, Object... values) {
    var route = named(name);
    return route.app().fullPrefix() + route.path().format(values);
  }

  /// The path of a route with a query.
  ///
  /// @throws IllegalArgumentException as above
  public String url(String name, Parameters query, Object... values) {
    return url(name, values) + "?" + query.format();
  }

  /// The path of a file with its version, `/static/app.css?v=...`, which changes when the content
  /// does: browsers are told to keep what they get there for ever. Waits for the file to be read,
  /// at first and when it has changed. In a task.
  ///
  /// @param name of the route that [#files] has made
  /// @param file below the folder, such as `css/app.css`
  /// @throws java.nio.file.NoSuchFileException if the folder has no such file
  /// @throws IOException if it cannot be read
  /// @throws IllegalArgumentException if there is no such route, or it has no files
  public String fileUrl(String name, String file) throws IOException {
    if (!(named(name).handler() instanceof Folder folder)) {
      throw new IllegalArgumentException("the route that is called " + name + " has no files");
    }
    return url(name, file) + "?v=" + folder.version(file);
  }

  private Route named(String name) {
    var route = find(name);
    if (route == null) {
      throw new IllegalArgumentException("no route is called " + name);
    }
    return route;
  }

  private @Nullable Route find(String name) {
    var route = names.get(name);
    for (int i = 0; route == null && i < mounts.size(); i++) {
      route = mounts.get(i).app.find(name);
    }
    return route;
  }

  String fullPrefix() {
    return parent == null ? prefix : parent.fullPrefix() + prefix;
  }

  // ---- around them ----

  /// Puts a layer around all routes of this application, and around what is not found in it; those
  /// that come later are further inside.
  public void use(Middleware layer) {
    checkChangeable();
    layers.add(layer);
  }

  /// Starts something before the first request, and ends it after the last one:
  ///
  /// ```java
  /// app.onStartup(() -> {
  ///   var task = Tulip.createTask(this::refresh);
  ///   return task::cancel;
  /// });
  /// ```
  ///
  /// Started in order, those of mounted applications after their parent's; ended in the reverse
  /// order. On several loops, once for each.
  public void onStartup(Startup startup) {
    checkChangeable();
    startups.add(startup);
  }

  /// Leaves all below a path to another application, with its own layers inside of this one's.
  ///
  /// @param path such as `/admin`, without names
  public void mount(String path, WebApp app) {
    var at = RoutePath.parse(path);
    if (path.endsWith("/") || !at.names().isEmpty()) {
      throw new IllegalArgumentException("an application cannot be mounted at " + path);
    }
    adopt(app);
    app.prefix = at.format();
    mounts.add(new Mount(at, app));
  }

  /// Leaves all requests for a host to another application. This one serves the other hosts.
  ///
  /// @param name such as `api.example.com`, or `*.example.com` for all below; ports do not matter
  public void host(String name, WebApp app) {
    adopt(app);
    hosts.add(new Host(name.toLowerCase(Locale.ROOT), app));
  }

  private void adopt(WebApp app) {
    checkChangeable();
    app.checkChangeable();
    if (app.parent != null || app.equals(this)) {
      throw new IllegalArgumentException("this application is a part of another one already");
    }
    app.parent = this;
  }

  private void checkChangeable() {
    if (complete != null) {
      throw new IllegalStateException("the application is being served; change it before");
    }
  }

  // ---- serving ----

  /// Serves a port of all of the machine's addresses until the task is cancelled; then ends as
  /// [HttpServer] does. In a task.
  ///
  /// @throws IOException if the port cannot be listened at
  /// @throws Exception if a [Startup] fails
  public void serve(int port) throws Exception {
    serve(List.of(Tcp.listen(port)), HttpServerOptions.DEFAULT);
  }

  /// Serves listeners until the task is cancelled.
  ///
  /// @throws Exception if a [Startup] fails
  public void serve(List<Listener> listeners, HttpServerOptions options) throws Exception {
    try (var _ = open(listeners, options)) {
      Tulip.sleepForever();
    }
  }

  /// Serves a port that several loops share, as one of [tulip.net.workers.Workers], until the task
  /// is cancelled.
  ///
  /// @throws Exception if a [Startup] fails, or the port cannot be listened at
  public void serve(Worker worker, SharedPort port, HttpServerOptions options) throws Exception {
    var lifetime = Lifetime.begin(allStartups());
    try {
      worker.serve(port, options.connections(), HttpServer.connections(options, complete()));
    } finally {
      lifetime.end();
    }
  }

  /// Begins to serve a listener, with the usual options. In a task.
  ///
  /// @throws Exception if a [Startup] fails
  public HttpServer open(Listener listener) throws Exception {
    return open(List.of(listener), HttpServerOptions.DEFAULT);
  }

  /// Begins to serve listeners, which are closed at the end. In a task.
  ///
  /// @throws Exception if a [Startup] fails; the listeners are closed then
  public HttpServer open(List<Listener> listeners, HttpServerOptions options) throws Exception {
    try {
      var lifetime = Lifetime.begin(allStartups());
      return new HttpServer(listeners, options, complete(), lifetime::end);
    } catch (Throwable t) {
      listeners.forEach(Listener::close);
      throw t;
    }
  }

  private List<Startup> allStartups() {
    var all = new ArrayList<>(startups);
    parts().forEach(part -> all.addAll(part.allStartups()));
    return all;
  }

  private Stream<WebApp> parts() {
    return Stream.concat(mounts.stream().map(Mount::app), hosts.stream().map(Host::app));
  }

  /// The application as one handler; from now on it cannot be changed.
  Handler complete() {
    if (complete == null) {
      complete = assemble();
    }
    return complete;
  }

  private Handler assemble() {
    var tree = new RouteTree();
    routes.forEach(tree::add);
    mounts.forEach(mount -> tree.mount(mount.prefix, mount.app.complete()));
    var named =
        hosts.stream().map(host -> new VirtualHost(host.name, host.app.complete())).toList();
    Handler handler = new Router(named, tree);
    for (var layer : layers.reversed()) {
      var inside = handler;
      handler = request -> layer.handle(request, inside);
    }
    return handler;
  }
}
