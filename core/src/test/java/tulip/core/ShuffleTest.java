// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tulip.core.LoopOptions.Engine;
import tulip.core.sync.Lock;

/// [LoopOptions#withShuffle]: tasks change places, and nothing else does.
class ShuffleTest {
  private static List<String> run(LoopOptions options, Action<Exception> test, List<String> order)
      throws Exception {
    OnLoop.run(
        options,
        () -> {
          test.run();
          return null;
        });
    return order;
  }

  /// Five tasks with three turns each.
  private static List<String> rounds(LoopOptions options) throws Exception {
    var order = new ArrayList<String>();
    return run(
        options,
        () -> {
          try (var group = TaskGroup.open()) {
            for (var name : List.of("a", "b", "c", "d", "e")) {
              group.start(() -> {
                for (int round = 1; round <= 3; round++) {
                  order.add(name + round);
                  Tulip.yield();
                }
              });
            }
            group.join();
          }
        },
        order);
  }

  @BothEngines
  void withoutASeedTheFirstGoFirst(Engine engine) throws Exception {
    assertEquals(
        List.of(
            "a1", "b1", "c1", "d1", "e1", "a2", "b2", "c2", "d2", "e2", "a3", "b3", "c3", "d3",
            "e3"),
        rounds(OnLoop.options(engine)));
  }

  @BothEngines
  void aSeedBringsItsOrderBack(Engine engine) throws Exception {
    var options = OnLoop.options(engine);
    var orders = new HashSet<List<String>>();
    for (long seed = 0; seed < 20; seed++) {
      var order = rounds(options.withClock(VirtualClock.autojump()).withShuffle(seed));
      assertEquals(order, rounds(options.withClock(VirtualClock.autojump()).withShuffle(seed)));
      orders.add(order);
    }
    assertTrue(orders.size() > 15, () -> "orders: " + orders);
  }

  @BothEngines
  void eachTaskGetsOneTurnAnIteration(Engine engine) throws Exception {
    for (long seed = 0; seed < 20; seed++) {
      var order = rounds(OnLoop.options(engine).withShuffle(seed));
      for (int round = 0; round < 3; round++) {
        var names = Set.copyOf(order.subList(round * 5, round * 5 + 5));
        int number = round + 1;
        assertEquals(
            Set.of("a" + number, "b" + number, "c" + number, "d" + number, "e" + number), names);
      }
    }
  }

  @BothEngines
  void bothEnginesTakeTheSameOrder(Engine engine) throws Exception {
    assertEquals(
        rounds(OnLoop.options(Engine.BATON).withShuffle(7)),
        rounds(OnLoop.options(engine).withShuffle(7)));
  }

  @BothEngines
  void callbacksKeepTheirPlaces(Engine engine) throws Exception {
    for (long seed = 0; seed < 20; seed++) {
      var order = new ArrayList<String>();
      run(
          OnLoop.options(engine).withShuffle(seed),
          () -> {
            var loop = EventLoop.current();
            for (int i = 0; i < 6; i++) {
              int number = i;
              loop.callSoon(() -> order.add("call " + number));
              loop.createTask(() -> order.add("task"));
            }
            Tulip.yield();
            order.add("task");
            Tulip.yield();
          },
          order);
      for (int i = 0; i < 12; i += 2) {
        assertEquals("call " + i / 2, order.get(i));
      }
    }
  }

  @BothEngines
  void aLockServesFirstWhoCameFirst(Engine engine) throws Exception {
    for (long seed = 0; seed < 20; seed++) {
      var asked = new ArrayList<String>();
      var got = new ArrayList<String>();
      run(
          OnLoop.options(engine).withShuffle(seed),
          () -> {
            var lock = new Lock();
            try (var group = TaskGroup.open()) {
              for (var name : List.of("a", "b", "c", "d", "e")) {
                group.start(() -> {
                  asked.add(name);
                  lock.acquire();
                  got.add(name);
                  Tulip.yield();
                  lock.release();
                });
              }
              group.join();
            }
          },
          got);
      assertEquals(asked, got);
    }
  }

  @BothEngines
  void anEagerTaskStartsAtOnce(Engine engine) throws Exception {
    for (long seed = 0; seed < 20; seed++) {
      var order = new ArrayList<String>();
      run(
          OnLoop.options(engine).withShuffle(seed),
          () -> {
            var loop = EventLoop.current();
            Tulip.createTask(() -> order.add("other"));
            loop.createEagerTask(() -> order.add("eager"));
            order.add("creator");
            Tulip.yield();
          },
          order);
      assertEquals(List.of("eager", "creator", "other"), order);
    }
  }

  /// A bug that first in, first out hides: the second task relies on the first's first step.
  @BothEngines
  void anOrderThatNobodyPromisedIsFoundOut(Engine engine) throws Exception {
    int found = 0;
    for (long seed = 0; seed < 20; seed++) {
      var seen = new ArrayList<String>();
      run(
          OnLoop.options(engine).withShuffle(seed),
          () -> {
            var cache = new ArrayList<String>();
            var fill = Tulip.createTask(() -> cache.add("value"));
            var use = Tulip.createTask(() -> seen.addAll(cache));
            fill.await();
            use.await();
          },
          seen);
      found += seen.isEmpty() ? 1 : 0;
    }
    assertNotEquals(0, found);
    assertNotEquals(20, found);
  }
}
