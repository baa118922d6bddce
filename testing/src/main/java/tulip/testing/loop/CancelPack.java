// SPDX-License-Identifier: Apache-2.0
package tulip.testing.loop;

import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import tulip.core.Cancelled;
import tulip.core.Task;
import tulip.core.Tulip;

/// Cancelling tasks as asyncio has it: requests that are counted, and end one wait each.
abstract class CancelPack extends TaskPack {
  // Cancelling.

  @Test
  void aCancelledWaitThrowsWithTheReason() throws Exception {
    run(loop -> {
      var task =
          loop.createTask(() -> {
            var thrown = assertThrows(Cancelled.class, Tulip::sleepForever);
            assertNull(thrown.scope());
            return thrown.reason();
          });
      Tulip.yield();
      assertTrue(task.cancel("no longer wanted"));
      assertEquals("no longer wanted", task.await());
    });
  }

  @Test
  void aTaskThatGivesWayIsCancelled() throws Exception {
    run(loop -> {
      var task = loop.createTask(Tulip::sleepForever);
      Tulip.yield();
      assertTrue(task.cancel());
      assertFalse(task.isDone());
      assertThrows(CancellationException.class, task::await);
      assertTrue(task.isCancelled());
      assertFalse(task.cancel());
    });
  }

  /// In asyncio the code of a task that is cancelled early never runs, and cannot clean up.
  @Test
  void aTaskAlwaysGetsItsFirstTurn() throws Exception {
    run(loop -> {
      var task =
          loop.createTask(() -> {
            trail.add("first turn");
            try {
              Tulip.yield();
            } finally {
              trail.add("cleaned up");
            }
          });
      task.cancel();
      task.awaitDone();
      assertTrue(task.isCancelled());
      trail.assertIs("first turn", "cleaned up");
    });
  }

  @Test
  void aTaskThatDoesNotWaitAgainIsNotCancelled() throws Exception {
    run(loop -> {
      var task = loop.createTask(() -> "result");
      task.cancel();
      assertEquals("result", task.await());
      assertFalse(task.isCancelled());
      assertEquals(1, task.cancelling());
    });
  }

  @Test
  void aRequestEndsOneWait() throws Exception {
    run(loop -> {
      var task =
          loop.createTask(() -> {
            assertThrows(Cancelled.class, Tulip::sleepForever);
            Tulip.sleep(ofSeconds(1));
            return "went on";
          });
      Tulip.yield();
      task.cancel();
      assertEquals("went on", task.await());
      assertFalse(task.isCancelled());
    });
  }

  @Test
  void twoRequestsBeforeTheTurnEndOneWait() throws Exception {
    run(loop -> {
      var task =
          loop.createTask(() -> {
            assertThrows(Cancelled.class, Tulip::sleepForever);
            Tulip.sleep(ofSeconds(1));
            return Task.current().cancelling();
          });
      Tulip.yield();
      task.cancel();
      task.cancel();
      assertEquals(2, task.cancelling());
      assertEquals(2, task.await());
    });
  }

  @Test
  void eachRequestThatIsSeenEndsAWait() throws Exception {
    run(loop -> {
      var task =
          loop.createTask(() -> {
            assertThrows(Cancelled.class, Tulip::sleepForever);
            trail.add("once");
            assertThrows(Cancelled.class, Tulip::sleepForever);
            trail.add("twice");
          });
      Tulip.yield();
      task.cancel();
      Tulip.yield();
      trail.assertIs("once");
      task.cancel();
      task.await();
      trail.assertIs("once", "twice");
    });
  }

  @Test
  void requestsAreCountedAndTakenBack() throws Exception {
    run(loop -> {
      var task = loop.createTask(() -> 1);
      assertEquals(0, task.cancelling());
      assertEquals(0, task.uncancel());
      task.cancel();
      task.cancel();
      assertEquals(2, task.cancelling());
      assertEquals(1, task.uncancel());
      assertEquals(0, task.uncancel());
      assertEquals(0, task.uncancel());
      assertEquals(1, task.await());
    });
  }

  @Test
  void aRequestTakenBackInTimeEndsNoWait() throws Exception {
    run(loop -> {
      var task =
          loop.createTask(() -> {
            Task.current().cancel();
            Task.current().uncancel();
            Tulip.sleep(ofSeconds(1));
            return "not cancelled";
          });
      assertEquals("not cancelled", task.await());
    });
  }

  @Test
  void takingOneOfTwoRequestsBackLeavesTheOther() throws Exception {
    run(loop -> {
      var task =
          loop.createTask(() -> {
            Task.current().cancel();
            Task.current().cancel();
            Task.current().uncancel();
            Tulip.sleep(ofSeconds(1));
          });
      task.awaitDone();
      assertTrue(task.isCancelled());
    });
  }

  @Test
  void aTaskMayCancelItself() throws Exception {
    run(loop -> {
      var done = loop.<Integer>createFuture();
      done.setResult(1);
      var task =
          loop.createTask(() -> {
            Task.current().cancel("by itself");
            trail.add("goes on");
            trail.add(done.await());
            Tulip.yield();
            trail.add("not reached");
          });
      task.awaitDone();
      assertTrue(task.isCancelled());
      trail.assertIs("goes on", 1);
    });
  }

  @Test
  void aCleanUpMayWaitAfterARequest() throws Exception {
    run(loop -> {
      var task =
          loop.createTask(() -> {
            try {
              Tulip.sleepForever();
            } finally {
              Tulip.sleep(ofSeconds(1));
              trail.add("cleaned up");
            }
          });
      Tulip.yield();
      task.cancel();
      task.awaitDone();
      assertTrue(task.isCancelled());
      trail.assertIs("cleaned up");
    });
  }

  @Test
  void aFailureDuringCleanUpIsTheFailure() throws Exception {
    run(loop -> {
      var task =
          loop.createTask(() -> {
            try {
              Tulip.sleepForever();
            } catch (Cancelled e) {
              throw new IOException("expected", e);
            }
          });
      Tulip.yield();
      task.cancel();
      task.awaitDone();
      assertFalse(task.isCancelled());
      assertInstanceOf(IOException.class, task.exception());
    });
  }

  @Test
  void catchingExceptionsDoesNotCatchCancellation() throws Exception {
    run(loop -> {
      var task =
          loop.createTask(() -> {
            try {
              Tulip.sleepForever();
            } catch (Exception e) {
              trail.add("caught");
            }
          });
      Tulip.yield();
      task.cancel();
      task.awaitDone();
      assertTrue(task.isCancelled());
      trail.assertIs();
    });
  }

  /// asyncio passes the request on to the awaited task; in Tulip waiting is observing.
  @Test
  void cancellingWhoWaitsLeavesTheAwaitedTaskAlone() throws Exception {
    run(loop -> {
      var inner =
          loop.createTask(() -> {
            Tulip.sleep(ofSeconds(1));
            return "result";
          });
      var outer = loop.createTask(inner::await);
      Tulip.yield();
      outer.cancel();
      outer.awaitDone();
      assertTrue(outer.isCancelled());
      assertFalse(inner.isDone());
      assertEquals("result", inner.await());
    });
  }

  @Test
  void anInterruptOfATasksThreadIsARequest() throws Exception {
    run(loop -> {
      var task = loop.createTask(Tulip::sleepForever);
      Tulip.yield();
      task.thread().interrupt();
      task.awaitDone();
      assertTrue(task.isCancelled());
      assertEquals(1, task.cancelling());
    });
  }

  @Test
  void whatIsLeftIsCancelledWhenTheMainTaskEnds() throws Exception {
    tasksMayBeLeft();
    run(loop -> {
      for (int i = 0; i < 3; i++) {
        int number = i;
        loop.createTask(() -> {
          try {
            Tulip.sleepForever();
          } finally {
            Tulip.shield(() -> Tulip.sleep(ofSeconds(1)));
            trail.add(number);
          }
        });
      }
      Tulip.yield();
    });
    assertEquals(List.of("0", "1", "2"), trail.marks().stream().sorted().toList());
  }

  @Test
  void theMainTasksExceptionComesOutAsItIs() {
    var failure = new IOException("expected");
    var thrown =
        assertThrows(
            IOException.class,
            () ->
                run(_ -> {
                  throw failure;
                }));
    assertSame(failure, thrown);
  }

  @Test
  void aTaskAndWhatItWaitsForMayBeCancelledInOneTurn() throws Exception {
    run(loop -> {
      var future = loop.<String>createFuture();
      var asked = loop.createTask(future::await);
      var told = loop.createTask(future::await);
      Tulip.yield();
      asked.cancel();
      future.cancel();
      told.cancel();
      asked.awaitDone();
      told.awaitDone();
      assertTrue(asked.isCancelled());
      assertInstanceOf(CancellationException.class, told.exception());
    });
  }

  @Test
  void aCleanUpMayHaveALimitAfterARequest() throws Exception {
    run(loop -> {
      var task =
          loop.createTask(() -> {
            try {
              Tulip.sleepForever();
            } finally {
              assertThrows(
                  TimeoutException.class,
                  () -> Tulip.timeout(ofSeconds(1), () -> Tulip.sleep(ofSeconds(2))));
              trail.add("cleaned up");
            }
          });
      Tulip.yield();
      task.cancel();
      task.awaitDone();
      assertTrue(task.isCancelled());
      trail.assertIs("cleaned up");
    });
  }

  @Test
  void aRequestDuringACleanUpWithALimitIsNoTimeout() throws Exception {
    run(loop -> {
      var task =
          loop.createTask(() -> {
            try {
              Tulip.sleepForever();
            } finally {
              Tulip.timeout(ofSeconds(2), Tulip::sleepForever);
            }
          });
      Tulip.yield();
      task.cancel();
      Tulip.sleep(ofSeconds(1));
      task.cancel();
      task.awaitDone();
      assertTrue(task.isCancelled());
    });
  }
}
