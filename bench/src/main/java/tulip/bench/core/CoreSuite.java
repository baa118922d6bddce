// SPDX-License-Identifier: Apache-2.0
package tulip.bench.core;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import kotlin.KotlinVersion;
import org.openjdk.jmh.runner.RunnerException;
import tulip.bench.Child;
import tulip.bench.Figure;
import tulip.bench.Jmh;
import tulip.bench.Machine;
import tulip.bench.Run;
import tulip.bench.Suite;

/// The loop beside virtual threads, jox, coroutines, goroutines and asyncio.
public final class CoreSuite implements Suite {
  private static final List<String> SLEEPERS_FLAGS =
      List.of(
          "-XX:+UseParallelGC",
          "-Xms4g",
          "-Xmx4g",
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          Work.ONE_CARRIER);

  private final List<Figure> figures = new ArrayList<>();
  private final List<String> versions = new ArrayList<>();
  private final List<String> skipped = new ArrayList<>();

  /// Nothing has been measured yet.
  public CoreSuite() {}

  @Override
  public String name() {
    return "core";
  }

  @Override
  public String run(Run run) throws IOException, InterruptedException, RunnerException {
    double loadBefore = Machine.load();
    versions.add("Kotlin " + KotlinVersion.CURRENT);
    versions.add("jox " + Jox.version());
    var log = run.root().resolve("bench/target/core-jmh.log");
    figures.addAll(Jmh.run(CoreSuite.class.getPackage(), run.quick(), log));
    runProcesses(run.quick());
    runGo(run);
    runPython(run, "asyncio", "import asyncio", "python3");
    runPython(run, "uvloop", "import uvloop", "python3-uvloop");
    return new CoreReport(figures, versions, skipped).write(run, loadBefore);
  }

  private void runProcesses(boolean quick) throws IOException, InterruptedException {
    var count = quick ? "100000" : "1000000";
    for (var peer : List.of("tulip", "jdk", "kotlin")) {
      figures.addAll(Child.java(SLEEPERS_FLAGS, Sleepers.class, peer, count));
    }
    for (var peer : List.of("tulip", "jdk")) {
      figures.addAll(Child.java(Jmh.FLAGS, Timers.class, peer, count));
    }
  }

  private void runGo(Run run) throws IOException, InterruptedException {
    if (!Child.succeeds("go", "version")) {
      skipped.add("Go is not installed: package golang-go");
      return;
    }
    versions.add(Child.firstLine("go", "version").replace("go version go", "Go "));
    var program = run.root().resolve("bench/target/core-go").toString();
    var source = run.peers().resolve("core.go").toString();
    if (Child.run(List.of("go", "build", "-o", program, source), System.err::println)) {
      runPeer(run, "go", List.of(program));
    } else {
      skipped.add("Go could not build its program");
    }
  }

  private void runPython(Run run, String peer, String probe, String debianPackage)
      throws IOException, InterruptedException {
    if (!Child.succeeds(Child.PYTHON, "-c", probe)) {
      skipped.add(peer + " is not installed: package " + debianPackage);
      return;
    }
    var version =
        peer.equals("uvloop")
            ? "uvloop "
                + Child.firstLine(Child.PYTHON, "-c", "import uvloop; print(uvloop.__version__)")
            : Child.firstLine(Child.PYTHON, "--version");
    versions.add(version);
    runPeer(run, peer, List.of(Child.PYTHON, run.peers().resolve("core.py").toString(), peer));
  }

  private void runPeer(Run run, String peer, List<String> program)
      throws IOException, InterruptedException {
    var command = new ArrayList<>(program);
    if (run.quick()) {
      command.add("--quick");
    }
    var measured = Child.figures(command);
    figures.addAll(measured);
    if (measured.stream().noneMatch(figure -> figure.name().equals(Case.SLEEPERS.id))) {
      skipped.add(peer + " failed half-way: see the output of the run");
    }
  }
}
