// SPDX-License-Identifier: Apache-2.0
package tulip.bench.keyvalue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tulip.bench.Child;
import tulip.bench.Figure;
import tulip.bench.Run;
import tulip.bench.Suite;

/// Clients of one kind of server: each a process on the first processor, one after the other, with
/// the server on the second.
abstract sealed class KeyValueSuite implements Suite permits RedisSuite, MemcachedSuite {
  private static final List<String> FLAGS =
      List.of("-Xmx512m", "--add-opens=java.base/java.lang=ALL-UNNAMED");

  final List<Figure> figures = new ArrayList<>();
  final List<String> skipped = new ArrayList<>();

  /// The command of the server.
  abstract List<String> server(String port);

  /// Those of [PeerProcess].
  abstract List<String> javaPeers();

  /// The modules of Python without which the program in `bench/peers` would do nothing.
  abstract List<String> pythonModules();

  abstract String report(Run run) throws IOException;

  @Override
  public String run(Run run) throws IOException, InterruptedException {
    var folder = run.root().resolve("bench/target/" + name());
    Files.createDirectories(folder);
    try (var server = KeyValueServer.start(folder, this::server)) {
      var port = Integer.toString(server.port());
      var seconds = run.quick() ? "1" : "4";
      for (var peer : javaPeers()) {
        measure(Child.javaCommand(FLAGS, PeerProcess.class, peer, port, seconds));
      }
      for (var module : pythonModules()) {
        measurePython(run.peers().resolve(name() + "_clients.py"), module, port, seconds);
      }
    }
    return report(run);
  }

  private void measurePython(Path program, String module, String port, String seconds)
      throws IOException, InterruptedException {
    if (Child.succeeds(Child.PYTHON, "-c", "import " + module)) {
      measure(List.of(Child.PYTHON, program.toString(), module, port, seconds));
    } else {
      skipped.add(module + " is not installed: package python3-" + module);
    }
  }

  private void measure(List<String> command) throws IOException, InterruptedException {
    var pinned = new ArrayList<>(List.of("taskset", "-c", "0"));
    pinned.addAll(command);
    figures.addAll(Child.figures(pinned));
  }
}
