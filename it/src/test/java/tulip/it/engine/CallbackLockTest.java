// SPDX-License-Identifier: Apache-2.0
package tulip.it.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tulip.core.LoopOptions.Engine.CARRIER;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import tulip.core.EventLoop;
import tulip.core.LoopOptions;
import tulip.core.Runner;
import tulip.core.Tulip;

/// A callback may take a lock, as every log line does. On the loop's bare thread it could wait
/// there for a lock that was handed to a task which waits for that very thread.
@SuppressWarnings("LockNotBeforeTry") // who locks here is not who unlocks
class CallbackLockTest {
  private final LinkedBlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final List<String> reports = Collections.synchronizedList(new ArrayList<>());

  private void collectReports(EventLoop loop) {
    loop.callSoonThreadSafe(
        () -> loop.setExceptionHandler(context -> reports.add(context.message())));
  }

  /// An outsider holds the lock, a task queues for it, a callback behind the task; then it is free.
  @OnEachEngine
  void aCallbackGetsALockThatWasHandedToATask(LoopOptions options) throws Exception {
    boolean both =
        options.engine() == CARRIER; // on the baton the task's wait holds up the callback
    var lock = new ReentrantLock(true);
    try (var runner = Runner.open(options)) {
      var loop = runner.loop();
      collectReports(loop);
      lock.lock();
      var _ = loop.submit(() -> lockAndTell(lock, "task"));
      Patience.until(() -> lock.getQueueLength() == 1);
      loop.callSoonThreadSafe(() -> lockAndTell(lock, "callback"));
      Patience.until(() -> lock.getQueueLength() == (both ? 2 : 1));
      lock.unlock();
      assertEquals("task", Patience.take(events));
      assertEquals("callback", Patience.take(events));
    }
    assertEquals(both ? 1 : 0, reports.size(), reports::toString);
    assertTrue(!both || reports.getFirst().contains("waited in foreign code"), reports::toString);
  }

  private String lockAndTell(ReentrantLock lock, String who) {
    lock.lock();
    try {
      events.add(who);
    } finally {
      lock.unlock();
    }
    return who;
  }

  @OnEachEngine
  void aCallbackGetsAMonitorThatWasHandedToATask(LoopOptions options) throws Exception {
    boolean both = options.engine() == CARRIER;
    var monitor = ForeignWait.monitor();
    var threads = new LinkedBlockingQueue<Thread>();
    try (var runner = Runner.open(options)) {
      var loop = runner.loop();
      collectReports(loop);
      var _ = loop.submit(() -> enterAndTell(monitor, threads, "task"));
      awaitBlocked(Patience.take(threads));
      loop.callSoonThreadSafe(() -> enterAndTell(monitor, threads, "callback"));
      if (both) {
        awaitBlocked(Patience.take(threads));
      }
      monitor.waking().run();
      Patience.until(() -> events.size() == 2);
      assertEquals(Set.of("task", "callback"), Set.copyOf(events));
    }
    assertEquals(both ? 1 : 0, reports.size(), reports::toString);
  }

  private static void awaitBlocked(Thread thread) {
    Patience.until(() -> thread.getState() == Thread.State.BLOCKED);
  }

  private String enterAndTell(
      ForeignWait monitor, LinkedBlockingQueue<Thread> threads, String who) {
    threads.add(Thread.currentThread());
    try {
      monitor.waiting().run();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    events.add(who);
    return who;
  }

  /// The callbacks behind one that waits overtake it: the task that has the lock may need them. On
  /// the baton such a program stands still for good.
  @OnEachEngine(CARRIER)
  void callbacksOvertakeOneThatWaitsForATask(LoopOptions options) throws Exception {
    var lock = new ReentrantLock();
    Tulip.run(
        options,
        () -> {
          var loop = EventLoop.current();
          loop.setExceptionHandler(context -> reports.add(context.message()));
          var go = loop.<String>createFuture();
          var holder =
              Tulip.createTask(() -> {
                lock.lock();
                try {
                  go.await();
                } finally {
                  lock.unlock();
                }
              });
          Tulip.yield();
          loop.callSoon(() -> lockAndTell(lock, "first"));
          loop.callSoon(() -> events.add("second"));
          loop.callSoon(() -> events.add("third"));
          Tulip.yield();
          Tulip.yield();
          loop.callSoon(() -> events.add("fourth"));
          loop.callSoon(() -> go.setResult("go"));
          holder.await();
          while (events.size() < 4) {
            Tulip.yield();
          }
        });
    assertEquals(List.of("second", "third", "fourth", "first"), List.copyOf(events));
    assertEquals(1, reports.size(), reports::toString);
  }

  /// Many callbacks may wait at the same time.
  @OnEachEngine(CARRIER)
  void eachCallbackThatWaitsIsReportedAndComesBack(LoopOptions options) throws Exception {
    int count = 50;
    var lock = new ReentrantLock();
    var done = new CountDownLatch(count);
    try (var runner = Runner.open(options)) {
      collectReports(runner.loop());
      lock.lock();
      for (int i = 0; i < count; i++) {
        runner
            .loop()
            .callSoonThreadSafe(() -> {
              lock.lock();
              lock.unlock();
              done.countDown();
            });
      }
      Patience.until(() -> lock.getQueueLength() == count);
      assertEquals("still here", runner.run(() -> "still here"));
      lock.unlock();
      Patience.await(done);
    }
    assertEquals(count, reports.size());
  }
}
