// SPDX-License-Identifier: Apache-2.0
package tulip.process;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What is to run, and how.
///
/// ```java
/// var command = Command.of("git", "status").withDirectory(folder).withStderr(Stdio.MERGE);
/// ```
///
/// @param words the program and its arguments, which no shell looks at
/// @param directory where it runs; `null` for where this process does
/// @param variables of its environment; they replace those of the same name
/// @param inheritsVariables whether it also gets this process's own
/// @param stdin where it reads; a pipe if nothing else is said
/// @param stdout where it writes; a pipe
/// @param stderr where it complains; where this process does
/// @param grace how long it may take to end when it is told to, before it is killed; 5 s
/// @param descendants whether what it has started is ended with it
public record Command(
    List<String> words,
    @Nullable Path directory,
    Map<String, String> variables,
    boolean inheritsVariables,
    Stdio stdin,
    Stdio stdout,
    Stdio stderr,
    Duration grace,
    boolean descendants) {
  private static final Duration GRACE = Duration.ofSeconds(5);

  /// Checks it.
  public Command {
    words = List.copyOf(words);
    variables = Map.copyOf(variables);
    if (words.isEmpty()) {
      throw new IllegalArgumentException("a command needs a program");
    }
    if (stdin instanceof Stdio.Target || stdin.equals(Stdio.MERGE)) {
      throw new IllegalArgumentException("nothing can be read from " + stdin);
    }
    if (stdout instanceof Stdio.Source || stdout.equals(Stdio.MERGE)) {
      throw new IllegalArgumentException("the output cannot go to " + stdout);
    }
    if (stderr instanceof Stdio.Source) {
      throw new IllegalArgumentException("errors cannot go to " + stderr);
    }
    if (grace.isNegative()) {
      throw new IllegalArgumentException("grace must not be negative: " + grace);
    }
  }

  /// A program and its arguments.
  public static Command of(String... words) {
    return of(List.of(words));
  }

  /// A program and its arguments.
  public static Command of(List<String> words) {
    return new Command(
        words, null, Map.of(), true, Stdio.PIPE, Stdio.PIPE, Stdio.INHERIT, GRACE, false);
  }

  /// A line for `/bin/sh`. Whatever others have said belongs not into the line but into variables
  /// or arguments.
  public static Command shell(String line) {
    return of("/bin/sh", "-c", line);
  }

  /// The same in another folder.
  public Command withDirectory(Path directory) {
    return new Command(
        words, directory, variables, inheritsVariables, stdin, stdout, stderr, grace, descendants);
  }

  /// The same with one more variable in its environment.
  public Command withVariable(String name, String value) {
    var more = new TreeMap<>(variables);
    more.put(name, value);
    return new Command(
        words, directory, more, inheritsVariables, stdin, stdout, stderr, grace, descendants);
  }

  /// The same with these variables and no others.
  public Command withEnvironment(Map<String, String> all) {
    return new Command(words, directory, all, false, stdin, stdout, stderr, grace, descendants);
  }

  /// The same with another standard input.
  public Command withStdin(Stdio stdin) {
    return new Command(
        words, directory, variables, inheritsVariables, stdin, stdout, stderr, grace, descendants);
  }

  /// The same with another standard output.
  public Command withStdout(Stdio stdout) {
    return new Command(
        words, directory, variables, inheritsVariables, stdin, stdout, stderr, grace, descendants);
  }

  /// The same with another standard error.
  public Command withStderr(Stdio stderr) {
    return new Command(
        words, directory, variables, inheritsVariables, stdin, stdout, stderr, grace, descendants);
  }

  /// The same with another time to end in.
  public Command withGrace(Duration grace) {
    return new Command(
        words, directory, variables, inheritsVariables, stdin, stdout, stderr, grace, descendants);
  }

  /// The same with what it starts ended with it, or not.
  public Command withDescendants(boolean descendants) {
    return new Command(
        words, directory, variables, inheritsVariables, stdin, stdout, stderr, grace, descendants);
  }

  ProcessBuilder toBuilder() {
    var builder = new ProcessBuilder(words);
    if (directory != null) {
      builder.directory(directory.toFile());
    }
    if (!inheritsVariables) {
      builder.environment().clear();
    }
    builder.environment().putAll(variables);
    builder.redirectInput(input());
    builder.redirectOutput(output(stdout));
    if (stderr.equals(Stdio.MERGE)) {
      builder.redirectErrorStream(true);
    } else {
      builder.redirectError(output(stderr));
    }
    return builder;
  }

  private ProcessBuilder.Redirect input() {
    return switch (stdin) {
      case Stdio.Place.PIPE -> ProcessBuilder.Redirect.PIPE;
      case Stdio.Place.INHERIT -> ProcessBuilder.Redirect.INHERIT;
      case Stdio.Source source -> ProcessBuilder.Redirect.from(source.file().toFile());
      default -> ProcessBuilder.Redirect.from(new File("/dev/null"));
    };
  }

  private static ProcessBuilder.Redirect output(Stdio where) {
    return switch (where) {
      case Stdio.Place.PIPE -> ProcessBuilder.Redirect.PIPE;
      case Stdio.Place.INHERIT -> ProcessBuilder.Redirect.INHERIT;
      case Stdio.Target target when target.append() ->
          ProcessBuilder.Redirect.appendTo(target.file().toFile());
      case Stdio.Target target -> ProcessBuilder.Redirect.to(target.file().toFile());
      default -> ProcessBuilder.Redirect.DISCARD;
    };
  }

  @Override
  public String toString() {
    return String.join(" ", words);
  }
}
