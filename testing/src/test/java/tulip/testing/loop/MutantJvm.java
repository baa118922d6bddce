// SPDX-License-Identifier: Apache-2.0
package tulip.testing.loop;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import tulip.core.EventLoop;

/// A JVM whose core is patched with a mutant, and which runs cases of the contract.
final class MutantJvm {
  private static final Path SOURCES = Path.of("..", "core", "src", "main", "java", "tulip", "core");
  private static final long LIMIT_SECONDS = 60;

  private final Path folder;

  /// @param folder where the patch and the output go
  MutantJvm(Path folder) {
    this.folder = folder;
  }

  /// Compiles a mutant.
  void patch(Mutant mutant) throws IOException {
    var file = SOURCES.resolve(mutant.file());
    var broken = folder.resolve("source").resolve(file.getFileName());
    Files.createDirectories(broken.getParent());
    Files.writeString(broken, mutant.applyTo(Files.readString(file)));
    var messages = new StringWriter();
    var writer = new PrintWriter(messages);
    int status =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(
                writer,
                writer,
                "-proc:none",
                "-nowarn",
                "-d",
                patch().toString(),
                "-cp",
                classPath(true),
                broken.toString());
    if (status != 0) {
      throw new AssertionError("the mutant \"" + mutant + "\" does not compile:\n" + messages);
    }
  }

  /// Runs cases of the carrier loop, all if none are named.
  ///
  /// @return a line for each: its status, its name, its failure
  List<String> run(String... cases) throws IOException, InterruptedException {
    Files.createDirectories(patch());
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m"));
    command.addAll(List.of("--module-path", core().toString(), "--add-modules", "tulip.core"));
    command.addAll(List.of("--patch-module", "tulip.core=" + patch()));
    command.addAll(List.of("--add-opens", "java.base/java.lang=tulip.core"));
    command.add("-Dtulip.conformance.folder=" + folder);
    command.addAll(List.of("-cp", classPath(false), ChildRun.class.getName()));
    command.add(CarrierLoopTest.class.getName());
    command.addAll(List.of(cases));
    var output = folder.resolve("output.txt");
    var process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
      throw new AssertionError("the child hangs; it has printed:\n" + Files.readString(output));
    }
    return Files.readAllLines(output);
  }

  private Path patch() {
    return folder.resolve("patch");
  }

  /// Where the core's classes are: a folder or a jar.
  private static Path core() {
    try {
      return Path.of(EventLoop.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private static String classPath(boolean withCore) {
    var core = core();
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> withCore || !Path.of(entry).toAbsolutePath().equals(core))
        .reduce((left, right) -> left + File.pathSeparator + right)
        .orElseThrow();
  }
}
