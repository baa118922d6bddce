// SPDX-License-Identifier: Apache-2.0
package tulip.it.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tulip.core.LoopOptions.Engine.CARRIER;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import tulip.core.EventLoop;
import tulip.core.LoopOptions;
import tulip.core.Runner;
import tulip.core.Task;
import tulip.core.TaskGroup;
import tulip.core.Tulip;

/// First in, first out, whoever queues what.
class OrderTest {
  private static final int MANY = 1_000;

  @OnEachEngine
  void callbacksAndTasksStandInOneLine(LoopOptions options) {
    var order = new StringBuilder();
    try (var loop = EventLoop.create(options)) {
      for (int i = 0; i < 3; i++) {
        int number = i;
        loop.callSoon(() -> order.append("c").append(number));
        loop.createTask(() -> {
          order.append("t").append(number);
          loop.callSoon(() -> order.append("C").append(number));
          Tulip.yield();
          order.append("T").append(number);
        });
      }
      loop.callSoon(loop::stop);
      loop.runForever();
      assertEquals("c0t0c1t1c2t2", order.toString());
      loop.runOnce(Duration.ZERO);
      assertEquals("c0t0c1t1c2t2C0T0C1T1C2T2", order.toString());
    }
  }

  @OnEachEngine
  void tasksThatYieldTakeTurns(LoopOptions options) {
    var order = new StringBuilder();
    Tulip.run(
        options,
        () -> {
          try (var group = TaskGroup.open()) {
            for (int i = 0; i < 3; i++) {
              int number = i;
              group.start(() -> {
                for (int round = 0; round < MANY; round++) {
                  order.append(number);
                  Tulip.yield();
                }
              });
            }
            group.join();
          }
        });
    assertEquals("012".repeat(MANY), order.toString());
  }

  /// `LockSupport.unpark` on the loop is a way of queueing like any other.
  @OnEachEngine(CARRIER)
  void unparkKeepsTheOrder(LoopOptions options) {
    var order = new StringBuilder();
    var released = new boolean[4];
    Tulip.run(
        options,
        () -> {
          var loop = EventLoop.current();
          try (var group = TaskGroup.open()) {
            var tasks = new ArrayList<Task<?>>();
            for (int i = 0; i < released.length; i++) {
              int number = i;
              tasks.add(
                  group.start(() -> {
                    while (!released[number]) {
                      LockSupport.park();
                    }
                    order.append(number);
                  }));
            }
            Tulip.yield();
            loop.callSoon(() -> {
              for (int number : new int[] {2, 0}) {
                released[number] = true;
                LockSupport.unpark(tasks.get(number).thread());
                loop.callSoon(() -> order.append('c'));
              }
            });
            Tulip.yield();
            for (int number : new int[] {3, 1}) {
              released[number] = true;
              LockSupport.unpark(tasks.get(number).thread());
              loop.callSoon(() -> order.append('t'));
            }
            group.join();
          }
        });
    assertEquals("2c0c3t1t", order.toString());
  }

  @OnEachEngine
  void aTaskThatOnlyYieldsStarvesNobody(LoopOptions options) {
    var events = new ArrayList<String>();
    Tulip.run(
        options,
        () -> {
          var loop = EventLoop.current();
          loop.callSoon(() -> events.add("callback"));
          loop.callLater(Duration.ofMillis(5), () -> events.add("timer"));
          Tulip.createTask(() -> {
            Tulip.sleep(Duration.ofMillis(10));
            events.add("sleeper");
          });
          Thread.ofPlatform()
              .start(() -> {
                Patience.burn(15);
                loop.callSoonThreadSafe(() -> events.add("thread"));
              });
          while (events.size() < 4) {
            Tulip.yield();
          }
        });
    assertEquals(List.of("callback", "timer", "sleeper"), without("thread", events));
  }

  /// So does one that never waits in Tulip at all, on the carrier.
  @OnEachEngine(CARRIER)
  @SuppressWarnings("ThreadPriorityCheck")
  void aTaskThatYieldsItsThreadStarvesNobody(LoopOptions options) {
    var events = new ArrayList<String>();
    Tulip.run(
        options,
        () -> {
          EventLoop.current().callLater(Duration.ofMillis(5), () -> events.add("timer"));
          while (events.isEmpty()) {
            Thread.yield();
          }
        });
    assertEquals(List.of("timer"), events);
  }

  private static List<String> without(String item, List<String> items) {
    assertTrue(items.contains(item));
    return items.stream().filter(it -> !it.equals(item)).toList();
  }

  @OnEachEngine
  void eachThreadsSubmissionsKeepTheirOrder(LoopOptions options) throws Exception {
    int threads = 3;
    var seen = new ArrayList<List<Integer>>();
    for (int i = 0; i < threads; i++) {
      seen.add(new ArrayList<>());
    }
    var done = new CountDownLatch(threads * MANY);
    try (var runner = Runner.open(options)) {
      for (int i = 0; i < threads; i++) {
        var mine = seen.get(i);
        new Thread(
                () -> {
                  for (int number = 0; number < MANY; number++) {
                    int next = number;
                    runner
                        .loop()
                        .callSoonThreadSafe(() -> {
                          mine.add(next);
                          done.countDown();
                        });
                  }
                })
            .start();
      }
      Patience.await(done);
    }
    for (var mine : seen) {
      assertEquals(java.util.stream.IntStream.range(0, MANY).boxed().toList(), mine);
    }
  }
}
