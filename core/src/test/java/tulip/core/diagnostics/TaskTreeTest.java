// SPDX-License-Identifier: Apache-2.0
package tulip.core.diagnostics;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import tulip.core.BothEngines;
import tulip.core.EventLoop;
import tulip.core.LoopOptions.Engine;
import tulip.core.OnLoop;
import tulip.core.TaskGroup;
import tulip.core.Tulip;

class TaskTreeTest {
  @BothEngines
  void theTreeShowsGroupsScopesAndTasksInOrder(Engine engine) throws Exception {
    var text =
        OnLoop.run(
            engine,
            () -> {
              var loop = EventLoop.current();
              var loner = loop.createTask("loner", () -> Tulip.sleep(ofSeconds(9)));
              String tree;
              try (var group = TaskGroup.open()) {
                group.start("a", () -> Tulip.timeout(ofSeconds(5), TaskTreeTest::family));
                group.start("b", () -> Tulip.sleep(ofSeconds(3)));
                Tulip.sleep(ofMillis(500));
                tree = loop.snapshot().tree().toString();
                group.join();
              }
              loner.await();
              return tree;
            });
    assertEquals(
        """
        main runs
        └─ group
           ├─ a waits for task group of 2 running
           │  └─ scope, 4.5 s left
           │     └─ group
           │        ├─ a1 waits for sleep with 0.5 s left
           │        └─ a2 waits for sleep with 1.5 s left
           └─ b waits for sleep with 2.5 s left
        loner waits for sleep with 8.5 s left
        """,
        text);
  }

  private static void family() {
    try (var group = TaskGroup.open()) {
      group.start("a1", () -> Tulip.sleep(ofSeconds(1)));
      group.start("a2", () -> Tulip.sleep(ofSeconds(2)));
      group.join();
    }
  }

  @BothEngines
  void aTreeDeeperThanAnyStackIsSeenAndCutInWords(Engine engine) throws Exception {
    int depth = 5_000;
    OnLoop.run(
        engine,
        () -> {
          try (var group = TaskGroup.open()) {
            group.start(() -> nest(depth));
            Tulip.sleep(ofSeconds(1));
            var seen = EventLoop.current().snapshot();
            assertEquals(2 * depth + 3, seen.tree().rows().size());
            assertEquals(2 * depth + 2, seen.tree().rows().getLast().depth());
            assertTrue(seen.tree().toString().contains("more below level 50"));
            assertTrue(seen.awaits().toString().contains("more below level 50"));
            assertEquals(List.of(), seen.awaits().cycles());
            group.cancel();
          }
        });
  }

  private static void nest(int depth) {
    if (depth == 0) {
      Tulip.sleep(ofSeconds(60));
      return;
    }
    try (var group = TaskGroup.open()) {
      group.start(() -> nest(depth - 1));
      group.join();
    }
  }
}
