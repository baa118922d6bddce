// SPDX-License-Identifier: Apache-2.0
package tulip.testing.loop;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import tulip.core.Cancelled;
import tulip.core.EventLoop;
import tulip.core.ExceptionGroup;
import tulip.core.ReturnWhen;
import tulip.core.Scope;
import tulip.core.Task;
import tulip.core.TaskGroup;
import tulip.core.Tulip;

/// Waits on others' tasks and futures: `wait_for`, `wait`, `as_completed`, and races; the corners
/// that asyncio's own tests look into.
abstract class WaitPack extends GatherPack {
  private static final long SECOND = 1_000_000_000;

  private static Task<String> taskOf(int seconds, String result) {
    return Tulip.createTask(() -> sleep(seconds, result));
  }

  /// A task that answers its cancellation in its own way.
  private static <T> Task<T> answering(java.util.concurrent.Callable<T> answer) {
    return Tulip.createTask(() -> {
      try {
        Tulip.sleepForever();
      } catch (Cancelled e) {
        return answer.call();
      }
      throw new AssertionError("it was not cancelled");
    });
  }

  private static String failing(String message) throws IOException {
    throw new IOException(message);
  }

  // Waiting for one task.

  @Test
  void aLimitOfNothingStillReturnsWhatIsThere() throws Exception {
    run(_ -> {
      var task = taskOf(0, "result");
      task.awaitDone();
      assertEquals("result", Tulip.waitFor(task, ZERO));
      assertEquals("result", Tulip.waitFor(task, ofSeconds(-1)));
    });
  }

  @Test
  void aLimitOfNothingCancelsWhatIsNotDone() throws Exception {
    run(loop -> {
      for (var limit : List.of(ZERO, ofSeconds(-1))) {
        var task = taskOf(1, "late");
        assertThrows(TimeoutException.class, () -> Tulip.waitFor(task, limit));
        assertTrue(task.isCancelled());
      }
      assertEquals(0, loop.time());
    });
  }

  @Test
  void whatIsLateHasEndedWhenItsWaiterIsTold() throws Exception {
    run(loop -> {
      var task =
          Tulip.createTask(() -> {
            try {
              return sleep(7200, "never");
            } finally {
              Tulip.shield(() -> Tulip.sleep(ofSeconds(3)));
              trail.add("cleaned up");
            }
          });
      assertThrows(TimeoutException.class, () -> Tulip.waitFor(task, ofSeconds(1)));
      trail.assertIs("cleaned up");
      assertEquals(4 * SECOND, loop.time());
    });
  }

  @Test
  void aLateResultIsReturnedAndALateFailureThrown() throws Exception {
    run(_ -> {
      assertEquals("late", Tulip.waitFor(answering(() -> "late"), ofSeconds(1)));
      var thrown =
          assertThrows(
              CompletionException.class,
              () -> Tulip.waitFor(answering(() -> failing("late")), ofSeconds(1)));
      assertInstanceOf(IOException.class, thrown.getCause());
    });
  }

  @Test
  void cancellingWhoWaitsForATaskEndsTheTaskFirst() throws Exception {
    run(loop -> {
      var task =
          Tulip.createTask(() -> {
            try {
              return sleep(7200, "never");
            } finally {
              trail.add("task");
            }
          });
      var waiter =
          loop.createTask(() -> {
            try {
              return Tulip.waitFor(task, ofHours(1));
            } finally {
              trail.add("waiter");
            }
          });
      Tulip.sleep(ofSeconds(1));
      waiter.cancel("no longer wanted");
      waiter.awaitDone();
      assertTrue(waiter.isCancelled());
      assertTrue(task.isCancelled());
      trail.assertIs("task", "waiter");
    });
  }

  @Test
  void aFailureOfTheTaskIsNotLostToTheWaitersCancellation() throws Exception {
    run(loop -> {
      var task = answering(() -> failing("clean-up"));
      var waiter =
          loop.createTask(() -> {
            var thrown =
                assertThrows(CompletionException.class, () -> Tulip.waitFor(task, ofHours(1)));
            trail.add(String.valueOf(thrown.getCause()));
            Tulip.yield();
            trail.add("not reached");
          });
      Tulip.sleep(ofSeconds(1));
      waiter.cancel();
      waiter.awaitDone();
      assertTrue(waiter.isCancelled(), "the request is made again");
      trail.assertIs("java.io.IOException: clean-up");
    });
  }

  @Test
  void aFailingSiblingOfTheWaiterEndsTheTask() throws Exception {
    run(_ -> {
      var task = taskOf(7200, "never");
      assertThrows(
          ExceptionGroup.class,
          () ->
              TaskGroup.run(group -> {
                group.start(() -> failAfter(1, "sibling"));
                assertThrows(ExceptionGroup.class, () -> Tulip.waitFor(task, ofHours(1)));
                assertTrue(task.isCancelled());
                group.join();
              }));
    });
  }

  @Test
  void aCancelledTaskIsNotItsWaitersCancellation() throws Exception {
    run(loop -> {
      var task = taskOf(7200, "never");
      loop.callLater(ofSeconds(1), task::cancel);
      assertThrows(CancellationException.class, () -> Tulip.waitFor(task, ofHours(1)));
      Tulip.sleep(ofSeconds(1));
    });
  }

  // Waiting for several.

  @Test
  void waitCountsEachFutureOnce() throws Exception {
    run(_ -> {
      var one = taskOf(1, "one");
      var waited = Tulip.wait(List.of(one, one, one), null, ReturnWhen.ALL_COMPLETED);
      assertEquals(Set.of(one), waited.done());
      assertEquals(Set.of(), waited.pending());
    });
  }

  @Test
  void aWaitWithoutTimeSeesWhatIsDone() throws Exception {
    run(loop -> {
      var done = loop.<String>createFuture();
      done.setResult("done");
      var never = loop.<String>createFuture();
      var waited = Tulip.wait(List.of(done, never), ZERO, ReturnWhen.ALL_COMPLETED);
      assertEquals(Set.of(done), waited.done());
      assertEquals(Set.of(never), waited.pending());
      assertEquals(0, loop.time());
    });
  }

  @Test
  void whatIsDoneAtTheLastMomentIsDone() throws Exception {
    run(loop -> {
      var future = loop.<String>createFuture();
      var never = loop.<String>createFuture();
      loop.callLater(ofSeconds(1), () -> loop.callSoon(() -> future.setResult("just in time")));
      loop.callLater(ofSeconds(1), () -> {});
      var waited = Tulip.wait(List.of(future, never), ofSeconds(1), ReturnWhen.ALL_COMPLETED);
      assertEquals(future.isDone(), waited.done().contains(future));
      assertEquals(!future.isDone(), waited.pending().contains(future));
      var last = loop.<String>createFuture();
      loop.callLater(ofSeconds(1), () -> last.setResult("just in time"));
      waited = Tulip.wait(List.of(last, never), ofSeconds(1), ReturnWhen.ALL_COMPLETED);
      assertTrue(last.isDone());
      assertEquals(Set.of(last), waited.done());
    });
  }

  @Test
  void aCancelledFutureIsNoFailureToWaitFor() throws Exception {
    run(loop -> {
      var cancelled = loop.<String>createFuture();
      loop.callLater(ofSeconds(1), cancelled::cancel);
      var two = taskOf(2, "two");
      var waited = Tulip.wait(List.of(cancelled, two), null, ReturnWhen.FIRST_EXCEPTION);
      assertEquals(List.of(cancelled, two), List.copyOf(waited.done()));
    });
  }

  @Test
  void waitRefusesFuturesOfAnotherLoop() throws Exception {
    run(_ -> {
      try (var other = EventLoop.create(real())) {
        var foreign = other.<String>createFuture();
        assertThrows(
            IllegalArgumentException.class,
            () -> Tulip.wait(List.of(foreign), null, ReturnWhen.ALL_COMPLETED));
      }
    });
  }

  // As they are completed.

  @Test
  void asCompletedGivesEachFutureOnceAndEndsThen() throws Exception {
    run(_ -> {
      var two = taskOf(2, "two");
      var one = taskOf(1, "one");
      var futures = Tulip.asCompleted(List.of(two, one, two), null).iterator();
      assertSame(one, futures.next());
      assertSame(two, futures.next());
      assertFalse(futures.hasNext());
      assertThrows(NoSuchElementException.class, futures::next);
      assertFalse(Tulip.asCompleted(List.<Task<String>>of(), null).iterator().hasNext());
    });
  }

  @Test
  void whatIsDoneComesEvenAfterTheLimit() throws Exception {
    run(_ -> {
      var one = taskOf(1, "one");
      var two = taskOf(2, "two");
      var nine = taskOf(9, "nine");
      var futures = Tulip.asCompleted(List.of(nine, two, one), ofSeconds(3)).iterator();
      assertSame(one, futures.next());
      Tulip.sleep(ofSeconds(4));
      assertSame(two, futures.next());
      assertThrows(TimeoutException.class, futures::next);
      assertFalse(nine.isDone());
      nine.cancel();
      nine.awaitDone();
    });
  }

  @Test
  void asCompletedWithoutTimeGivesWhatIsDone() throws Exception {
    run(loop -> {
      var done = loop.<String>createFuture();
      done.setResult("done");
      var never = loop.<String>createFuture();
      var futures = Tulip.asCompleted(List.of(never, done), ZERO).iterator();
      assertSame(done, futures.next());
      assertThrows(TimeoutException.class, futures::next);
    });
  }

  @Test
  void onlyWhoAskedIteratesOverWhatIsCompleted() throws Exception {
    run(loop -> {
      var futures = Tulip.asCompleted(List.of(loop.createFuture()), null).iterator();
      Tulip.createTask(() -> assertThrows(IllegalStateException.class, futures::next)).await();
    });
  }

  // Races and gatherings.

  @Test
  void aRaceWhoseRunnersAreAllCancelledIsCancelled() throws Exception {
    run(_ ->
        assertThrows(
            CancellationException.class,
            () -> Tulip.<String>race(() -> cancelledByItself(), () -> cancelledByItself())));
  }

  private static String cancelledByItself() {
    Task.current().cancel();
    Tulip.yield();
    return "not reached";
  }

  @Test
  void aResultThatComesWithTheWinnersIsDropped() throws Exception {
    run(loop -> {
      assertEquals("a", Tulip.race(() -> sleep(1, "a"), () -> sleep(1, "b")));
      assertEquals(1, loop.taskCount());
    });
  }

  @Test
  void cancellingARaceCancelsItsCalls() throws Exception {
    run(loop -> {
      var race = loop.createTask(() -> Tulip.race(() -> sleep(60, "a"), () -> sleep(60, "b")));
      Tulip.sleep(ofSeconds(1));
      race.cancel();
      race.awaitDone();
      assertTrue(race.isCancelled());
      assertEquals(1, loop.taskCount());
    });
  }

  @Test
  void theCancelledCallOfAGatheringIsToldAsSuch() throws Exception {
    run(_ ->
        assertThrows(
            CancellationException.class,
            () -> Tulip.gather(() -> sleep(1, "a"), () -> cancelledByItself())));
  }

  // Requests and limits at the same time.

  @Test
  void aRequestBehindATimeoutIsNotLost() throws Exception {
    run(loop -> {
      var task =
          loop.createTask(() -> {
            assertThrows(
                TimeoutException.class, () -> Tulip.timeout(ofSeconds(1), Tulip::sleepForever));
            trail.add("timeout");
            Tulip.yield();
            trail.add("not reached");
          });
      Tulip.yield();
      loop.callLater(ofSeconds(1), task::cancel);
      task.awaitDone();
      assertTrue(task.isCancelled());
      trail.assertIs("timeout");
      assertEquals(1, task.cancelling());
    });
  }

  @Test
  void aRequestBeforeATimeoutIsNoTimeout() throws Exception {
    run(loop -> {
      var task = new ArrayList<Task<?>>();
      loop.callLater(ofSeconds(1), () -> task.getFirst().cancel());
      task.add(
          loop.createTask(() -> {
            assertThrows(Cancelled.class, () -> Tulip.timeout(ofSeconds(1), Tulip::sleepForever));
            assertEquals(1, Task.current().cancelling());
            return "handled";
          }));
      assertEquals("handled", task.getFirst().await());
    });
  }

  @Test
  void aTimeoutThatIsHandledLeavesNoRequest() throws Exception {
    run(_ -> {
      for (int i = 0; i < 3; i++) {
        assertFalse(Tulip.moveOnAfter(ofSeconds(1), () -> TaskGroup.run(WaitPack::sleepInGroup)));
        assertEquals(0, Task.current().cancelling());
        Tulip.yield();
      }
    });
  }

  private static void sleepInGroup(TaskGroup group) {
    group.start(Tulip::sleepForever);
    group.join();
  }

  @Test
  void aDeadlineThatIsMovedAfterItsExpiryMendsNothing() throws Exception {
    run(loop -> {
      var scope = new Scope().timeout(ofSeconds(1));
      scope.run(() -> {
        assertThrows(Cancelled.class, Tulip::sleepForever);
        scope.deadline(loop.time() + ofHours(1).toNanos());
        Tulip.yield();
        trail.add("not reached");
      });
      assertTrue(scope.isExpired());
      trail.assertIs();
    });
  }

  @Test
  void aFailureInAShieldComesOutAndTheRequestStays() throws Exception {
    run(loop -> {
      var task =
          loop.createTask(() -> {
            var thrown =
                assertThrows(IOException.class, () -> Tulip.shield(WaitPack::failInASecond));
            trail.add(String.valueOf(thrown.getMessage()));
            Tulip.yield();
            trail.add("not reached");
          });
      Tulip.yield();
      task.cancel();
      task.awaitDone();
      assertTrue(task.isCancelled());
      trail.assertIs("expected");
    });
  }

  private static void failInASecond() throws IOException {
    Tulip.sleep(Duration.ofSeconds(1));
    throw new IOException("expected");
  }

  @Test
  void requestsAreCountedThroughAGroup() throws Exception {
    run(loop -> {
      var task =
          loop.createTask(() -> {
            var failure =
                assertThrows(
                    ExceptionGroup.class,
                    () ->
                        TaskGroup.run(group -> {
                          group.start(() -> failWhenCancelled("child"));
                          Tulip.sleepForever();
                        }));
            assertInstanceOf(IOException.class, failure.exceptions().getFirst());
            assertEquals(1, Task.current().cancelling());
            assertEquals(0, Task.current().uncancel());
            Tulip.sleep(ofSeconds(1));
            return "uncancelled";
          });
      Tulip.sleep(ofSeconds(1));
      task.cancel();
      assertEquals("uncancelled", task.await());
    });
  }
}
