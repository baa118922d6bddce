// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import tulip.core.LoopOptions.Engine;
import tulip.core.ReturnWhen;
import tulip.core.Task;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.net.testing.RealServer;
import tulip.testing.TulipTest;
import tulip.testing.TulipTest.Clock;

/// Commands that wait at a real server, and are cancelled there.
@TulipTest(
    clock = Clock.REAL,
    engine = {Engine.CARRIER, Engine.BATON})
class BlockingCallTest {
  @SuppressWarnings("NullAway.Init")
  private static RealServer server;

  @BeforeAll
  static void start() throws IOException {
    server = RedisServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Redis open() throws IOException {
    var redis = Redis.open(RedisServer.options(server));
    redis.flushall();
    return redis;
  }

  @TulipTest
  void aConnectionWhoseCommandWasTakenBackIsLentOn() throws IOException {
    try (var redis = open()) {
      assertFalse(Tulip.moveOnAfter(ofMillis(50), () -> redis.blpop(ofSeconds(0), "queue")));
      assertEquals(1, redis.poolStatistics().idle());
      assertNull(redis.blpop(ofMillis(1), "queue"));
      assertEquals(1, redis.poolStatistics().idle());
    }
  }

  /// Elements come while those who wait for them give up; each goes to somebody, or stays.
  @TulipTest
  void noElementIsLost() throws IOException {
    var random = RandomGeneratorFactory.of("Xoshiro256PlusPlus").create(7);
    int count = 1_000;
    var taken = new ArrayList<String>();
    try (var redis = open();
        var group = TaskGroup.open()) {
      var producer =
          group.start(() -> {
            for (int i = 0; i < count; i++) {
              redis.rpush("queue", i);
            }
          });
      while (!producer.isDone()) {
        var victims = new ArrayList<Task<?>>();
        for (int i = 0; i < 4; i++) {
          victims.add(group.start(() -> take(redis, taken)));
        }
        for (int i = random.nextInt(20); i > 0; i--) {
          Tulip.yield();
        }
        victims.forEach(Task::cancel);
        Tulip.wait(victims, null, ReturnWhen.ALL_COMPLETED);
      }
      group.join();
      taken.addAll(redis.lrange("queue", 0, -1));
      assertTrue(redis.poolStatistics().idle() > 0);
    }
    assertEquals(
        IntStream.range(0, count).boxed().toList(),
        taken.stream().map(Integer::valueOf).sorted().toList());
  }

  private static void take(Redis redis, List<String> taken) throws IOException {
    while (true) {
      var popped = redis.blpop(ofSeconds(0), "queue");
      if (popped != null) {
        taken.add(popped.value());
      }
    }
  }

  @TulipTest
  void whoWasGivenSomethingIsCancelledAtTheNextWait() throws IOException {
    try (var redis = open();
        var group = TaskGroup.open()) {
      for (int round = 0; round < 50; round++) {
        var got = new ArrayList<Object>();
        var task =
            group.start(() -> {
              got.add(String.valueOf(redis.blpop(ofSeconds(0), "queue")));
              Tulip.sleepForever();
            });
        while (!redis.clientList().contains("cmd=blpop")) {
          redis.ping();
        }
        var push = group.start(() -> redis.rpush("queue", "job"));
        task.cancel();
        Tulip.wait(List.of(task), null, ReturnWhen.ALL_COMPLETED);
        assertTrue(task.isCancelled());
        push.await();
        assertEquals(1, got.size() + redis.llen("queue"));
        redis.del("queue");
      }
    }
  }
}
