// SPDX-License-Identifier: Apache-2.0
package tulip.it.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tulip.core.LoopOptions.Engine.CARRIER;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import tulip.core.Action;
import tulip.core.LoopOptions;
import tulip.core.Task;
import tulip.core.TaskGroup;
import tulip.core.Tulip;

/// Taking the stack trace of a runnable virtual thread makes the JDK submit it a second time.
class LookingTest {
  private static final int ROUNDS = 200;
  private static final int LOOKS = 5;

  @OnEachEngine
  void lookingDoesNotChangeTheOrder(LoopOptions options) {
    assertKeepsOrder(options, Tulip::yield);
  }

  /// Here the JDK, and not Tulip, says that the thread can go on.
  @OnEachEngine(CARRIER)
  void lookingDoesNotChangeTheOrderOfForeignWaits(LoopOptions options) {
    assertKeepsOrder(options, Thread::yield);
  }

  /// One task keeps the turn while another thread looks at those that stand in the queue.
  private static void assertKeepsOrder(LoopOptions options, Action<RuntimeException> pause) {
    var order = new StringBuilder();
    var orders = new SynchronousQueue<Task<?>>();
    var looked = new AtomicInteger();
    Thread.ofPlatform().daemon().start(() -> look(orders, looked));
    Tulip.run(
        options,
        () -> {
          try (var group = TaskGroup.open()) {
            var a = group.start(() -> turns(order, 'a', pause));
            var b = group.start(() -> turns(order, 'b', pause));
            for (int i = 1; i < ROUNDS; i++) {
              pause.run();
              order.append('|');
              haveLooked(orders, looked, i % 2 == 0 ? a : b);
            }
            group.join();
          }
        });
    assertEquals("ab|".repeat(ROUNDS - 1) + "ab", order.toString());
  }

  private static void turns(StringBuilder order, char name, Action<RuntimeException> pause) {
    for (int i = 0; i < ROUNDS; i++) {
      order.append(name);
      pause.run();
    }
  }

  private static void haveLooked(
      SynchronousQueue<Task<?>> orders, AtomicInteger looked, Task<?> task) {
    int before = looked.get();
    while (!orders.offer(task)) {
      Thread.onSpinWait(); // a wait would give the turn away
    }
    while (looked.get() == before) {
      Thread.onSpinWait();
    }
  }

  private static void look(SynchronousQueue<Task<?>> orders, AtomicInteger looked) {
    try {
      while (true) {
        var thread = orders.take().thread();
        for (int i = 0; i < LOOKS; i++) {
          thread.getStackTrace();
        }
        looked.incrementAndGet();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// At any moment, also when the task is just being resumed.
  @OnEachEngine
  void lookingNeitherLosesNorDoublesATurn(LoopOptions options) throws Exception {
    var busy = new AtomicBoolean();
    var stop = new AtomicBoolean();
    var tasks = new ArrayList<Task<?>>();
    var looks = new AtomicInteger();
    var ran = new int[4];
    Tulip.run(
        options,
        () -> {
          try (var group = TaskGroup.open()) {
            for (int i = 0; i < ran.length; i++) {
              int number = i;
              tasks.add(group.start(() -> count(ran, number, busy)));
            }
            var threads = List.copyOf(tasks).stream().map(Task::thread).toList();
            var looker =
                Thread.ofPlatform()
                    .start(() -> {
                      while (!stop.get()) {
                        threads.forEach(Thread::getStackTrace);
                        looks.incrementAndGet();
                      }
                    });
            group.join();
            stop.set(true);
            Tulip.blocking(() -> Patience.join(looker));
          }
        });
    for (int turns : ran) {
      assertEquals(20_000, turns);
    }
    assertTrue(looks.get() > 0);
  }

  @SuppressWarnings("ThreadPriorityCheck")
  private static void count(int[] ran, int number, AtomicBoolean busy) throws Exception {
    for (int i = 0; i < 20_000; i++) {
      assertFalse(busy.getAndSet(true), "two tasks had the turn");
      ran[number]++;
      busy.set(false);
      if (i % 100 == 99) {
        Thread.sleep(0, 1_000);
      } else if (i % 3 == 0) {
        Thread.yield();
      } else {
        Tulip.yield();
      }
    }
  }
}
