// SPDX-License-Identifier: Apache-2.0
package tulip.bench.client;

import io.netty.util.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tulip.bench.Child;
import tulip.bench.Figure;
import tulip.bench.Nginx;
import tulip.bench.Run;
import tulip.bench.Suite;

/// HTTP clients, each on one processor, asking the same nginx on the other.
public final class ClientSuite implements Suite {
  private static final int ROUNDS = 5;

  private static final List<String> FLAGS =
      List.of("-Xmx512m", "--add-opens=java.base/java.lang=ALL-UNNAMED");

  private final Map<String, List<String>> peers = new LinkedHashMap<>();
  private final List<String> skipped = new ArrayList<>();

  /// Nothing has been measured yet.
  public ClientSuite() {}

  @Override
  public String name() {
    return "http-client";
  }

  @Override
  public String run(Run run) throws IOException, InterruptedException {
    findPeers(run);
    var figures = new ArrayList<Figure>();
    var folder = run.root().resolve("bench/target/http-client");
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("page"), "x".repeat(10_000));
    try (var server = Nginx.start(folder)) {
      for (var which : List.of("json", "page")) {
        for (var peer : peers.entrySet()) {
          int requests = (run.quick() ? 10_000 : 100_000) / (isSlow(peer.getKey()) ? 5 : 1);
          var command = new ArrayList<>(List.of("taskset", "-c", "1"));
          command.addAll(peer.getValue());
          command.addAll(List.of(peer.getKey(), which, server.url("/" + which)));
          command.addAll(List.of("" + requests, "" + (run.quick() ? 1 : ROUNDS)));
          figures.addAll(Child.figures(command));
        }
      }
    }
    var netty = Version.identify().get("netty-codec-http");
    return new ClientReport(figures, netty == null ? "?" : netty.artifactVersion(), skipped)
        .write(run);
  }

  private void findPeers(Run run) throws InterruptedException {
    peers.put("tulip", Child.javaCommand(FLAGS, TulipClient.class));
    peers.put("netty", Child.javaCommand(FLAGS, NettyClient.class));
    peers.put("jdk", Child.javaCommand(FLAGS, JdkClient.class));
    var program = run.peers().resolve("http_client.py").toString();
    if (Child.succeeds(Child.PYTHON, "-c", "import aiohttp, uvloop")) {
      peers.put("aiohttp-uvloop", List.of(Child.PYTHON, program, "uvloop"));
      peers.put("aiohttp", List.of(Child.PYTHON, program, "asyncio"));
    } else {
      skipped.add("aiohttp or uvloop is not installed: packages python3-aiohttp, python3-uvloop");
    }
  }

  private static boolean isSlow(String peer) {
    return peer.startsWith("aiohttp");
  }
}
