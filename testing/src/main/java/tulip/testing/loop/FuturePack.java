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
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tulip.core.Cancelled;
import tulip.core.Future;
import tulip.core.InvalidStateException;
import tulip.core.TaskGroup;
import tulip.core.Tulip;

/// Futures: states, done-callbacks, waiting, and the JDK's futures.
abstract class FuturePack extends ErrorPack {
  // States.

  @Test
  void aFutureIsPendingAtFirst() throws Exception {
    run(loop -> {
      var future = loop.createFuture();
      assertFalse(future.isDone());
      assertFalse(future.isCancelled());
      assertSame(loop, future.loop());
      assertThrows(InvalidStateException.class, future::result);
      assertThrows(InvalidStateException.class, future::exception);
      assertTrue(future.toString().contains("pending"), future.toString());
    });
  }

  @Test
  void aResultMakesItDone() throws Exception {
    run(loop -> {
      var future = loop.<String>createFuture();
      future.setResult("result");
      assertTrue(future.isDone());
      assertFalse(future.isCancelled());
      assertEquals("result", future.result());
      assertEquals("result", future.result());
      assertNull(future.exception());
      assertTrue(future.toString().contains("finished"), future.toString());
    });
  }

  @Test
  void nullIsAResult() throws Exception {
    run(loop -> {
      var future = loop.<@Nullable String>createFuture();
      future.setResult(null);
      assertTrue(future.isDone());
      assertNull(future.result());
      assertNull(future.await());
    });
  }

  @Test
  void anUncheckedFailureIsThrownAsItIs() throws Exception {
    run(loop -> {
      var future = loop.createFuture();
      var failure = new IllegalStateException("expected");
      future.setException(failure);
      assertTrue(future.isDone());
      assertFalse(future.isCancelled());
      assertSame(failure, future.exception());
      assertSame(failure, assertThrows(IllegalStateException.class, future::result));
      assertSame(failure, assertThrows(IllegalStateException.class, future::await));
    });
  }

  @Test
  void anErrorIsThrownAsItIs() throws Exception {
    run(loop -> {
      var future = loop.createFuture();
      var failure = new LinkageError("expected");
      future.setException(failure);
      assertSame(failure, assertThrows(LinkageError.class, future::await));
    });
  }

  @Test
  void aCheckedFailureIsACause() throws Exception {
    run(loop -> {
      var future = loop.createFuture();
      var failure = new IOException("expected");
      future.setException(failure);
      assertSame(failure, future.exception());
      assertSame(failure, assertThrows(CompletionException.class, future::await).getCause());
    });
  }

  @Test
  void aCancelledFutureIsDone() throws Exception {
    run(loop -> {
      var future = loop.createFuture();
      assertTrue(future.cancel());
      assertTrue(future.isDone());
      assertTrue(future.isCancelled());
      assertThrows(CancellationException.class, future::result);
      assertThrows(CancellationException.class, future::exception);
      assertTrue(future.toString().contains("cancelled"), future.toString());
    });
  }

  @Test
  void aCancellationTellsItsReason() throws Exception {
    run(loop -> {
      var future = loop.createFuture();
      future.cancel("no longer wanted");
      var thrown = assertThrows(CancellationException.class, future::await);
      assertTrue(String.valueOf(thrown.getMessage()).contains("no longer wanted"));
    });
  }

  @Test
  void onlyTheFirstResultCounts() throws Exception {
    run(loop -> {
      var future = loop.<Integer>createFuture();
      future.setResult(1);
      assertThrows(InvalidStateException.class, () -> future.setResult(2));
      assertThrows(InvalidStateException.class, () -> future.setException(new IOException("late")));
      assertFalse(future.cancel());
      assertEquals(1, future.result());
    });
  }

  @Test
  void onlyTheFirstFailureCounts() throws Exception {
    run(loop -> {
      var future = loop.<Integer>createFuture();
      var failure = new IllegalStateException("expected");
      future.setException(failure);
      assertThrows(InvalidStateException.class, () -> future.setResult(2));
      assertThrows(InvalidStateException.class, () -> future.setException(new IOException("late")));
      assertFalse(future.cancel());
      assertSame(failure, future.exception());
    });
  }

  @Test
  void aCancelledFutureTakesNothingMore() throws Exception {
    run(loop -> {
      var future = loop.<Integer>createFuture();
      future.cancel();
      assertThrows(InvalidStateException.class, () -> future.setResult(2));
      assertThrows(InvalidStateException.class, () -> future.setException(new IOException("late")));
      assertFalse(future.cancel());
      assertTrue(future.isCancelled());
    });
  }

  @Test
  void anotherThreadIsRefusedByAFuture() throws Exception {
    run(loop -> {
      var future = loop.<Integer>createFuture();
      assertRefusedElsewhere(() -> future.setResult(1));
      assertRefusedElsewhere(() -> future.setException(new IOException("unexpected")));
      assertRefusedElsewhere(future::cancel);
      assertFalse(future.isDone());
    });
  }

  // Done-callbacks.

  @Test
  void doneCallbacksRunInOrderAndNotInline() throws Exception {
    run(loop -> {
      var future = loop.<Integer>createFuture();
      future.addDoneCallback(_ -> trail.add("first"));
      future.addDoneCallback(_ -> trail.add("second"));
      future.setResult(1);
      trail.assertIs();
      Tulip.yield();
      trail.assertIs("first", "second");
    });
  }

  @Test
  void aDoneCallbackGetsTheFuture() throws Exception {
    run(loop -> {
      var future = loop.<Integer>createFuture();
      future.addDoneCallback(done -> trail.add(done == future && done.result() == 1));
      future.setResult(1);
      Tulip.yield();
      trail.assertIs(true);
    });
  }

  @Test
  void aDoneCallbackAddedLateRunsSoonAndNotInline() throws Exception {
    run(loop -> {
      var future = loop.<Integer>createFuture();
      future.setResult(1);
      future.addDoneCallback(_ -> trail.add("late"));
      trail.assertIs();
      Tulip.yield();
      trail.assertIs("late");
    });
  }

  @Test
  void doneCallbacksRunOnFailureAndCancellationToo() throws Exception {
    run(loop -> {
      var failed = loop.createFuture();
      var cancelled = loop.createFuture();
      failed.addDoneCallback(_ -> trail.add("failed"));
      cancelled.addDoneCallback(_ -> trail.add("cancelled"));
      failed.setException(new IOException("expected"));
      cancelled.cancel();
      Tulip.yield();
      trail.assertIs("failed", "cancelled");
    });
  }

  @Test
  void aDoneCallbackAddedTwiceRunsTwice() throws Exception {
    run(loop -> {
      var future = loop.<Integer>createFuture();
      Consumer<Future<Integer>> callback = _ -> trail.add("called");
      future.addDoneCallback(callback);
      future.addDoneCallback(callback);
      future.setResult(1);
      Tulip.yield();
      trail.assertIs("called", "called");
    });
  }

  @Test
  void removingADoneCallbackTellsHowOftenItWasAdded() throws Exception {
    run(loop -> {
      var future = loop.<Integer>createFuture();
      Consumer<Future<Integer>> callback = _ -> trail.add("removed");
      future.addDoneCallback(callback);
      future.addDoneCallback(_ -> trail.add("kept"));
      future.addDoneCallback(callback);
      assertEquals(2, future.removeDoneCallback(callback));
      assertEquals(0, future.removeDoneCallback(callback));
      future.setResult(1);
      assertEquals(0, future.removeDoneCallback(callback));
      Tulip.yield();
      trail.assertIs("kept");
    });
  }

  @Test
  void aDoneCallbackMayAddAnother() throws Exception {
    run(loop -> {
      var future = loop.<Integer>createFuture();
      future.addDoneCallback(done -> {
        trail.add("outer");
        done.addDoneCallback(_ -> trail.add("inner"));
      });
      future.setResult(1);
      Tulip.yield();
      trail.assertIs("outer");
      Tulip.yield();
      trail.assertIs("outer", "inner");
    });
  }

  @Test
  void aDoneCallbackCannotWait() throws Exception {
    run(loop -> {
      var future = loop.<Integer>createFuture();
      var other = loop.<Integer>createFuture();
      future.addDoneCallback(_ -> {
        assertThrows(IllegalStateException.class, other::await);
        trail.add("refused");
      });
      future.setResult(1);
      Tulip.yield();
      trail.assertIs("refused");
    });
  }

  // Waiting.

  @Test
  void awaitReturnsTheResult() throws Exception {
    run(loop -> {
      var future = loop.<String>createFuture();
      loop.callLater(ofSeconds(1), () -> future.setResult("result"));
      assertEquals("result", future.await());
      assertEquals(ofSeconds(1).toNanos(), loop.time());
    });
  }

  @Test
  void awaitingWhatIsDoneDoesNotGiveUpTheTurn() throws Exception {
    run(loop -> {
      var future = loop.<String>createFuture();
      future.setResult("result");
      loop.callSoon(trail.mark("callback"));
      assertEquals("result", future.await());
      future.awaitDone();
      trail.assertIs();
      Tulip.yield();
    });
  }

  @Test
  void awaitDoneThrowsNoFailure() throws Exception {
    run(loop -> {
      var future = loop.createFuture();
      loop.callSoon(() -> future.setException(new IOException("expected")));
      future.awaitDone();
      assertInstanceOf(IOException.class, future.exception());
    });
  }

  @Test
  void allWhoWaitGoOnInOrder() throws Exception {
    run(loop -> {
      var future = loop.<Integer>createFuture();
      try (var group = TaskGroup.open()) {
        for (int i = 0; i < 5; i++) {
          int number = i;
          group.start(() -> trail.add(number + future.await()));
        }
        Tulip.yield();
        future.setResult(10);
        group.join();
      }
      trail.assertIs(10, 11, 12, 13, 14);
    });
  }

  @Test
  void whoWaitsAndWhoIsCalledBackStandInOneLine() throws Exception {
    run(loop -> {
      var future = loop.<Integer>createFuture();
      future.addDoneCallback(_ -> trail.add("callback"));
      var task = loop.createTask(() -> trail.add("task " + future.await()));
      Tulip.yield();
      future.addDoneCallback(_ -> trail.add("second callback"));
      future.setResult(1);
      task.await();
      Tulip.yield();
      trail.assertIs("callback", "task 1", "second callback");
    });
  }

  /// asyncio cancels the future with the task that waits for it; in Tulip waiting is observing.
  @Test
  void cancellingWhoWaitsLeavesTheFutureAlone() throws Exception {
    run(loop -> {
      var future = loop.<Integer>createFuture();
      var task = loop.createTask(future::await);
      Tulip.yield();
      task.cancel();
      task.awaitDone();
      assertTrue(task.isCancelled());
      assertFalse(future.isDone());
      future.setResult(1);
      assertEquals(1, future.await());
    });
  }

  /// Being cancelled and waiting for what was cancelled are two things, which asyncio confuses.
  @Test
  void whoWaitsForACancelledFutureIsNotCancelled() throws Exception {
    run(loop -> {
      var future = loop.createFuture();
      var task =
          loop.createTask(() -> {
            assertThrows(CancellationException.class, future::await);
            return "went on";
          });
      Tulip.yield();
      future.cancel();
      assertEquals("went on", task.await());
    });
  }

  @Test
  void aResultIsNotLostWhenTheWaitIsCancelledTooLate() throws Exception {
    run(loop -> {
      var future = loop.<String>createFuture();
      var task =
          loop.createTask(() -> {
            trail.add(future.await());
            assertThrows(Cancelled.class, Tulip::yield);
          });
      Tulip.yield();
      future.setResult("result");
      task.cancel();
      task.await();
      trail.assertIs("result");
    });
  }

  @Test
  void whoWaitsNoMoreIsNotWoken() throws Exception {
    run(loop -> {
      var future = loop.<String>createFuture();
      var task =
          loop.createTask(() -> {
            assertThrows(Cancelled.class, future::await);
            Tulip.sleep(ofSeconds(10));
            trail.add(loop.time() / 1_000_000_000);
          });
      Tulip.yield();
      task.cancel();
      Tulip.yield();
      future.setResult("late");
      task.await();
      trail.assertIs(10);
    });
  }
}
