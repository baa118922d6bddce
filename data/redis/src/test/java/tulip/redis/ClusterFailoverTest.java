// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.redis.PubSubEvent.Gap;
import tulip.redis.PubSubEvent.Message;
import tulip.testing.TulipTest;
import tulip.testing.TulipTest.Clock;

/// Traffic while a master of a real cluster dies.
@TulipTest(clock = Clock.REAL)
class ClusterFailoverTest {
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

  private static List<CountingTask> workers() {
    var workers = new ArrayList<CountingTask>();
    for (int i = 0; i < 20; i++) {
      workers.add(new CountingTask("{" + i + "}count"));
    }
    return workers;
  }

  /// A master is killed. Each command succeeds, or fails and says whether it may have been
  /// executed; none is executed twice; and soon all succeed again.
  @TulipTest
  void aMasterDies() throws IOException {
    try (var redis = RedisCluster.open(servers.options());
        var news = redis.ssubscribe("{1}news");
        var group = TaskGroup.open()) {
      var running = new boolean[] {true};
      var workers = workers();
      for (var worker : workers) {
        group.start(() -> {
          while (running[0]) {
            worker.count(redis);
          }
        });
      }
      while (workers.stream().anyMatch(worker -> worker.succeeded < 20)) {
        Tulip.yield();
      }
      int dead = servers.masterOf("{1}");
      Tulip.blocking(() -> servers.kill(dead));
      while (!isSet(redis, "{1}after", "the failover")) { // which waits for another master
        Tulip.yield();
      }
      assertNotEquals(dead, servers.masterOf("{1}"));
      running[0] = false;
      group.join();
      for (var worker : workers) {
        worker.check(String.valueOf(redis.get(worker.key)));
      }
      assertEquals("the failover", redis.get("{1}after"));
      assertEquals(new Gap(Gap.Reason.CONNECTION_LOST, 0), news.receive());
      while (redis.spublish("{1}news", "again") == 0) {
        redis.ping();
      }
      assertEquals("again", ((Message) news.receive()).text());
    }
  }

  private static boolean isSet(RedisCluster redis, String key, String value) throws IOException {
    try {
      redis.set(key, value);
      return true;
    } catch (RedisConnectionException e) {
      return false; // it was under way to the dead one
    }
  }
}
