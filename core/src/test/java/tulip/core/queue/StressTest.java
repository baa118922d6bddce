// SPDX-License-Identifier: Apache-2.0
package tulip.core.queue;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofNanos;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tulip.core.BothEngines;
import tulip.core.Cancelled;
import tulip.core.LoopOptions.Engine;
import tulip.core.OnLoop;
import tulip.core.Scope;
import tulip.core.TaskGroup;
import tulip.core.Tulip;

/// However tasks meet, are cancelled and give up: no item is lost or doubled, and each sender's
/// items keep their order.
class StressTest {
  private static final int PRODUCERS = 4;
  private static final int CONSUMERS = 3;
  private static final int ITEMS = 150;

  /// Item number `number` of producer `from`.
  private record Item(int from, int number) {}

  /// What was given for good, and what has come, in the order of the hand-over as far as that can
  /// be seen: per consumer.
  private static final class Ledger {
    final List<Item> given = new ArrayList<>();
    final List<List<Item>> taken = new ArrayList<>();

    void check(String what) {
      var all = new ArrayList<Item>();
      for (var share : taken) {
        var latest = new HashMap<Integer, Integer>();
        for (var item : share) {
          Integer before = latest.put(item.from(), item.number());
          assertTrue(before == null || before < item.number(), what + ": order of " + share);
        }
        all.addAll(share);
      }
      var order = Comparator.comparingInt(Item::from).thenComparingInt(Item::number);
      all.sort(order);
      given.sort(order);
      assertEquals(given, all, what);
    }
  }

  private interface Attempt {
    void run() throws Exception;
  }

  /// Does something under a deadline of some nanoseconds, be it in the past, or under none.
  private static boolean hastily(Random random, Attempt attempt) throws Exception {
    if (random.nextInt(3) > 0) {
      attempt.run();
      return true;
    }
    var scope = new Scope().timeout(ofNanos(random.nextInt(4) - 1));
    var done = new boolean[1];
    scope.run(() -> {
      attempt.run();
      done[0] = true;
    });
    return done[0];
  }

  private static void pause(Random random) {
    switch (random.nextInt(6)) {
      case 0 -> Tulip.yield();
      case 1, 2 -> Tulip.sleep(ofNanos(1 + random.nextInt(3)));
      default -> {}
    }
  }

  private static void throughAQueue(long seed) throws Exception {
    var random = new Random(seed);
    var queue = new Queue<Item>(1 + random.nextInt(4));
    var ledger = new Ledger();
    TaskGroup.run(group -> {
      for (int c = 0; c < CONSUMERS; c++) {
        var share = new ArrayList<Item>();
        ledger.taken.add(share);
        group.start(() -> {
          while (!queue.isShutDown() || !queue.isEmpty()) {
            try {
              hastily(random, () -> share.add(queue.get()));
            } catch (QueueShutDown e) {
              return;
            }
            pause(random);
          }
        });
      }
      TaskGroup.run(producers -> {
        for (int p = 0; p < PRODUCERS; p++) {
          int from = p;
          producers.start(() -> {
            for (int i = 0; i < ITEMS; i++) {
              var item = new Item(from, i);
              if (hastily(random, () -> queue.put(item))) {
                ledger.given.add(item);
              }
              pause(random);
            }
          });
        }
      });
      queue.shutdown();
    });
    ledger.check("queue, seed " + seed);
    assertEquals(0, queue.statistics().waitingGets() + queue.statistics().waitingPuts());
  }

  private static void throughChannels(long seed) throws Exception {
    var random = new Random(seed);
    var channels = new ArrayList<Channel<Item>>();
    for (int i = 0; i < 3; i++) {
      channels.add(Channel.open(random.nextInt(3)));
    }
    var ledger = new Ledger();
    TaskGroup.run(group -> {
      for (int c = 0; c < CONSUMERS; c++) {
        var share = new ArrayList<Item>();
        ledger.taken.add(share);
        group.start(() -> consume(random, channels, share));
      }
      TaskGroup.run(producers -> {
        for (int p = 0; p < PRODUCERS; p++) {
          int from = p;
          producers.start(() -> produce(random, channels, from, ledger.given));
        }
      });
      channels.forEach(channel -> channel.sender().close());
    });
    // a producer that selects spreads over the channels: only the set is certain then
    for (var share : ledger.taken) {
      share.sort(Comparator.comparingInt(Item::number));
    }
    ledger.check("channels, seed " + seed);
    for (var channel : channels) {
      var now = channel.sender().statistics();
      assertEquals(0, now.waitingReceivers() + now.waitingSenders() + now.size());
    }
  }

  private static void produce(
      Random random, List<Channel<Item>> channels, int from, List<Item> given) throws Exception {
    for (int i = 0; i < ITEMS; i++) {
      var item = new Item(from, i);
      var one = channels.get(random.nextInt(3)).sender();
      var other = channels.get(random.nextInt(3)).sender();
      boolean alone = random.nextBoolean();
      if (hastily(
          random,
          () -> {
            if (alone) {
              one.send(item);
            } else {
              boolean _ =
                  Select.<Boolean, RuntimeException>select(
                      one.onSend(item, () -> true), other.onSend(item, () -> true));
            }
          })) {
        given.add(item);
      }
      pause(random);
    }
  }

  private static void consume(Random random, List<Channel<Item>> channels, List<Item> share)
      throws Exception {
    var open = new ArrayList<ReceiveChannel<Item>>();
    channels.forEach(channel -> open.add(channel.receiver()));
    while (!open.isEmpty()) {
      @SuppressWarnings({"unchecked", "rawtypes"})
      SelectCase<Boolean, RuntimeException>[] cases = new SelectCase[open.size()];
      for (int i = 0; i < cases.length; i++) {
        var from = open.get(i);
        cases[i] = from.onReceive(share::add, () -> open.remove(from));
      }
      java.util.Collections.shuffle(Arrays.asList(cases), random);
      hastily(random, () -> Select.select(cases));
      pause(random);
    }
  }

  @BothEngines
  void aQueueLosesAndDoublesNothing(Engine engine) throws Exception {
    for (long seed = 0; seed < 15; seed++) {
      long s = seed;
      OnLoop.run(engine, () -> throughAQueue(s));
    }
  }

  @BothEngines
  void selectsOverChannelsLoseAndDoubleNothing(Engine engine) throws Exception {
    for (long seed = 0; seed < 15; seed++) {
      long s = seed;
      OnLoop.run(engine, () -> throughChannels(s));
    }
  }

  @Test
  @Tag("long")
  void neitherDoesSoInThousandsOfRuns() throws Exception {
    for (long seed = 100; seed < 3_000; seed++) {
      long s = seed;
      OnLoop.run(
          Engine.CARRIER,
          () -> {
            throughAQueue(s);
            throughChannels(s);
          });
    }
  }

  /// Operation by operation against the simplest thing that could be right.
  @BothEngines
  void withoutWaitingAQueueDoesWhatAModelDoes(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var random = new Random(7);
          for (int round = 0; round < 200; round++) {
            int capacity = 1 + random.nextInt(3);
            var queue = new Queue<Integer>(capacity);
            var channel = Channel.<Integer>open(capacity);
            var model = new ArrayDeque<Integer>();
            for (int i = 0; i < 50; i++) {
              if (random.nextBoolean()) {
                boolean fits = model.size() < capacity;
                assertEquals(fits, queue.tryPut(i));
                assertEquals(fits, channel.sender().trySend(i));
                if (fits) {
                  model.add(i);
                }
              } else {
                var expected = model.poll();
                assertTrue(Objects.equals(expected, queue.tryGet()));
                assertTrue(Objects.equals(expected, channel.receiver().tryReceive()));
              }
              assertEquals(model.size(), queue.size());
            }
          }
        });
  }

  /// Tasks that wait are served in the order of their coming, those that gave up left out.
  @BothEngines
  void waitingTasksAreServedAsAModelSays(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var random = new Random(11);
          for (int round = 0; round < 50; round++) {
            var queue = new Queue<Integer>(1);
            var waiting = new ArrayDeque<Integer>();
            var expected = new ArrayList<String>();
            var got = new ArrayList<String>();
            try (var group = TaskGroup.open()) {
              var tasks = new HashMap<Integer, tulip.core.Task<?>>();
              for (int i = 0; i < 40; i++) {
                int number = i;
                switch (random.nextInt(3)) {
                  case 0 -> {
                    tasks.put(
                        number,
                        group.start(() -> {
                          got.add(number + "=" + queue.get());
                        }));
                    waiting.add(number);
                    Tulip.yield();
                  }
                  case 1 -> {
                    if (!waiting.isEmpty()) {
                      var victim = random.nextBoolean() ? waiting.pollFirst() : waiting.pollLast();
                      assertTrue(Objects.requireNonNull(tasks.get(victim)).cancel());
                    }
                  }
                  default -> {
                    if (!waiting.isEmpty()) {
                      expected.add(waiting.poll() + "=" + number);
                      queue.put(number);
                    }
                  }
                }
              }
              Tulip.sleep(ofMillis(1));
            } catch (Cancelled e) {
              throw new AssertionError(e);
            }
            assertEquals(expected, got);
          }
        });
  }
}
