// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tulip.core.sync.Lock;

class NoWaitTest {
  private static void assertRefuses(String wait, Action<Exception> waits) {
    var error = assertThrows(NoWaitError.class, () -> Tulip.noWait(waits));
    assertTrue(
        error.toString().contains(" waits for " + wait + " inside Tulip.noWait"), error::toString);
  }

  @BothEngines
  void aBlockThatDoesNotWait(LoopOptions.Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var future = EventLoop.current().<String>createFuture();
          future.setResult("there");
          assertEquals("there", Tulip.noWait(future::await));
          Tulip.sleep(ofSeconds(1));
        });
  }

  @BothEngines
  void waitsAreRefusedAndNamed(LoopOptions.Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var loop = EventLoop.current();
          var future = loop.<String>createFuture();
          assertRefuses("sleep", () -> Tulip.sleep(ofSeconds(1)));
          assertRefuses("yield", Tulip::yield);
          assertRefuses("future pending", future::await);
          assertRefuses("yield", () -> loop.createEagerTask(() -> 1));
          assertEquals(0, loop.timers.size());
          future.setResult("nobody waits");
          Tulip.sleep(ofSeconds(1));
        });
  }

  @BothEngines
  void aLockThatIsHeldIsNotTaken(LoopOptions.Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var lock = new Lock();
          try (var group = TaskGroup.open()) {
            group.start(() -> {
              lock.acquire();
              Tulip.sleep(ofSeconds(1));
              lock.release();
            });
            Tulip.yield();
            assertThrows(NoWaitError.class, () -> Tulip.noWait(lock::acquire));
            group.join();
          }
          assertFalse(lock.isLocked());
          Tulip.noWait(lock::acquire);
          assertTrue(lock.isLocked());
          lock.release();
        });
  }

  @BothEngines
  void nested(LoopOptions.Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          Tulip.noWait(() -> {
            assertEquals("inner", Tulip.noWait(() -> "inner"));
            assertThrows(NoWaitError.class, Tulip::yield);
          });
          Tulip.yield();
        });
  }

  @BothEngines
  void itEndsWithTheBlockHoweverThatEnds(LoopOptions.Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var thrown =
              assertThrows(
                  IOException.class,
                  () ->
                      Tulip.noWait(() -> {
                        throw new IOException("mine");
                      }));
          assertEquals("mine", thrown.getMessage());
          Tulip.yield();
        });
  }

  @BothEngines
  void otherTasksWaitAsTheyLike(LoopOptions.Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var seen = new ArrayList<String>();
          var task = Tulip.createTask(() -> Tulip.sleep(ofSeconds(1)));
          Tulip.noWait(() -> {
            EventLoop.current().callSoon(() -> seen.add("callback"));
            seen.add("block");
          });
          task.await();
          assertEquals(List.of("block", "callback"), seen);
        });
  }

  @BothEngines
  void aGroupEndsInOrderAndTheBlockFails(LoopOptions.Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var loop = EventLoop.current();
          int tasks = loop.taskCount();
          assertThrows(NoWaitError.class, () -> Tulip.noWait(() -> Tulip.gather(() -> 1, () -> 2)));
          assertEquals(tasks, loop.taskCount());
          Tulip.yield();
        });
  }

  @BothEngines
  void aCleanUpThatWaitedIsFoundAtTheEnd(LoopOptions.Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var error =
              assertThrows(
                  NoWaitError.class,
                  () ->
                      Tulip.noWait(() -> {
                        try (var group = TaskGroup.open()) {
                          group.start(Tulip::sleepForever);
                        }
                      }));
          assertTrue(error.toString().contains("gave its turn away"), error::toString);
        });
  }

  @BothEngines
  void inACallbackItJustRuns(LoopOptions.Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var loop = EventLoop.current();
          var answer = loop.<String>createFuture();
          loop.callSoon(() -> answer.setResult(Tulip.noWait(() -> "callback")));
          assertEquals("callback", answer.await());
        });
  }

  @ParameterizedTest
  @EnumSource(value = LoopOptions.Engine.class, names = "CARRIER")
  void aForeignWaitIsFoundAtTheEnd(LoopOptions.Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var latch = new CountDownLatch(1);
          EventLoop.current().callSoon(latch::countDown);
          var error = assertThrows(NoWaitError.class, () -> Tulip.noWait(() -> latch.await()));
          assertTrue(error.toString().contains("in foreign code"), error::toString);
        });
  }
}
