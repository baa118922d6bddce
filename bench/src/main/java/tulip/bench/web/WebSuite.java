// SPDX-License-Identifier: Apache-2.0
package tulip.bench.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tulip.bench.Child;
import tulip.bench.Figure;
import tulip.bench.Nginx;
import tulip.bench.Run;
import tulip.bench.ServerProcess;
import tulip.bench.Suite;

/// HTTP servers, each on one processor and its clients on the other.
public final class WebSuite implements Suite {
  private static final int ROUNDS = 3;
  private static final int ROUND_SECONDS = 2;

  /// How long a server is loaded before it is measured; one in Java compiles meanwhile, on the same
  /// processor.
  private static final int WARM_SECONDS = 3;

  private static final int JAVA_WARM_SECONDS = 12;
  private static final int FILE_SIZE = 1_000_000;

  private static final List<String> FLAGS =
      List.of(
          "-Xmx512m",
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  private static final Set<Case> SMALL = EnumSet.of(Case.JSON, Case.PIPELINED);
  private static final Set<Case> PAGES = EnumSet.of(Case.JSON, Case.PAGE);

  private static final Set<Case> STREAMS =
      EnumSet.of(Case.JSON, Case.PIPELINED, Case.FILE, Case.UPLOAD);

  private static final Set<Case> SOCKETS = EnumSet.of(Case.ECHO, Case.ROOM);

  private final Map<String, Peer> peers = new LinkedHashMap<>();
  private final List<String> skipped = new ArrayList<>();

  /// Nothing has been measured yet.
  public WebSuite() {}

  /// How a server is started, and what it knows to answer.
  private record Peer(Start start, Set<Case> cases, int warmSeconds) {
    Peer(Start start, Set<Case> cases) {
      this(start, cases, WARM_SECONDS);
    }
  }

  private interface Start {
    ServerProcess start() throws IOException, InterruptedException;
  }

  @Override
  public String name() {
    return "http";
  }

  @Override
  public String run(Run run) throws IOException, InterruptedException {
    var folder = run.root().resolve("bench/target/http");
    Files.createDirectories(folder);
    var file = Files.write(folder.resolve("file"), new byte[FILE_SIZE]);
    findNative(run, folder, file);
    findJava(folder, file);
    findPython(run, folder, file);
    var figures = new ArrayList<Figure>();
    var load = new Load(run.peers());
    for (var peer : peers.entrySet()) {
      measure(run, load, peer.getKey(), peer.getValue(), figures);
    }
    figures.addAll(Child.java(FLAGS, IdleConnections.class));
    return new WebReport(figures, skipped).write(run);
  }

  private static void measure(Run run, Load load, String name, Peer peer, List<Figure> figures)
      throws IOException, InterruptedException {
    try (var server = peer.start().start()) {
      for (var which : peer.cases()) {
        load.run(name, which, server, run.quick() ? 2 : peer.warmSeconds());
        for (int round = 0; round < (run.quick() ? 1 : ROUNDS); round++) {
          figures.add(load.run(name, which, server, ROUND_SECONDS));
        }
      }
    }
  }

  // The peers.

  private void findNative(Run run, Path folder, Path file)
      throws IOException, InterruptedException {
    var c = folder.resolve("http-c").toString();
    require("gcc", "-O2", "-o", c, run.peers().resolve("http.c").toString());
    peers.put("c", new Peer(() -> ServerProcess.start(folder, List.of(c)), SMALL));
    peers.put(
        "nginx",
        new Peer(() -> Nginx.start(folder), EnumSet.of(Case.JSON, Case.PIPELINED, Case.FILE)));
    if (Child.succeeds("go", "version")) {
      var go = folder.resolve("http-go").toString();
      require("go", "build", "-o", go, run.peers().resolve("http.go").toString());
      add("go", folder, STREAMS, go, file.toString());
    } else {
      skipped.add("Go is not installed: package golang-go");
    }
    if (Child.succeeds("node", "-e", "require('/usr/share/nodejs/ws')")) {
      var program = run.peers().resolve("http.js").toString();
      var cases = EnumSet.copyOf(STREAMS);
      cases.addAll(SOCKETS);
      add(
          "node",
          folder,
          cases,
          "env",
          "NODE_PATH=/usr/share/nodejs",
          "node",
          program,
          file.toString());
    } else {
      skipped.add("Node or its WebSockets are not installed: packages nodejs, node-ws");
    }
  }

  private void findJava(Path folder, Path file) {
    var all = EnumSet.allOf(Case.class);
    var vertx = EnumSet.copyOf(STREAMS);
    vertx.addAll(SOCKETS);
    var name = file.toString();
    addJava("tulip", folder, all, TulipSite.class, name, "CARRIER");
    addJava("baton", folder, SMALL, TulipSite.class, name, "BATON");
    addJava("netty", folder, SMALL, NettySite.class);
    addJava("vertx", folder, vertx, VertxSite.class, name);
    addJava("activej", folder, SMALL, ActivejSite.class);
    addJava("undertow", folder, SMALL, UndertowSite.class);
    addJava("jetty", folder, SMALL, JettySite.class);
    addJava("helidon", folder, SMALL, HelidonSite.class);
    addJava("jdk", folder, EnumSet.of(Case.JSON), JdkSite.class);
  }

  private void findPython(Run run, Path folder, Path file) throws InterruptedException {
    if (Child.succeeds(Child.PYTHON, "-c", "import aiohttp, jinja2, uvloop")) {
      var program = run.peers().resolve("http_aiohttp.py").toString();
      add("aiohttp", folder, EnumSet.allOf(Case.class), Child.PYTHON, program, file.toString());
    } else {
      skipped.add("packages python3-aiohttp, python3-jinja2, python3-uvloop");
    }
    if (Child.succeeds(Child.PYTHON, "-c", "import websockets, uvloop")) {
      add(
          "websockets",
          folder,
          SOCKETS,
          Child.PYTHON,
          run.peers().resolve("websocket.py").toString());
    } else {
      skipped.add("websockets: package python3-websockets");
    }
    for (var framework : List.of("flask", "django")) {
      if (Child.succeeds(Child.PYTHON, "-c", "import gunicorn, " + framework)) {
        var start = gunicorn(run.peers(), "http_" + framework);
        peers.put(framework, new Peer(start, PAGES));
      } else {
        skipped.add(framework + ": packages gunicorn, python3-" + framework);
      }
    }
  }

  /// One worker, since there is one processor; its threads are what keeps connections open.
  private static Start gunicorn(Path folder, String program) {
    return () -> {
      int port = ServerProcess.freePort();
      var command = new ArrayList<>(List.of("gunicorn", "--worker-class", "gthread"));
      command.addAll(List.of("--workers", "1", "--threads", "50", "--keep-alive", "60"));
      command.addAll(List.of("--log-level", "warning", "--bind", "127.0.0.1:" + port));
      command.add(program + ":app");
      return ServerProcess.start(folder, port, command);
    };
  }

  private void addJava(
      String name, Path folder, Set<Case> cases, Class<?> program, String... words) {
    var command = Child.javaCommand(FLAGS, program, words);
    peers.put(name, new Peer(() -> ServerProcess.start(folder, command), cases, JAVA_WARM_SECONDS));
  }

  private void add(String name, Path folder, Set<Case> cases, String... command) {
    peers.put(name, new Peer(() -> ServerProcess.start(folder, List.of(command)), cases));
  }

  private static void require(String... command) throws IOException, InterruptedException {
    if (!Child.succeeds(command)) {
      throw new IOException("this has failed: " + String.join(" ", command));
    }
  }
}
