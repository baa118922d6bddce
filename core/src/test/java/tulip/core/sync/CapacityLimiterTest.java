// SPDX-License-Identifier: Apache-2.0
package tulip.core.sync;

import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tulip.core.sync.Turns.assertContains;
import static tulip.core.sync.Turns.join;
import static tulip.core.sync.Turns.settle;
import static tulip.core.sync.Turns.start;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tulip.core.BothEngines;
import tulip.core.EventLoop;
import tulip.core.LoopOptions.Engine;
import tulip.core.OnLoop;
import tulip.core.Task;
import tulip.core.Tulip;

class CapacityLimiterTest {
  private final CapacityLimiter limiter = new CapacityLimiter(2);

  @BothEngines
  void letsSoManyInAtOnce(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var inside = new int[2];
          var tasks = new ArrayList<Task<?>>();
          for (int i = 0; i < 7; i++) {
            tasks.add(
                start(
                    "t" + i,
                    () ->
                        limiter.run(() -> {
                          inside[1] = Math.max(inside[1], ++inside[0]);
                          Tulip.sleep(ofSeconds(1));
                          inside[0]--;
                        })));
          }
          join(tasks);
          assertEquals(2, inside[1]);
          assertEquals(2, limiter.available());
        });
  }

  @BothEngines
  void aTaskHasOneTokenAtMost(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          limiter.acquire();
          assertContains(
              "has a token already",
              assertThrows(IllegalStateException.class, limiter::acquire).getMessage());
          assertThrows(IllegalStateException.class, limiter::tryAcquire);
          limiter.release();
          assertEquals(0, limiter.borrowed());
        });
  }

  @BothEngines
  void onlyWhoHasATokenGivesItBack(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          limiter.acquire();
          start(
                  "thief",
                  () ->
                      assertContains(
                          "task thief has no token",
                          assertThrows(IllegalStateException.class, limiter::release).getMessage()))
              .await();
          assertThrows(IllegalStateException.class, () -> limiter.releaseOnBehalfOf("nobody"));
          limiter.release();
          assertThrows(IllegalStateException.class, limiter::release);
        });
  }

  @BothEngines
  void borrowsOnBehalfOfAnything(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          limiter.acquireOnBehalfOf("x");
          assertTrue(limiter.tryAcquireOnBehalfOf("y"));
          assertFalse(limiter.tryAcquireOnBehalfOf("z"));
          assertFalse(limiter.tryAcquire());
          assertThrows(IllegalStateException.class, () -> limiter.acquireOnBehalfOf("x"));
          assertEquals(List.of("x", "y"), limiter.statistics().borrowers());
          limiter.releaseOnBehalfOf("x");
          limiter.run(() -> assertEquals(0, limiter.available()));
          limiter.releaseOnBehalfOf("y");
        });
  }

  @BothEngines
  void aBorrowerWaitsOnceOnly(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          limiter.setTotal(0);
          var task = start("a", () -> limiter.runOnBehalfOf("x", () -> {}));
          settle();
          assertContains(
              "x waits for a token already",
              assertThrows(IllegalStateException.class, () -> limiter.acquireOnBehalfOf("x"))
                  .getMessage());
          task.cancel();
          settle();
          limiter.setTotal(1);
          limiter.runOnBehalfOf("x", () -> assertEquals(1, limiter.borrowed()));
        });
  }

  @BothEngines
  void oneTaskMayBorrowForManyAndAnotherGiveBack(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          limiter.acquireOnBehalfOf("x");
          limiter.acquireOnBehalfOf("y");
          var task = start("a", () -> limiter.run(() -> {}));
          settle();
          EventLoop.current().callSoon(() -> limiter.releaseOnBehalfOf("y"));
          task.await();
          limiter.releaseOnBehalfOf("x");
        });
  }

  @BothEngines
  void aBlockOnBehalfOfSomebodyEndsInOrder(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          assertEquals("y", limiter.runOnBehalfOf("x", () -> "y"));
          assertThrows(
              IOException.class,
              () ->
                  limiter.runOnBehalfOf(
                      "x",
                      () -> {
                        throw new IOException("x");
                      }));
          assertEquals(0, limiter.borrowed());
        });
  }

  @BothEngines
  void moreTokensLetWaitingTasksGoOnInOrder(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          limiter.setTotal(0);
          var trail = new ArrayList<String>();
          var tasks = new ArrayList<Task<?>>();
          for (var name : List.of("a", "b", "c")) {
            tasks.add(
                start(
                    name,
                    () ->
                        limiter.run(() -> {
                          trail.add(name);
                          Tulip.sleep(ofSeconds(1));
                        })));
          }
          settle();
          assertEquals(List.of(), trail);
          limiter.setTotal(2);
          settle();
          assertEquals(List.of("a", "b"), trail);
          limiter.setTotal(Integer.MAX_VALUE);
          settle();
          assertEquals(List.of("a", "b", "c"), trail);
          join(tasks);
        });
  }

  @BothEngines
  void fewerTokensTakeNoneAwayAndLetNobodyIn(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          limiter.acquireOnBehalfOf("x");
          limiter.acquireOnBehalfOf("y");
          limiter.setTotal(1);
          assertEquals(-1, limiter.available());
          assertEquals(1, limiter.total());
          var task = start("a", () -> limiter.run(() -> {}));
          settle();
          limiter.releaseOnBehalfOf("x");
          settle();
          assertFalse(task.isDone());
          limiter.releaseOnBehalfOf("y");
          task.await();
        });
  }

  @Test
  void cannotHaveADebtOfTokens() {
    assertThrows(IllegalArgumentException.class, () -> new CapacityLimiter(-1));
    assertThrows(IllegalArgumentException.class, () -> limiter.setTotal(-1));
    assertEquals(2, limiter.total());
  }

  @BothEngines
  void anotherThreadIsRefused(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          limiter.setTotal(0);
          var task = start("a", () -> limiter.acquire());
          settle();
          Tulip.blocking(() -> {
            assertThrows(IllegalStateException.class, () -> limiter.setTotal(1));
            assertThrows(IllegalStateException.class, () -> limiter.tryAcquireOnBehalfOf("x"));
            assertThrows(IllegalStateException.class, () -> limiter.releaseOnBehalfOf("x"));
          });
          limiter.setTotal(1);
          task.await();
        });
  }

  @BothEngines
  void saysWhoHasATokenAndWhoWaits(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          limiter.setTotal(1);
          limiter.acquire();
          var task = start("a", () -> limiter.run(() -> {}));
          settle();
          assertEquals(
              new CapacityLimiter.Statistics(1, List.of(Task.current()), List.of(task)),
              limiter.statistics());
          assertEquals("limiter with 1 of 1 borrowed, 1 waiting: a", limiter.toString());
          limiter.release();
          task.await();
        });
  }
}
