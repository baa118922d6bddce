// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import tulip.core.Task;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.testing.TulipTest;
import tulip.testing.TulipTest.Clock;

/// Traffic while slots of a real cluster move.
@TulipTest(clock = Clock.REAL)
class ClusterReshardingTest {
  @SuppressWarnings("NullAway.Init")
  private static ClusterServers servers;

  @BeforeAll
  static void start() throws IOException {
    servers = ClusterServers.start();
  }

  @AfterAll
  static void stop() {
    servers.close();
  }

  /// A slot stands between two nodes: old keys are here, new ones there, and a command that needs
  /// both waits until they are together.
  @TulipTest
  void aSlotOnItsWay() throws IOException {
    int source = servers.masterOf("{way}");
    int target = servers.masterOf("{elsewhere}");
    assertNotEquals(source, target);
    try (var redis = RedisCluster.open(servers.options());
        var group = TaskGroup.open()) {
      redis.set("{way}old", "here");
      servers.beginMove("{way}", source, target);
      redis.set("{way}new", "there");
      assertEquals("there", redis.get("{way}new"));
      assertEquals("here", redis.get("{way}old"));
      assertEquals(7, redis.multi(batch -> batch.call("INCRBY", "{way}n", 7)).getFirst().integer());
      assertEquals(8, redis.pipeline(batch -> batch.call("INCR", "{way}n")).getFirst().integer());
      redis.rpush("{way}queue", "job");
      assertEquals(new Popped("{way}queue", "job"), redis.blpop(ofSeconds(5), "{way}queue"));
      var both = group.start(() -> redis.mget("{way}old", "{way}new"));
      var watched =
          group.start(() -> redis.watch(List.of("{way}x"), (_, then) -> then.call("ECHO", 1)));
      servers.ask(source, "MIGRATE", "127.0.0.1", servers.port(target), "{way}old", 0, 5000);
      assertEquals(List.of("here", "there"), both.await());
      servers.endMove("{way}", source, target);
      assertEquals(1, watched.await().size());
      assertEquals("here", redis.get("{way}old"));
      assertEquals(target, servers.masterOf("{way}"));
    }
  }

  /// Slots move to and fro. Every command succeeds: single ones, such with two keys of one slot,
  /// pipelines over all nodes, and transactions.
  @TulipTest
  void slotsMove() throws IOException {
    try (var redis = RedisCluster.open(servers.options());
        var group = TaskGroup.open()) {
      var running = new boolean[] {true};
      var workers = new ArrayList<Task<Long>>();
      for (int i = 0; i < 20; i++) {
        var key = "{" + i + "}count";
        workers.add(group.start(() -> count(redis, key, running)));
      }
      var pipelines = group.start(() -> pipelines(redis, running));
      var first = servers.ask(0, "CLUSTER", "MYID");
      var second = servers.ask(1, "CLUSTER", "MYID");
      reshard(first, second);
      reshard(second, first);
      running[0] = false;
      group.join();
      assertTrue(pipelines.result() > 0);
      for (int i = 0; i < workers.size(); i++) {
        assertEquals(workers.get(i).result().toString(), redis.get("{" + i + "}count"));
      }
    }
  }

  private static void reshard(String from, String to) throws IOException {
    Tulip.blocking(() ->
        servers.manage(
            "reshard",
            0,
            "--cluster-from",
            from,
            "--cluster-to",
            to,
            "--cluster-slots",
            "2000",
            "--cluster-yes",
            "--cluster-pipeline",
            "1"));
    servers.awaitAgreement();
  }

  private static long count(RedisCluster redis, String key, boolean[] running) throws IOException {
    long count = 0;
    while (running[0]) {
      assertEquals(++count, redis.incr(key));
      checkPairs(redis, key);
    }
    return count;
  }

  /// Two keys of one slot, which a slot on the move may have in two places.
  private static void checkPairs(RedisCluster redis, String key) throws IOException {
    var one = key + "1";
    var two = key + "2";
    redis.multi(batch -> batch.call("SET", one, 1).call("SET", two, 2));
    assertEquals(List.of("1", "2"), redis.mget(one, two));
    redis.del(one, two);
    assertEquals(0, redis.exists(one, two));
  }

  private static long pipelines(RedisCluster redis, boolean[] running) throws IOException {
    long rounds = 0;
    for (; running[0]; rounds++) {
      long round = rounds;
      var replies =
          redis.pipeline(batch -> {
            for (int i = 0; i < 50; i++) {
              batch.call("SET", "p" + i, round + i).call("GET", "p" + i);
            }
          });
      for (int i = 0; i < 50; i++) {
        assertEquals(round + i, replies.get(2 * i + 1).integer());
      }
    }
    return rounds;
  }
}
