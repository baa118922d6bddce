// SPDX-License-Identifier: Apache-2.0
package tulip.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import tulip.core.Action;
import tulip.core.ErrorContext;
import tulip.core.LoopOptions;
import tulip.core.Runner;

/// Runs test code on a loop, and fails for errors that nobody caught, and for pipes, threads and
/// children that are left. Time is real, for it is what the children live in.
final class OnLoop {
  private OnLoop() {}

  static void run(LoopOptions.Engine engine, Action<Exception> test) throws Exception {
    var options = LoopOptions.DEFAULT.withEngine(engine).withInterruptible(false);
    var errors = new ArrayList<ErrorContext>();
    var pipes = pipes();
    try (var runner = Runner.open(options)) {
      runner.run(() -> runner.loop().setExceptionHandler(errors::add));
      runner.run(test);
    }
    assertEquals(List.of(), errors);
    assertEquals(List.of(), ProcessHandle.current().children().toList());
    while (!threads().isEmpty() || !pipes.containsAll(pipes())) {
      LockSupport.parkNanos(100_000); // threads end when their last read or write has
    }
  }

  /// The threads of pipes.
  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.matches("tulip-.*-std(in|out|err)"))
        .toList();
  }

  /// The pipes that this process has open.
  private static List<String> pipes() throws IOException {
    var pipes = new ArrayList<String>();
    try (var descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (var descriptor : descriptors) {
        try {
          var file = Files.readSymbolicLink(descriptor).toString();
          if (file.startsWith("pipe:")) {
            pipes.add(file);
          }
        } catch (NoSuchFileException e) {
          // it was closed just now
        }
      }
    }
    return pipes;
  }
}
