// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import tulip.core.LoopOptions.Engine;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.core.sync.Event;
import tulip.net.testing.RealServer;
import tulip.redis.protocol.RedisException;
import tulip.redis.protocol.Reply;
import tulip.testing.TulipTest;
import tulip.testing.TulipTest.Clock;

/// A client on a real server that stays up.
@TulipTest(
    clock = Clock.REAL,
    engine = {Engine.CARRIER, Engine.BATON})
class RedisTest {
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

  private static long number(String value) {
    return Long.parseLong(value);
  }

  @TulipTest
  void manyTasksShareOneConnection() throws IOException {
    try (var redis = open()) {
      var numbers = IntStream.range(0, 100).boxed().toList();
      Tulip.gather(numbers, number -> redis.set("k" + number, number, SetOption.NX));
      var values = Tulip.gather(numbers, number -> String.valueOf(redis.get("k" + number)));
      assertEquals(numbers.stream().map(String::valueOf).toList(), values);
      assertEquals(1, redis.clientList().lines().count());
    }
  }

  @TulipTest
  void commandsThatBlockHoldNobodyUp() throws IOException {
    try (var redis = open();
        var group = TaskGroup.open()) {
      var popped = group.start(() -> redis.blpop(ofSeconds(20), "queue"));
      while (!redis.clientList().contains("cmd=blpop")) {
        redis.ping();
      }
      redis.rpush("queue", "job");
      assertEquals(new Popped("queue", "job"), popped.await());
    }
  }

  @TulipTest
  void watchedKeysThatChangeHaveTheBlockRunAgain() throws IOException {
    try (var redis = open()) {
      redis.set("stock", 10);
      var runs = new ArrayList<String>();
      var replies =
          redis.watch(
              List.of("stock"),
              (now, then) -> {
                var stock = String.valueOf(now.get("stock"));
                if (runs.isEmpty()) {
                  redis.set("stock", 5); // somebody else
                }
                runs.add(stock);
                then.call("SET", "stock", number(stock) - 1);
              });
      assertEquals(List.of("10", "5"), runs);
      assertEquals(List.of(new Reply.SimpleString("OK")), replies);
      assertEquals("4", redis.get("stock"));
      assertThrows(
          IllegalArgumentException.class,
          () -> redis.watch(List.of("stock"), (_, then) -> then.call("BLPOP", "a", 0)));
      var last = redis.watch(List.of("stock"), (_, then) -> then.call("INCR", "stock"));
      assertEquals(List.of(new Reply.Int(5)), last);
      assertEquals(1, redis.poolStatistics().idle());
    }
  }

  @TulipTest
  void counterUnderWatchLosesNothing() throws IOException {
    try (var redis = open()) {
      redis.set("n", 0);
      var tasks = IntStream.range(0, 8).boxed().toList();
      Tulip.gather(
          tasks,
          _ ->
              redis.watch(
                  List.of("n"),
                  (now, then) -> then.call("SET", "n", number(String.valueOf(now.get("n"))) + 1)));
      assertEquals("8", redis.get("n"));
    }
  }

  @TulipTest
  void transactionsAndPipelines() throws IOException {
    try (var redis = open()) {
      var replies = redis.multi(batch -> batch.call("SET", "a", "x").call("INCR", "a"));
      assertEquals(new Reply.SimpleString("OK"), replies.getFirst());
      assertEquals("ERR", ((Reply.Failure) replies.getLast()).code());
      var refused =
          assertThrows(
              RedisException.class, () -> redis.multi(batch -> batch.call("SET", "a").call("X")));
      assertEquals("EXECABORT", refused.code());
      assertEquals(2, refused.getSuppressed().length);
      var many =
          redis.pipeline(batch -> {
            for (int i = 0; i < 10_000; i++) {
              batch.call("INCR", "n");
            }
          });
      assertEquals(10_000, many.getLast().integer());
    }
  }

  @TulipTest
  void whatChangesASharedConnectionIsRefused() throws IOException {
    try (var redis = open()) {
      for (var name : List.of("MULTI", "SELECT", "watch", "SUBSCRIBE")) {
        assertThrows(IllegalArgumentException.class, () -> redis.call(name, "1"));
      }
      var size =
          redis.connected(connection -> {
            connection.call("SELECT", 3);
            return connection.dbsize();
          });
      assertEquals(0, size);
      assertEquals(0, redis.poolStatistics().idle());
    }
  }

  @TulipTest
  void largeValuesAndLargeReplies() throws IOException {
    try (var redis = open()) {
      var large = "0123456789".repeat(1_000_000);
      redis.set("large", large);
      assertEquals(large, redis.get("large"));
      var numbers = IntStream.range(0, 200_000).boxed().toArray();
      redis.rpush("list", numbers);
      var list = redis.lrange("list", 0, -1);
      assertEquals(200_000, list.size());
      assertEquals("199999", list.getLast());
    }
  }

  @TulipTest
  void aConsumerAcknowledgesWhatItHasDealtWith() throws IOException {
    try (var redis = open()) {
      for (int i = 0; i < 5; i++) {
        redis.xadd("s", Map.of("n", i));
      }
      var consumer = StreamConsumer.of("s", "g", "me").withBatch(2);
      var seen = new ArrayList<String>();
      var failure = new IOException("three");
      var thrown =
          assertThrows(
              IOException.class,
              () ->
                  redis.consume(
                      consumer,
                      entry -> {
                        seen.add(String.valueOf(entry.fields().get("n")));
                        if (seen.size() == 3) {
                          throw failure;
                        }
                      }));
      assertEquals(failure, thrown);
      try (var group = TaskGroup.open()) {
        var done = new Event();
        var again =
            group.start(() ->
                redis.consume(
                    consumer,
                    entry -> {
                      seen.add(String.valueOf(entry.fields().get("n")));
                      if (seen.size() == 7) {
                        done.set();
                      }
                    }));
        redis.xadd("s", Map.of("n", 5));
        done.await();
        again.cancel();
      }
      assertEquals(List.of("0", "1", "2", "2", "3", "4", "5"), seen);
    }
  }

  @TulipTest
  void entriesThatAnotherConsumerHasLeftAreTakenOver() throws IOException {
    try (var redis = open();
        var group = TaskGroup.open()) {
      redis.xgroupCreate("s", "g", "0");
      redis.xadd("s", Map.of("n", 1));
      assertEquals(1, redis.xreadgroup("g", "dead", "s", ">", 10).size());
      var seen = new Event();
      var consumer = StreamConsumer.of("s", "g", "alive").withClaimAfter(ofMillis(20));
      var task = group.start(() -> redis.consume(consumer, _ -> seen.set()));
      seen.await();
      task.cancel();
      assertTrue(seen.isSet());
    }
  }
}
