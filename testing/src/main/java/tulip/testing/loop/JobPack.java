// SPDX-License-Identifier: Apache-2.0
package tulip.testing.loop;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import tulip.core.Cancelled;
import tulip.core.TaskGroup;
import tulip.core.Tulip;

/// Work in executors, and waits in foreign code.
abstract class JobPack extends ThreadPack {
  // Executors.

  @Test
  void theResultOfAJobComesToTheLoop() throws Exception {
    run(loop -> {
      var job = loop.runInExecutor(null, () -> "result");
      job.addDoneCallback(_ -> trail.add(loop.inLoop()));
      assertEquals("result", job.await());
      Tulip.yield();
      trail.assertIs(true);
    });
  }

  @Test
  void theFailureOfAJobComesToTheLoop() throws Exception {
    run(loop -> {
      var failure = new IOException("expected");
      var job =
          loop.runInExecutor(
              null,
              () -> {
                throw failure;
              });
      job.awaitDone();
      assertSame(failure, job.exception());
    });
  }

  @Test
  void theLoopGoesOnWhileAJobRuns() throws Exception {
    run(loop -> {
      var go = new CountDownLatch(1);
      var job =
          loop.runInExecutor(
              null,
              () -> {
                await(go);
                return "done";
              });
      loop.callSoon(trail.mark("callback"));
      Tulip.yield();
      trail.assertIs("callback");
      go.countDown();
      assertEquals("done", job.await());
    });
  }

  @Test
  void theResultOfACancelledJobIsDropped() throws Exception {
    run(loop -> {
      var go = new CountDownLatch(1);
      var job =
          loop.runInExecutor(
              null,
              () -> {
                await(go);
                return "too late";
              });
      assertTrue(job.cancel());
      go.countDown();
      Tulip.blocking(() -> {});
      Tulip.yield();
      assertTrue(job.isCancelled());
    });
  }

  @Test
  void aJobRunsInTheGivenExecutor() throws Exception {
    run(loop -> {
      Executor inline = Runnable::run;
      var here = Thread.currentThread();
      assertSame(here, loop.runInExecutor(inline, Thread::currentThread).await());
    });
  }

  @Test
  void theDefaultExecutorCanBeReplaced() throws Exception {
    try (var executor = Executors.newSingleThreadExecutor(r -> new Thread(r, "replaced"))) {
      run(loop -> {
        loop.setDefaultExecutor(executor);
        assertEquals("replaced", Tulip.blocking(() -> Thread.currentThread().getName()));
        assertEquals(
            "replaced", loop.runInExecutor(null, () -> Thread.currentThread().getName()).await());
      });
    }
  }

  @Test
  void anExecutorThatRefusesAJobSaysSoAtOnce() throws Exception {
    run(loop -> {
      Executor full =
          _ -> {
            throw new RejectedExecutionException("expected");
          };
      assertThrows(RejectedExecutionException.class, () -> loop.runInExecutor(full, () -> 1));
      Tulip.sleep(ofSeconds(1));
    });
  }

  @Test
  void blockingRunsOnAPlatformThread() throws Exception {
    run(_ -> {
      var there = Tulip.blocking(Thread::currentThread);
      assertFalse(there.isVirtual());
      assertTrue(there.isDaemon());
    });
  }

  @Test
  void blockingThrowsWhatTheCallThrows() throws Exception {
    run(_ -> {
      var failure = assertThrows(IOException.class, () -> Tulip.blocking(() -> fail("it")));
      assertEquals("it", failure.getMessage());
    });
  }

  @Test
  void noMoreJobsRunAtOnceThanTheOptionsAllow() throws Exception {
    run(
        virtual().withBlockingThreads(2),
        _ -> {
          var now = new AtomicInteger();
          var most = new AtomicInteger();
          try (var group = TaskGroup.open()) {
            for (int i = 0; i < 20; i++) {
              group.start(() ->
                  Tulip.blocking(() -> {
                    most.accumulateAndGet(now.incrementAndGet(), Math::max);
                    Thread.onSpinWait();
                    now.decrementAndGet();
                  }));
            }
            group.join();
          }
          assertTrue(most.get() <= 2, () -> most + " at once");
        });
  }

  @Test
  void aCancelledTaskWaitsForItsJob() throws Exception {
    run(loop -> {
      var go = new CountDownLatch(1);
      var task =
          loop.createTask(() -> {
            assertThrows(
                Cancelled.class,
                () ->
                    Tulip.blocking(() -> {
                      await(go);
                      trail.add("job");
                    }));
            trail.add("task");
          });
      Tulip.yield();
      task.cancel();
      Tulip.yield();
      Tulip.yield();
      trail.assertIs();
      go.countDown();
      task.await();
      trail.assertIs("job", "task");
    });
  }

  @Test
  void theLoopEndsAfterItsJobs() throws Exception {
    run(loop -> {
      loop.runInExecutor(
          null,
          () -> {
            Thread.onSpinWait();
            trail.add("job");
            return null;
          });
    });
    trail.assertIs("job");
  }

  private static int fail(String message) throws IOException {
    throw new IOException(message);
  }

  // Waiting in foreign code.

  @Test
  @Needs(Capability.FOREIGN_WAITS)
  void aForeignWaitSuspendsTheTaskAlone() throws Exception {
    run(loop -> {
      var foreign = new CompletableFuture<String>();
      var task = loop.createTask(() -> foreign.get());
      Tulip.yield();
      assertTrue(task.isWaitingOutside());
      loop.callSoon(() -> foreign.complete("from the same loop"));
      assertEquals("from the same loop", task.await());
      assertFalse(task.isWaitingOutside());
    });
  }

  @Test
  @Needs(Capability.FOREIGN_WAITS)
  void tasksTakeTurnsAtALock() throws Exception {
    run(_ -> {
      var lock = new ReentrantLock();
      try (var group = TaskGroup.open()) {
        for (int i = 0; i < 10; i++) {
          int number = i;
          group.start(() -> {
            lock.lock();
            try {
              trail.add(number + " in");
              Tulip.yield();
              trail.add(number + " out");
            } finally {
              lock.unlock();
            }
          });
        }
        group.join();
      }
      assertEquals(20, trail.size());
      for (int i = 0; i < 20; i += 2) {
        var name = trail.marks().get(i).replace(" in", " out");
        assertEquals(name, trail.marks().get(i + 1));
      }
    });
  }

  @Test
  @Needs(Capability.FOREIGN_WAITS)
  void tasksPassValuesThroughAQueueOfTheJdk() throws Exception {
    run(loop -> {
      var queue = new SynchronousQueue<Integer>();
      var taker =
          loop.createTask(() -> {
            int sum = 0;
            for (int i = 0; i < 100; i++) {
              sum += queue.take();
            }
            return sum;
          });
      for (int i = 0; i < 100; i++) {
        queue.put(i);
      }
      assertEquals(4950, taker.await());
    });
  }

  @Test
  @Needs(Capability.FOREIGN_WAITS)
  void aTimedForeignWaitLetsTimersFire() throws Exception {
    runReal(loop -> {
      var fired = new CountDownLatch(1);
      loop.callLater(ofMillis(1), fired::countDown);
      assertTrue(fired.await(LIMIT_SECONDS, TimeUnit.SECONDS));
    });
  }

  @Test
  @Needs(Capability.FOREIGN_WAITS)
  void aThreadStartedInATaskIsAStrangerOnTheLoop() throws Exception {
    run(loop -> {
      var done = new CompletableFuture<String>();
      long before = loop.strangerTurns();
      Thread.startVirtualThread(() -> done.complete("ran"));
      assertEquals("ran", Tulip.await(done));
      assertTrue(loop.strangerTurns() > before);
    });
  }
}
