// SPDX-License-Identifier: Apache-2.0
package tulip.testing.loop;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.SynchronousQueue;
import org.junit.jupiter.api.Test;
import tulip.core.EventLoop;
import tulip.core.LoopClosedException;
import tulip.core.Tulip;

/// Other threads: calls from them, work for them, other loops in them, and waits for them.
abstract class ThreadPack extends ClosePack {
  // Calls from other threads.

  @Test
  void aCallOfAnotherThreadWakesTheLoop() throws Exception {
    runReal(loop -> {
      for (int i = 0; i < 20; i++) { // the thread may come before the loop sleeps, but not always
        var future = loop.<String>createFuture();
        thread(() -> loop.callSoonThreadSafe(() -> future.setResult("woken")));
        assertEquals("woken", future.await());
      }
    });
  }

  @Test
  @Needs(Capability.CHANNELS)
  void aCallOfAnotherThreadWakesALoopThatWatchesChannels() throws Exception {
    runReal(loop -> {
      var pair = pipe();
      loop.addReader(pair.source(), trail.mark("read"));
      for (int i = 0; i < 10; i++) {
        var future = loop.<String>createFuture();
        thread(() -> loop.callSoonThreadSafe(() -> future.setResult("woken")));
        assertEquals("woken", future.await());
      }
      loop.removeReader(pair.source());
      trail.assertIs();
    });
  }

  @Test
  void noWakeUpIsLost() throws Exception {
    runReal(loop -> {
      var calls = new SynchronousQueue<Runnable>();
      thread(() -> {
        for (int i = 0; i < 300; i++) {
          loop.callSoonThreadSafe(calls.take());
        }
      });
      for (int i = 0; i < 300; i++) {
        var future = loop.<Integer>createFuture();
        int number = i;
        Tulip.blocking(() -> calls.put(() -> future.setResult(number)));
        assertEquals(i, future.await());
      }
    });
  }

  @Test
  void theCallsOfOneThreadKeepTheirOrder() throws Exception {
    run(loop -> {
      var expected = new ArrayList<Integer>();
      var done = loop.createFuture();
      for (int i = 0; i < 5000; i++) {
        expected.add(i);
      }
      thread(() -> {
        expected.forEach(i -> loop.callSoonThreadSafe(trail.mark(i)));
        loop.callSoonThreadSafe(done::cancel);
      });
      done.awaitDone();
      trail.assertIs(expected);
    });
  }

  @Test
  void noCallOfManyThreadsIsLost() throws Exception {
    run(loop -> {
      var counts = new int[4];
      var done = loop.createFuture();
      for (int number = 0; number < counts.length; number++) {
        int mine = number;
        thread(() -> {
          for (int i = 0; i < 2000; i++) {
            int expected = i;
            loop.callSoonThreadSafe(() -> count(counts, mine, expected, done::cancel));
          }
        });
      }
      done.awaitDone();
      assertEquals(8000, counts[0] + counts[1] + counts[2] + counts[3]);
    });
  }

  private static void count(int[] counts, int index, int expected, Runnable whenAll) {
    assertEquals(expected, counts[index]++);
    int sum = 0;
    for (int count : counts) {
      sum += count;
    }
    if (sum == 2000 * counts.length) {
      whenAll.run();
    }
  }

  @Test
  void theLoopMayCallItselfAsAnotherThreadWould() throws Exception {
    run(loop -> {
      loop.callSoonThreadSafe(trail.mark("a"));
      loop.callSoonThreadSafe(trail.mark("b"));
      trail.assertIs();
      Tulip.yield();
      Tulip.yield();
      trail.assertIs("a", "b");
    });
  }

  @Test
  @Needs(Capability.RUN)
  void callsOfOtherThreadsMayComeBeforeTheRun() throws Exception {
    var loop = newLoop();
    thread(() -> loop.callSoonThreadSafe(trail.mark("early"))).join();
    loop.stop();
    loop.runForever();
    trail.assertIs("early");
  }

  @Test
  @Needs(Capability.RUN)
  void aClosedLoopRefusesOtherThreads() throws Exception {
    var loop = newLoop();
    loop.close();
    thread(
            () -> {
              assertThrows(LoopClosedException.class, () -> loop.callSoonThreadSafe(() -> {}));
              assertThrows(LoopClosedException.class, () -> loop.execute(() -> {}));
              assertThrows(LoopClosedException.class, () -> loop.submit(() -> 1).get());
            })
        .join();
  }

  @Test
  void aFailureOfTheLoopsThreadIsNotTheCallers() throws Exception {
    run(loop -> {
      thread(() -> loop.callSoonThreadSafe(ThreadPack::throwState)).join();
      Tulip.yield();
      Tulip.yield();
      assertInstanceOf(IllegalStateException.class, takeException());
    });
  }

  private static void throwState() {
    throw new IllegalStateException("expected");
  }

  // Tasks from other threads.

  @Test
  void anotherThreadSubmitsATask() throws Exception {
    run(loop -> {
      var result = new CompletableFuture<Integer>();
      thread(() -> result.complete(loop.submit(() -> sleepAndReturn(42)).get()));
      assertEquals(42, Tulip.await(result));
    });
  }

  private static int sleepAndReturn(int result) {
    Tulip.sleep(ofMillis(1));
    return result;
  }

  @Test
  void aSubmittedTaskFailsForWhoSubmittedIt() throws Exception {
    run(loop -> {
      var failure =
          Tulip.blocking(() ->
              assertThrows(
                  ExecutionException.class, () -> loop.submit(() -> fail("expected")).get()));
      assertInstanceOf(IOException.class, failure.getCause());
    });
  }

  private static int fail(String message) throws IOException {
    throw new IOException(message);
  }

  @Test
  void cancellingWhatWasSubmittedCancelsTheTask() throws Exception {
    run(loop -> {
      var cancelled = loop.createFuture();
      var running = loop.createFuture();
      var outer =
          loop.submit(() -> {
            running.cancel();
            try {
              Tulip.sleep(ofMinutes(1));
            } finally {
              cancelled.cancel();
            }
            return null;
          });
      running.awaitDone();
      assertTrue(Tulip.blocking(() -> outer.cancel(true)));
      cancelled.awaitDone();
      Tulip.yield();
    });
  }

  // Several loops.

  @Test
  @Needs(Capability.RUN)
  void loopsInSeveralThreadsCallOneAnother() throws Exception {
    var there = newLoop(real());
    thread(there::runForever);
    run(loop -> {
      var sum = 0;
      for (int i = 0; i < 100; i++) {
        int number = i;
        sum += Tulip.await(there.submit(() -> number * 2));
      }
      assertEquals(9900, sum);
      assertSame(there, Tulip.await(there.submit(EventLoop::current)));
      assertSame(loop, EventLoop.current());
      there.callSoonThreadSafe(there::stop);
    });
  }

  @Test
  @Needs(Capability.RUN)
  void aFutureOfAnotherLoopIsRefused() throws Exception {
    var there = newLoop(real());
    var future = there.<Integer>createFuture();
    thread(there::runForever);
    Tulip.run(() -> assertEquals(1, Tulip.await(there.submit(() -> 1))));
    run(loop -> {
      assertThrows(IllegalStateException.class, future::await);
      assertThrows(IllegalStateException.class, () -> future.setResult(1));
      assertThrows(IllegalStateException.class, () -> future.addDoneCallback(_ -> {}));
      assertFalse(there.inLoop());
      there.callSoonThreadSafe(there::stop);
    });
  }
}
