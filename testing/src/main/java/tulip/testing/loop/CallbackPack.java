// SPDX-License-Identifier: Apache-2.0
package tulip.testing.loop;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tulip.testing.loop.Ends.read;
import static tulip.testing.loop.Ends.write;

import java.util.ArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import tulip.core.EventLoop;
import tulip.core.Handle;
import tulip.core.Task;
import tulip.core.Tulip;

/// Callbacks: their order, the bounds of an iteration, and their handles.
abstract class CallbackPack extends AiotestPack {
  // Order.

  @Test
  void callbacksRunFirstInFirstOut() throws Exception {
    run(loop -> {
      loop.callSoon(trail.mark("a"));
      loop.callSoon(trail.mark("b"));
      loop.callSoon(trail.mark("c"));
      Tulip.yield();
      trail.assertIs("a", "b", "c");
    });
  }

  @Test
  void aThousandCallbacksKeepTheirOrder() throws Exception {
    run(loop -> {
      var expected = new ArrayList<Integer>();
      for (int i = 0; i < 1000; i++) {
        loop.callSoon(trail.mark(i));
        expected.add(i);
      }
      Tulip.yield();
      trail.assertIs(expected);
    });
  }

  @Test
  void callbacksAndTasksStandInOneLine() throws Exception {
    run(loop -> {
      loop.callSoon(trail.mark("callback"));
      var task = loop.createTask(() -> trail.add("task"));
      loop.callSoon(trail.mark("second callback"));
      task.await();
      trail.assertIs("callback", "task", "second callback");
    });
  }

  @Test
  void aCallbackNeverRunsInline() throws Exception {
    run(loop -> {
      loop.callSoon(() -> {
        trail.add("begin");
        loop.callSoon(trail.mark("inner"));
        loop.callSoonThreadSafe(trail.mark("inner from any thread"));
        loop.callLater(ofMillis(0), trail.mark("inner timer"));
        trail.add("end");
      });
      trail.add("main");
      Tulip.sleep(ofSeconds(1));
      assertEquals("main", trail.marks().get(0));
      assertEquals("begin", trail.marks().get(1));
      assertEquals("end", trail.marks().get(2));
      assertEquals(6, trail.size());
    });
  }

  @Test
  void aCallbackRunsOnce() throws Exception {
    run(loop -> {
      loop.callSoon(trail.mark("called"));
      for (int i = 0; i < 10; i++) {
        Tulip.yield();
      }
      trail.assertIs("called");
    });
  }

  @Test
  void aYieldingTaskLetsEachReadyCallbackRunOnce() throws Exception {
    run(loop -> {
      for (int round = 0; round < 3; round++) {
        loop.callSoon(trail.mark("a" + round));
        loop.callSoon(trail.mark("b" + round));
        Tulip.yield();
        trail.add("task" + round);
      }
      trail.assertIs("a0", "b0", "task0", "a1", "b1", "task1", "a2", "b2", "task2");
    });
  }

  // Iterations.

  @Test
  @Needs(Capability.RUN)
  void whatACallbackQueuesRunsInTheNextIteration() {
    var loop = newLoop();
    loop.callSoon(() -> {
      trail.add("first");
      loop.callSoon(trail.mark("second"));
    });
    turn(loop);
    trail.assertIs("first");
    turn(loop);
    trail.assertIs("first", "second");
  }

  @Test
  @Needs(Capability.RUN)
  void whatATaskQueuesRunsInTheNextIteration() {
    var loop = newLoop();
    loop.createTask(() -> {
      trail.add("task");
      loop.callSoon(trail.mark("callback"));
    });
    turn(loop);
    trail.assertIs("task");
    turn(loop);
    trail.assertIs("task", "callback");
  }

  @Test
  @Needs(Capability.RUN)
  void callbacksWaitForTheLoopToRun() {
    var loop = newLoop();
    loop.callSoon(trail.mark("a"));
    loop.callSoonThreadSafe(trail.mark("c"));
    loop.callSoon(trail.mark("b"));
    trail.assertIs();
    turn(loop);
    assertEquals(3, trail.size());
    assertTrue(trail.marks().indexOf("a") < trail.marks().indexOf("b"));
  }

  @Test
  void aCallbackThatQueuesItselfDoesNotStarveTasks() throws Exception {
    run(loop -> {
      var more = repeat(loop);
      for (int i = 0; i < 5; i++) {
        Tulip.yield();
      }
      more.set(0);
      Tulip.yield();
    });
  }

  @Test
  void aCallbackThatQueuesItselfDoesNotStarveTimers() throws Exception {
    runReal(loop -> {
      var more = repeat(loop);
      Tulip.sleep(ofMillis(1));
      more.set(0);
      Tulip.yield();
    });
  }

  @Test
  @Needs(Capability.CHANNELS)
  void aCallbackThatQueuesItselfDoesNotStarveChannels() throws Exception {
    run(loop -> {
      var pair = pipe();
      var more = repeat(loop);
      var done = loop.<String>createFuture();
      loop.addReader(
          pair.source(),
          () -> {
            loop.removeReader(pair.source());
            done.setResult(read(pair.source()));
          });
      write(pair.sink(), "x");
      assertEquals("x", done.await());
      more.set(0);
      Tulip.yield();
    });
  }

  @Test
  void aCallbackThatQueuesItselfDoesNotStarveOtherThreads() throws Exception {
    run(loop -> {
      var more = repeat(loop);
      var done = loop.createFuture();
      thread(() -> loop.callSoonThreadSafe(done::cancel));
      done.awaitDone();
      more.set(0);
      Tulip.yield();
    });
  }

  /// A callback that queues itself until the number is 0; it gives up by itself after very many
  /// turns.
  private static AtomicInteger repeat(EventLoop loop) {
    var left = new AtomicInteger(50_000_000);
    var callback =
        new Runnable() {
          @Override
          public void run() {
            if (left.get() > 0) {
              left.decrementAndGet();
              loop.callSoon(this);
            }
          }
        };
    loop.callSoon(callback);
    return left;
  }

  @Test
  @Needs(Capability.RUN)
  void timersComeAfterWhatIsReady() {
    var loop = newLoop();
    loop.callAt(loop.time(), trail.mark("timer"));
    loop.callSoon(trail.mark("ready"));
    turn(loop);
    trail.assertIs("ready", "timer");
  }

  @Test
  @Needs({Capability.RUN, Capability.CHANNELS})
  void timersComeAfterChannels() throws Exception {
    var loop = newLoop();
    var pair = pipe();
    write(pair.sink(), "x");
    loop.callAt(loop.time(), trail.mark("timer"));
    loop.addReader(pair.source(), trail.mark("channel"));
    turn(loop);
    trail.assertIs("channel", "timer");
    loop.removeReader(pair.source());
  }

  @Test
  @Needs({Capability.RUN, Capability.CHANNELS})
  void anIterationTakesReadyThenChannelsThenTimers() throws Exception {
    var loop = newLoop();
    var pair = pipe();
    write(pair.sink(), "x");
    loop.addReader(pair.source(), trail.mark("channel"));
    loop.callAt(loop.time(), trail.mark("timer"));
    loop.callSoon(trail.mark("ready"));
    turn(loop);
    trail.assertIs("ready", "channel", "timer");
    loop.removeReader(pair.source());
  }

  // Handles.

  @Test
  void aCancelledCallbackDoesNotRun() throws Exception {
    run(loop -> {
      var handle = loop.callSoon(trail.mark("cancelled"));
      loop.callSoon(trail.mark("other"));
      assertFalse(handle.isCancelled());
      handle.cancel();
      assertTrue(handle.isCancelled());
      Tulip.yield();
      trail.assertIs("other");
    });
  }

  @Test
  void aHandleMayBeCancelledTwice() throws Exception {
    run(loop -> {
      var handle = loop.callSoon(trail.mark("cancelled"));
      handle.cancel();
      handle.cancel();
      assertTrue(handle.isCancelled());
      Tulip.yield();
      trail.assertIs();
    });
  }

  @Test
  void aCallbackCancelsOneBehindItInTheSameIteration() throws Exception {
    run(loop -> {
      var handles = new ArrayList<Handle>();
      loop.callSoon(() -> handles.getFirst().cancel());
      handles.add(loop.callSoon(trail.mark("cancelled")));
      Tulip.yield();
      trail.assertIs();
    });
  }

  @Test
  void cancellingACallbackThatHasRunIsHarmless() throws Exception {
    run(loop -> {
      var handle = loop.callSoon(trail.mark("called"));
      Tulip.yield();
      handle.cancel();
      Tulip.yield();
      trail.assertIs("called");
    });
  }

  @Test
  void aCallbackMayCancelItself() throws Exception {
    run(loop -> {
      var handles = new ArrayList<Handle>();
      handles.add(
          loop.callSoon(() -> {
            handles.getFirst().cancel();
            trail.add("called");
          }));
      Tulip.yield();
      trail.assertIs("called");
    });
  }

  @Test
  void aCancelledThreadSafeCallbackDoesNotRun() throws Exception {
    run(loop -> {
      loop.callSoonThreadSafe(trail.mark("cancelled")).cancel();
      Tulip.yield();
      Tulip.yield();
      trail.assertIs();
    });
  }

  // Where callbacks run.

  @Test
  void aCallbackKnowsItsLoop() throws Exception {
    run(loop -> {
      var seen = loop.<EventLoop>createFuture();
      loop.callSoon(() -> seen.setResult(EventLoop.current()));
      assertSame(loop, seen.await());
    });
  }

  @Test
  void aCallbackIsInTheLoopAndInNoTask() throws Exception {
    run(loop -> {
      loop.callSoon(() -> {
        assertTrue(loop.inLoop());
        assertNull(loop.currentTask());
        assertThrows(IllegalStateException.class, Task::current);
        trail.add("looked");
      });
      assertNotNull(loop.currentTask());
      Tulip.yield();
      trail.assertIs("looked");
    });
  }

  @Test
  void anotherThreadIsNotInTheLoop() throws Exception {
    run(loop -> assertFalse(Tulip.blocking(loop::inLoop)));
  }

  @Test
  void aCallbackCannotWait() throws Exception {
    run(loop -> {
      var future = loop.createFuture();
      loop.callSoon(() -> {
        assertThrows(IllegalStateException.class, () -> Tulip.sleep(ofSeconds(1)));
        assertThrows(IllegalStateException.class, Tulip::yield);
        assertThrows(IllegalStateException.class, future::await);
        trail.add("refused");
      });
      Tulip.yield();
      trail.assertIs("refused");
    });
  }

  @Test
  void callSoonOfAnotherThreadIsRefused() throws Exception {
    run(loop -> {
      assertRefusedElsewhere(() -> loop.callSoon(() -> {}));
      assertRefusedElsewhere(() -> loop.callLater(ofSeconds(1), () -> {}));
      assertRefusedElsewhere(() -> loop.createTask(() -> 1));
    });
  }

  @Test
  void theLoopIsAnExecutor() throws Exception {
    run(loop -> {
      Executor executor = loop;
      Tulip.blocking(() -> executor.execute(trail.mark("executed")));
      Tulip.yield();
      trail.assertIs("executed");
    });
  }

  @Test
  void aCallbackMayTakeAFreeLock() throws Exception {
    run(loop -> {
      var lock = new ReentrantLock();
      loop.callSoon(() -> {
        lock.lock();
        try {
          trail.add("locked");
        } finally {
          lock.unlock();
        }
      });
      Tulip.yield();
      trail.assertIs("locked");
    });
  }

  @Test
  @Needs(Capability.FOREIGN_WAITS)
  void aCallbackThatWaitsOutsideLetsTheOthersGoOn() throws Exception {
    run(loop -> {
      var gate = new Semaphore(0);
      var passed = loop.createFuture();
      loop.callSoon(() -> {
        gate.acquireUninterruptibly();
        trail.add("waiting callback");
        loop.callSoonThreadSafe(passed::cancel);
      });
      loop.callSoon(trail.mark("next callback"));
      Tulip.yield();
      trail.assertIs("next callback");
      gate.release();
      passed.awaitDone();
      trail.assertIs("next callback", "waiting callback");
      assertTrue(takeError().message().contains("waited"));
    });
  }

  // Failures.

  @Test
  void aFailingCallbackLeavesTheNextOnesAlone() throws Exception {
    run(loop -> {
      loop.callSoon(() -> {
        throw new IllegalStateException("expected");
      });
      loop.callSoon(trail.mark("next"));
      Tulip.yield();
      trail.assertIs("next");
      assertInstanceOf(IllegalStateException.class, takeException());
    });
  }
}
