// SPDX-License-Identifier: Apache-2.0
package tulip.testing.loop;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import tulip.core.Action;
import tulip.core.Cancelled;
import tulip.core.EventLoop;
import tulip.core.Scope;
import tulip.core.Task;
import tulip.core.Tulip;

/// Scopes: cancelled from outside, with a deadline that moves, shielded. asyncio has no
/// counterpart.
abstract class ScopePack extends TimeoutPack {
  private static final long SECOND = 1_000_000_000;

  // Scopes.

  @Test
  void aScopeIsCancelledFromOutside() throws Exception {
    run(loop -> {
      var scope = new Scope();
      loop.callLater(ofSeconds(1), () -> scope.cancel("no longer wanted"));
      assertNull(scope.run(() -> sleep(60, "late")));
      assertTrue(scope.isCancelled());
      assertTrue(scope.wasCancelled());
      assertFalse(scope.isExpired());
      assertEquals("no longer wanted", scope.reason());
      assertEquals(SECOND, loop.time());
      Tulip.sleep(ofSeconds(1));
    });
  }

  @Test
  void aScopeReturnsWhatItsBlockReturns() throws Exception {
    run(_ -> {
      var scope = new Scope();
      assertEquals("result", scope.run(() -> sleep(1, "result")));
      assertFalse(scope.isCancelled());
      assertFalse(scope.wasCancelled());
    });
  }

  @Test
  void aScopeCancelledBeforehandCutsTheFirstWait() throws Exception {
    run(_ -> {
      var scope = new Scope();
      scope.cancel();
      scope.run(() -> {
        trail.add("begun");
        Tulip.yield();
        trail.add("not reached");
      });
      trail.assertIs("begun");
      assertTrue(scope.wasCancelled());
    });
  }

  @Test
  void cancellingAfterTheBlockDoesNothing() throws Exception {
    run(_ -> {
      var scope = new Scope();
      scope.run(() -> {});
      scope.cancel();
      Tulip.yield();
      assertFalse(scope.wasCancelled());
    });
  }

  @Test
  void cancellingTwiceKeepsTheFirstReason() throws Exception {
    run(_ -> {
      var scope = new Scope();
      scope.cancel("first");
      scope.cancel("second");
      assertEquals("first", scope.reason());
    });
  }

  @Test
  void aScopeIsUsedOnce() throws Exception {
    run(_ -> {
      var scope = new Scope();
      scope.run(() -> assertThrows(IllegalStateException.class, () -> scope.run(() -> {})));
      assertThrows(IllegalStateException.class, () -> scope.run(() -> {}));
    });
  }

  @Test
  void theInnermostScopeIsTheCurrentOne() throws Exception {
    run(_ -> {
      var before = Scope.current();
      assertSame(Task.current().taskScope(), before);
      var scope = new Scope();
      scope.run(() -> assertSame(scope, Scope.current()));
      assertSame(before, Scope.current());
    });
  }

  @Test
  void anInnerScopeDoesNotTouchTheOuterOne() throws Exception {
    run(_ -> {
      var outer = new Scope();
      outer.run(() -> {
        var inner = new Scope();
        inner.cancel();
        inner.run(Tulip::sleepForever);
        assertTrue(inner.wasCancelled());
        Tulip.sleep(ofSeconds(1));
        trail.add("outer goes on");
      });
      assertFalse(outer.wasCancelled());
      trail.assertIs("outer goes on");
    });
  }

  @Test
  void theOutermostCancelledScopeCatches() throws Exception {
    run(_ -> {
      var outer = new Scope();
      var inner = new Scope();
      outer.run(() -> {
        inner.cancel();
        outer.cancel();
        inner.run(Tulip::sleepForever);
        trail.add("not reached");
      });
      assertTrue(outer.wasCancelled());
      assertFalse(inner.wasCancelled());
      trail.assertIs();
    });
  }

  @Test
  void aDeadlineCanBeMoved() throws Exception {
    run(loop -> {
      var scope = new Scope().timeout(ofSeconds(1));
      scope.run(() -> {
        assertEquals(SECOND, scope.deadline());
        scope.deadline(5 * SECOND);
        Tulip.sleep(ofSeconds(2));
        scope.deadline(3 * SECOND);
        Tulip.sleepForever();
      });
      assertTrue(scope.isExpired());
      assertTrue(scope.wasCancelled());
      assertEquals(3 * SECOND, loop.time());
    });
  }

  @Test
  void aDeadlineCanBeTakenAway() throws Exception {
    run(_ -> {
      var scope = new Scope().timeout(ofSeconds(1));
      scope.run(() -> {
        scope.deadline(Long.MAX_VALUE);
        Tulip.sleep(ofMinutes(1));
      });
      assertFalse(scope.isExpired());
    });
  }

  @Test
  void cancellingATasksScopeEndsAllThatItIsIn() throws Exception {
    run(loop -> {
      var task =
          loop.createTask(() -> {
            try {
              new Scope().run((Action<?>) () -> new Scope().run(Tulip::sleepForever));
              trail.add("not reached");
            } finally {
              assertThrows(Cancelled.class, Tulip::yield);
              trail.add("again");
            }
          });
      Tulip.yield();
      task.taskScope().cancel("whole");
      task.awaitDone();
      assertTrue(task.isCancelled());
      trail.assertIs("again");
    });
  }

  @Test
  void aHundredScopesDeepIsStillInside() throws Exception {
    run(_ -> {
      var outer = new Scope().timeout(ofSeconds(1));
      outer.run(() -> nest(100));
      assertTrue(outer.wasCancelled());
    });
  }

  private static void nest(int left) {
    if (left == 0) {
      Tulip.sleepForever();
    }
    new Scope().run(() -> nest(left - 1));
  }

  // Shields.

  @Test
  void aShieldKeepsTheOuterScopeOut() throws Exception {
    run(loop -> {
      assertThrows(
          TimeoutException.class,
          () ->
              Tulip.timeout(
                  ofSeconds(1),
                  () -> {
                    trail.add(Tulip.shield(() -> sleep(5, "shielded")));
                    Tulip.yield();
                    trail.add("not reached");
                  }));
      trail.assertIs("shielded");
      assertEquals(5 * SECOND, loop.time());
    });
  }

  @Test
  void aShieldKeepsARequestBackUntilItsEnd() throws Exception {
    run(loop -> {
      var task =
          loop.createTask(() -> {
            trail.add(Tulip.shield(() -> sleep(5, "shielded")));
            Tulip.yield();
            trail.add("not reached");
          });
      Tulip.yield();
      task.cancel();
      task.awaitDone();
      assertTrue(task.isCancelled());
      trail.assertIs("shielded");
    });
  }

  @Test
  void aLimitInsideAShieldHolds() throws Exception {
    run(loop ->
        inCancelledScope(_ -> {
          Tulip.shield(() ->
              assertThrows(
                  TimeoutException.class, () -> Tulip.timeout(ofSeconds(1), Tulip::sleepForever)));
          assertEquals(SECOND, loop.time());
        }));
  }

  @Test
  void aShieldCanBeLowered() throws Exception {
    run(loop -> {
      var outer = new Scope();
      var inner = new Scope().shield(true);
      outer.cancel();
      loop.callLater(ofSeconds(1), () -> inner.shield(false));
      outer.run(() -> {
        assertTrue(inner.isShielded());
        inner.run(() -> sleep(60, "late"));
        trail.add("not reached");
      });
      assertTrue(outer.wasCancelled());
      assertEquals(SECOND, loop.time());
      trail.assertIs();
    });
  }

  @Test
  void cleanUpWaitsUnderAShield() throws Exception {
    run(loop -> {
      var task = loop.createTask(() -> cleanUp(loop));
      Tulip.yield();
      task.taskScope().cancel();
      task.awaitDone();
      assertTrue(task.isCancelled());
      trail.assertIs("cleaned up");
    });
  }

  private void cleanUp(EventLoop loop) {
    try {
      Tulip.sleepForever();
    } finally {
      Tulip.shield(() -> Tulip.sleep(ofSeconds(1)));
      assertEquals(SECOND, loop.time());
      trail.add("cleaned up");
    }
  }
}
