// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
            "reshard", 0, "--cluster-from", from, "--cluster-to", to, "--cluster-slots", "2000",
            "--cluster-yes", "--cluster-pipeline", "1"));
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
