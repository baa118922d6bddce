// SPDX-License-Identifier: Apache-2.0
package tulip.it;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// A JVM of its own, with Tulip on the module path and the tests on the class path.
public final class ChildJvm {
  /// How a run ended, and what it wrote.
  public record Run(int status, String out, String err) {}

  private static final int PATIENCE_SECONDS = 45;
  private static final int DUMP_SECONDS = 3;

  private final List<String> launcher = new ArrayList<>();
  private final List<String> options = new ArrayList<>();
  private final Map<String, String> environment = new HashMap<>();

  private ChildJvm() {}

  /// A JVM with the flag that the carrier engine needs.
  public static ChildJvm withFlag() {
    return withoutFlag().options("--add-opens", "java.base/java.lang=tulip.core");
  }

  /// A JVM without it.
  public static ChildJvm withoutFlag() {
    return onClassPath().options("--module-path", modulePath(), "--add-modules", "ALL-MODULE-PATH");
  }

  /// A JVM with Tulip on the class path, and without the flag.
  public static ChildJvm onClassPath() {
    return new ChildJvm().options("-XX:+UseSerialGC", "-Xmx512m");
  }

  /// The path of all modules of the house that need no others.
  public static String modulePath() {
    return House.selfContained().stream().map(Path::toString).collect(joining(":"));
  }

  /// More options of the JVM.
  public ChildJvm options(String... more) {
    options.addAll(List.of(more));
    return this;
  }

  /// A program that starts it: the command of the JVM follows these words.
  public ChildJvm under(String... words) {
    launcher.addAll(List.of(words));
    return this;
  }

  /// A variable of its environment.
  public ChildJvm environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /// Starts a program, and lets it run to its end.
  public Run run(Class<?> main, String... arguments) throws IOException, InterruptedException {
    try (var child = start(main, arguments)) {
      return child.end();
    }
  }

  /// Starts a program.
  public Child start(Class<?> main, String... arguments) throws IOException {
    var command = new ArrayList<String>(launcher);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("--class-path", System.getProperty("java.class.path")));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    Path err = Files.createTempFile("tulip-child", ".err");
    var builder = new ProcessBuilder(command).redirectError(err.toFile());
    builder.environment().remove("JDK_JAVA_OPTIONS");
    builder.environment().putAll(environment);
    return new Child(builder.start(), err);
  }

  /// A program that runs. One that hangs is asked for a thread dump, and killed.
  public static final class Child implements AutoCloseable {
    private final Process process;
    private final Path err;
    private final BufferedReader lines;
    private final StringBuilder out = new StringBuilder();

    private Child(Process process, Path err) {
      this.process = process;
      this.err = err;
      lines = process.inputReader();
      later(PATIENCE_SECONDS, () -> signal("QUIT"));
      later(PATIENCE_SECONDS + DUMP_SECONDS, process::destroyForcibly);
    }

    private static void later(int seconds, Runnable action) {
      CompletableFuture.delayedExecutor(seconds, TimeUnit.SECONDS).execute(action);
    }

    /// Reads on until the program has written this line.
    public void awaitLine(String expected) throws IOException {
      while (true) {
        var line = lines.readLine();
        if (line == null) {
          fail("no line '" + expected + "' but:\n" + out + Files.readString(err));
        }
        out.append(line).append('\n');
        if (expected.equals(line)) {
          return;
        }
      }
    }

    /// Writes a line to the program's standard input.
    public void writeLine(String line) throws IOException {
      var writer = process.outputWriter();
      writer.write(line + "\n");
      writer.flush();
    }

    /// Sends a signal, such as `INT`.
    public void signal(String name) {
      try {
        if (process.isAlive()) {
          new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
        }
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    /// Waits until the program has ended.
    public Run end() throws IOException, InterruptedException {
      lines.lines().forEach(line -> out.append(line).append('\n'));
      return new Run(process.waitFor(), out.toString(), Files.readString(err));
    }

    @Override
    public void close() throws IOException {
      process.destroyForcibly();
      Files.deleteIfExists(err);
    }
  }
}
