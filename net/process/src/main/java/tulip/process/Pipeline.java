// SPDX-License-Identifier: Apache-2.0
package tulip.process;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import tulip.core.Cancelled;
import tulip.core.Tulip;
import tulip.net.ByteStream;

/// Several programs, each of which reads what the one before it writes: `a | b | c`. The pipes
/// between them are the kernel's alone.
///
/// ```java
/// try (var pipeline = Pipeline.start(Command.of("ls"), Command.of("wc", "-l"))) {
///   System.out.println(pipeline.stdout().readLine());
/// }
/// ```
public final class Pipeline implements AutoCloseable {
  private final List<Subprocess> processes;

  private Pipeline(List<Subprocess> processes) {
    this.processes = processes;
  }

  /// Starts all programs.
  ///
  /// @param commands in their order; all but the first have a pipe as input, all but the last as
  ///   output
  /// @throws IOException if one cannot be started; then none runs
  public static Pipeline start(Command... commands) throws IOException {
    var builders = new ArrayList<ProcessBuilder>();
    for (var command : commands) {
      builders.add(command.toBuilder());
    }
    var started = new AtomicReference<List<Process>>();
    try {
      Tulip.blocking(() -> started.set(ProcessBuilder.startPipeline(builders)));
    } catch (Cancelled e) {
      var processes = started.get();
      if (processes != null) {
        of(commands, processes).close();
      }
      throw e;
    }
    return of(commands, started.get());
  }

  private static Pipeline of(Command[] commands, List<Process> started) {
    var processes = new ArrayList<Subprocess>();
    for (int i = 0; i < commands.length; i++) {
      boolean last = i == commands.length - 1;
      processes.add(new Subprocess(commands[i], started.get(i), i == 0, last));
    }
    return new Pipeline(List.copyOf(processes));
  }

  /// The programs in their order.
  public List<Subprocess> processes() {
    return processes;
  }

  /// The standard input of the first one.
  public ByteStream stdin() {
    return processes.getFirst().stdin();
  }

  /// The standard output of the last one.
  public ByteStream stdout() {
    return processes.getLast().stdout();
  }

  /// Waits for the end of all.
  ///
  /// @return their exit codes
  public List<Integer> waitFor() {
    return processes.stream().map(Subprocess::waitFor).toList();
  }

  /// Ends those that still run, all at once, and closes their pipes; in a cancelled scope too.
  @Override
  public void close() {
    processes.forEach(Subprocess::terminate);
    Tulip.shield(() -> {
      Tulip.gather(
          processes,
          process -> {
            process.close();
            return process;
          });
    });
  }
}
