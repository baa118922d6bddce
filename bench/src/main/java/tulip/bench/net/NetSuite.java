// SPDX-License-Identifier: Apache-2.0
package tulip.bench.net;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tulip.bench.Child;
import tulip.bench.Figure;
import tulip.bench.Run;
import tulip.bench.ServerProcess;
import tulip.bench.Suite;

/// Echo servers and downloads over TLS, each server on one processor and its client on the other.
public final class NetSuite implements Suite {
  private static final int ROUNDS = 3;
  private static final int IDLE = 10_000;

  private static final String HEAP = "-Xmx512m";

  private static final List<String> FLAGS =
      List.of(HEAP, "--add-opens=java.base/java.lang=ALL-UNNAMED");

  private final List<Figure> figures = new ArrayList<>();
  private final Map<String, List<String>> echoes = new LinkedHashMap<>();
  private final Map<String, List<String>> downloads = new LinkedHashMap<>();
  private final List<String> skipped = new ArrayList<>();

  /// Nothing has been measured yet.
  public NetSuite() {}

  @Override
  public String name() {
    return "net";
  }

  @Override
  public String run(Run run) throws IOException, InterruptedException {
    var folder = run.root().resolve("bench/target/net");
    Files.createDirectories(folder);
    var client = new Client(compileC(run, folder, "netload"));
    findEchoes(run, folder);
    findDownloads(run, folder);
    for (var peer : echoes.entrySet()) {
      measure(run, client, folder, peer.getKey(), peer.getValue());
    }
    for (var peer : downloads.entrySet()) {
      try (var server = ServerProcess.start(folder, peer.getValue())) {
        client.download(peer.getKey(), server);
        for (int round = 0; round < ROUNDS; round++) {
          figures.add(client.download(peer.getKey(), server));
        }
      }
    }
    return new NetReport(figures, skipped).write(run);
  }

  private void measure(Run run, Client client, Path folder, String peer, List<String> command)
      throws IOException, InterruptedException {
    try (var server = ServerProcess.start(folder, command)) {
      for (var which : Case.values()) {
        client.load(peer, which, server, run.quick() ? 2 : 12);
        for (int round = 0; round < ROUNDS; round++) {
          figures.add(client.load(peer, which, server, run.quick() ? 1 : 3));
        }
      }
    }
    try (var server = ServerProcess.start(folder, withLittleGarbage(command))) {
      client.load(peer, Case.CLOSE, server, run.quick() ? 2 : 5);
      figures.add(new Figure(peer, "idle", 0, 0).with("bytes", client.idle(server, IDLE)));
    }
  }

  /// What the collector has not come to yet is not what a connection needs.
  private static List<String> withLittleGarbage(List<String> command) {
    var limited = new ArrayList<>(command);
    int heap = limited.indexOf(HEAP);
    if (heap >= 0) {
      limited.add(heap, "-Xmn8m");
    }
    return limited;
  }

  // The peers.

  private void findEchoes(Run run, Path folder) throws IOException, InterruptedException {
    echoes.put("c", List.of(compileC(run, folder, "net").toString()));
    echoes.put("tulip", java(TulipServer.class, "copy"));
    echoes.put("tulip-read", java(TulipServer.class, "read"));
    echoes.put("baton", java(TulipServer.class, "baton"));
    echoes.put("netty", java(NettyServer.class, "epoll"));
    echoes.put("netty-nio", java(NettyServer.class, "nio"));
    if (Child.succeeds(Child.PYTHON, "-c", "import uvloop")) {
      var program = run.peers().resolve("net.py").toString();
      echoes.put("uvloop", List.of(Child.PYTHON, program, "protocol"));
      echoes.put("uvloop-streams", List.of(Child.PYTHON, program, "streams"));
    } else {
      skipped.add("uvloop is not installed: package python3-uvloop");
    }
    if (Child.succeeds("go", "version")) {
      echoes.put("go", List.of(compileGo(run, folder)));
    } else {
      skipped.add("Go is not installed: package golang-go");
    }
  }

  private void findDownloads(Run run, Path folder) throws IOException, InterruptedException {
    int size = run.quick() ? 256 << 20 : 1 << 30;
    try (var big = new RandomAccessFile(folder.resolve("big").toFile(), "rw")) {
      big.setLength(size);
    }
    require(
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30"
            + " -subj /CN=localhost -keyout %1$s/key.pem -out %1$s/chain.pem".formatted(folder));
    var chain = folder.resolve("chain.pem").toString();
    var key = folder.resolve("key.pem").toString();
    downloads.put(
        "openssl",
        List.of(
            "openssl",
            "s_server",
            "-WWW",
            "-tls1_3",
            "-accept",
            "127.0.0.1:0",
            "-cert",
            chain,
            "-key",
            key));
    downloads.put("tulip", java(TulipServer.class, "download", chain, key, "" + size));
    if (echoes.containsKey("go")) {
      downloads.put("go", List.of(folder.resolve("go").toString(), chain, key, "" + size));
    }
  }

  private static List<String> java(Class<?> main, String... words) {
    return Child.javaCommand(FLAGS, main, words);
  }

  private static Path compileC(Run run, Path folder, String name)
      throws IOException, InterruptedException {
    var program = folder.resolve(name);
    require("gcc -O2 -o %s %s/%s.c".formatted(program, run.peers(), name));
    return program;
  }

  private static String compileGo(Run run, Path folder) throws IOException, InterruptedException {
    var program = folder.resolve("go").toString();
    require("go build -o %s %s/net.go".formatted(program, run.peers()));
    return program;
  }

  private static void require(String command) throws IOException, InterruptedException {
    if (!Child.succeeds(command.split(" ", -1))) {
      throw new IOException("this has failed: " + command);
    }
  }
}
