// SPDX-License-Identifier: Apache-2.0
package tulip.testing.loop;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import tulip.core.Cancelled;
import tulip.core.Scope;
import tulip.core.Task;
import tulip.core.Tulip;

/// Scopes: deadlines, shields, and cancellation that stays. asyncio has no counterpart; its
/// timeouts cancel once, and are lost when a block swallows that.
abstract class TimeoutPack extends CancelPack {
  private static final long SECOND = 1_000_000_000;

  // Timeouts.

  @Test
  void aBlockThatIsDoneInTimeReturnsItsResult() throws Exception {
    run(loop -> {
      assertEquals("result", Tulip.timeout(ofSeconds(2), () -> sleep(1, "result")));
      Tulip.sleep(ofSeconds(5));
      assertEquals(6 * SECOND, loop.time());
    });
  }

  static String sleep(int seconds, String result) {
    Tulip.sleep(ofSeconds(seconds));
    return result;
  }

  @Test
  void aBlockThatTakesTooLongIsCutAtItsLimit() throws Exception {
    run(loop -> {
      var thrown =
          assertThrows(
              TimeoutException.class, () -> Tulip.timeout(ofSeconds(2), () -> sleep(60, "late")));
      assertInstanceOf(Cancelled.class, thrown.getCause());
      assertEquals(2 * SECOND, loop.time());
      Tulip.sleep(ofSeconds(1));
      assertEquals(0, Task.current().cancelling());
    });
  }

  @Test
  void aLimitOfNothingCutsTheFirstWait() throws Exception {
    run(_ -> {
      assertThrows(
          TimeoutException.class,
          () ->
              Tulip.timeout(
                  ofSeconds(0),
                  () -> {
                    trail.add("begun");
                    Tulip.yield();
                    trail.add("not reached");
                  }));
      assertThrows(
          TimeoutException.class,
          () -> Tulip.timeout(ofSeconds(-1), () -> sleep(1, "not reached")));
      trail.assertIs("begun");
    });
  }

  @Test
  void aBlockThatNeedsNoWaitIsNeverTooLate() throws Exception {
    run(_ -> assertEquals("result", Tulip.timeout(ofSeconds(0), () -> "result")));
  }

  @Test
  void theFailureOfABlockIsNoTimeout() throws Exception {
    run(_ -> {
      var failure = new IOException("expected");
      assertSame(
          failure,
          assertThrows(
              IOException.class,
              () ->
                  Tulip.timeout(
                      ofSeconds(1),
                      () -> {
                        throw failure;
                      })));
      var late =
          assertThrows(
              IOException.class, () -> Tulip.timeout(ofSeconds(1), TimeoutPack::failWhenCut));
      assertInstanceOf(Cancelled.class, late.getCause());
    });
  }

  private static void failWhenCut() throws IOException {
    try {
      Tulip.sleepForever();
    } catch (Cancelled e) {
      throw new IOException("expected", e);
    }
  }

  @Test
  void theInnerLimitComesFirst() throws Exception {
    run(loop ->
        Tulip.timeout(
            ofSeconds(10),
            () -> {
              assertThrows(
                  TimeoutException.class, () -> Tulip.timeout(ofSeconds(1), Tulip::sleepForever));
              Tulip.sleep(ofSeconds(1));
              assertEquals(2 * SECOND, loop.time());
            }));
  }

  @Test
  void theOuterLimitCutsTheInnerBlockAndIsToldOutside() throws Exception {
    run(loop -> {
      assertThrows(
          TimeoutException.class,
          () ->
              Tulip.timeout(
                  ofSeconds(1),
                  () -> {
                    assertThrows(
                        Cancelled.class, () -> Tulip.timeout(ofSeconds(10), Tulip::sleepForever));
                    trail.add("inner");
                    Tulip.yield();
                    trail.add("not reached");
                  }));
      trail.assertIs("inner");
      assertEquals(SECOND, loop.time());
    });
  }

  @Test
  void ofTwoLimitsForTheSameTimeTheOuterOneTells() throws Exception {
    run(_ -> {
      var thrown =
          assertThrows(
              TimeoutException.class,
              () ->
                  Tulip.timeout(
                      ofSeconds(1),
                      () -> {
                        Tulip.timeout(ofSeconds(1), Tulip::sleepForever);
                        trail.add("not reached");
                      }));
      assertInstanceOf(Cancelled.class, thrown.getCause());
      trail.assertIs();
    });
  }

  @Test
  void aRequestInsideATimeoutIsNoTimeout() throws Exception {
    run(loop -> {
      var task = loop.createTask(() -> Tulip.timeout(ofSeconds(10), Tulip::sleepForever));
      Tulip.yield();
      task.cancel();
      task.awaitDone();
      assertTrue(task.isCancelled());
    });
  }

  // Cancellation that stays.

  /// The case that asyncio fails: it sleeps the hour, and raises no timeout.
  @Test
  void whoSwallowsCancellationGetsItAgain() throws Exception {
    run(loop -> {
      assertThrows(
          TimeoutException.class,
          () ->
              Tulip.timeout(
                  ofSeconds(1),
                  () -> {
                    assertThrows(Cancelled.class, () -> Tulip.sleep(ofHours(1)));
                    assertThrows(Cancelled.class, () -> Tulip.sleep(ofHours(1)));
                    assertThrows(Cancelled.class, Tulip::yield);
                    Tulip.sleep(ofHours(1));
                  }));
      assertEquals(SECOND, loop.time());
    });
  }

  @Test
  void everyKindOfWaitInACancelledScopeThrows() throws Exception {
    run(loop ->
        inCancelledScope(scope -> {
          assertCancelled(scope, Tulip::yield);
          assertCancelled(scope, Tulip::sleepForever);
          assertCancelled(scope, () -> Tulip.sleep(ofSeconds(1)));
          assertCancelled(scope, () -> Tulip.sleepUntil(1));
          assertCancelled(scope, () -> loop.createFuture().await());
          assertCancelled(scope, () -> Tulip.onHost(() -> trail.add("not reached")));
          trail.assertIs();
        }));
  }

  static void inCancelledScope(Consumer<Scope> block) {
    var scope = new Scope();
    scope.run(() -> {
      scope.cancel("expected");
      block.accept(scope);
    });
  }

  private static void assertCancelled(Scope scope, Runnable wait) {
    assertSame(scope, assertThrows(Cancelled.class, wait::run).scope());
  }

  @Test
  void aResultThatIsThereIsReturnedEvenInACancelledScope() throws Exception {
    run(loop ->
        inCancelledScope(_ -> {
          var future = loop.<Integer>createFuture();
          future.setResult(1);
          assertEquals(1, future.await());
        }));
  }

  @Test
  void aResultIsNotLostWhenTheScopeIsCancelledTooLate() throws Exception {
    run(loop -> {
      var future = loop.<String>createFuture();
      var scope = new Scope();
      loop.callSoon(() -> {
        future.setResult("result");
        scope.cancel();
      });
      scope.run(() -> {
        trail.add(future.await());
        Tulip.yield();
        trail.add("not reached");
      });
      trail.assertIs("result");
      assertTrue(scope.wasCancelled());
    });
  }

  @Test
  void whoSwallowsCancellationForEverDoesNotStarveTheOthers() throws Exception {
    run(loop -> {
      var scope = new Scope();
      var over = new boolean[1];
      loop.callSoon(() -> {
        scope.cancel();
        loop.callSoon(() -> loop.callSoon(() -> over[0] = true));
      });
      scope.run(() -> {
        while (!over[0]) {
          assertThrows(Cancelled.class, Tulip::sleepForever);
        }
      });
      assertFalse(scope.wasCancelled());
    });
  }
}
