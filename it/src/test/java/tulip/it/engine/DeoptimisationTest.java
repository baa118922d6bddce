// SPDX-License-Identifier: Apache-2.0
package tulip.it.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tulip.core.EventLoop;
import tulip.core.LoopOptions;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.it.ChildJvm;

/// When the compiler has never seen a task end it guesses that none ever will, and each end costs a
/// deoptimisation: several microseconds. So the engine lets one end before the first real one.
class DeoptimisationTest {
  private static final int TASKS = 100_000;

  @Test
  void tasksEndWithoutDeoptimisation(@TempDir Path folder) throws Exception {
    var log = folder.resolve("deoptimisation.log");
    var run =
        ChildJvm.withFlag()
            .options("-Xmx1g", "-Xlog:deoptimization=debug:file=" + log)
            .run(ManyTasks.class);
    assertEquals(new ChildJvm.Run(0, "carrier\n", ""), run);
    List<String> lines = Files.readAllLines(log);
    assertTrue(lines.size() > 0, "nothing was logged");
    assertTrue(lines.size() < TASKS / 20, () -> lines.size() + ":\n" + lines.subList(0, 5));
  }

  /// Starts all, then wakes all, so that the first ends when the compiler has seen many starts.
  static final class ManyTasks {
    public static void main(String[] arguments) {
      Tulip.run(
          LoopOptions.DEFAULT,
          () -> {
            var loop = EventLoop.current();
            System.out.println(loop.engine());
            var go = loop.<String>createFuture();
            try (var group = TaskGroup.open()) {
              for (int i = 0; i < TASKS; i++) {
                group.start(go::await);
                if (i % 100 == 0) {
                  Tulip.yield();
                }
              }
              go.setResult("go");
              group.join();
            }
          });
    }
  }
}
