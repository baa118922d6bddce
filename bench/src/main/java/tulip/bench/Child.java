// SPDX-License-Identifier: Apache-2.0
package tulip.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// A process that measures something and prints its figures, a line of JSON each.
public final class Child {
  /// The interpreter of Debian's packages, which has asyncio's companions if they are installed.
  public static final String PYTHON = "/usr/bin/python3";

  private static final long PATIENCE_SECONDS = 240;

  private Child() {}

  /// Whether a program is there and does what it is asked without complaint.
  public static boolean succeeds(String... command) throws InterruptedException {
    try {
      var process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false; // there is no such program
    }
  }

  /// Runs a class of this class path with this JVM.
  public static List<Figure> java(List<String> flags, Class<?> main, String... args)
      throws IOException, InterruptedException {
    return figures(javaCommand(flags, main, args));
  }

  /// The command that runs a class of this class path with this JVM.
  public static List<String> javaCommand(List<String> flags, Class<?> main, String... args) {
    var command = new ArrayList<String>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.addAll(flags);
    command.add("--class-path");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(List.of(args));
    return command;
  }

  /// Runs a program and reads its figures. What went wrong is told on standard error, and the
  /// figures before that count.
  public static List<Figure> figures(List<String> command)
      throws IOException, InterruptedException {
    var figures = new ArrayList<Figure>();
    run(
        command,
        line -> {
          var figure = Figure.parse(line);
          if (figure != null) {
            figures.add(figure);
          }
        });
    return figures;
  }

  /// The first line that a program prints, such as its version.
  public static String firstLine(String... command) throws IOException, InterruptedException {
    var lines = new ArrayList<String>();
    run(List.of(command), lines::add);
    return lines.isEmpty() ? "" : lines.getFirst();
  }

  /// Runs a program to its end.
  ///
  /// @return whether it ended well
  public static boolean run(List<String> command, Consumer<String> line)
      throws IOException, InterruptedException {
    System.err.println("# " + String.join(" ", command).replaceAll("--class-path \\S+ ", ""));
    var process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    var end = Thread.ofPlatform().daemon().start(() -> endLate(process));
    try (var output = process.inputReader()) {
      output.lines().forEach(line);
    }
    int status = process.waitFor();
    end.interrupt();
    if (status != 0) {
      System.err.println("# failed with status " + status + ": " + command.getFirst());
    }
    return status == 0;
  }

  private static void endLate(Process process) {
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      // it has ended
    }
  }
}
