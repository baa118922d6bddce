// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import static java.time.Duration.ofMillis;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
  /// A task that counts in a key of its own, and knows what the key may say.
  private static final class Worker {
    final String key;
    long succeeded;
    long maybe;
    long unsent;

    Worker(int number) {
      key = "{" + number + "}count";
    }

    void count(RedisCluster redis) throws IOException {
      try {
        long value = redis.incr(key);
        succeeded++;
        assertTrue(value <= succeeded + maybe, () -> this + " is at " + value);
      } catch (RedisConnectionException e) {
        if (e.mayHaveBeenExecuted()) {
          maybe++;
        } else {
          unsent++;
        }
      }
    }

    @Override
    public String toString() {
      return key + ": " + succeeded + " and perhaps " + maybe + ", not " + unsent;
    }
  }

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

  private static List<Worker> workers() {
    var workers = new ArrayList<Worker>();
    for (int i = 0; i < 20; i++) {
      workers.add(new Worker(i));
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
      Tulip.sleep(ofMillis(200));
      var own = new Worker(1).key;
      int dead = servers.masterOf(own);
      Tulip.blocking(() -> servers.kill(dead));
      redis.set("{1}after", "the failover"); // waits until there is a master again
      assertNotEquals(dead, servers.masterOf(own));
      running[0] = false;
      group.join();
      assertTrue(workers.stream().anyMatch(worker -> worker.maybe > 0));
      for (var worker : workers) {
        long value = Long.parseLong(String.valueOf(redis.get(worker.key)));
        assertTrue(value <= worker.succeeded + worker.maybe, () -> worker + " is at " + value);
      }
      assertEquals("the failover", redis.get("{1}after"));
      assertEquals(new Gap(Gap.Reason.CONNECTION_LOST, 0), news.receive());
      while (redis.spublish("{1}news", "again") == 0) {
        Tulip.sleep(ofMillis(10));
      }
      assertEquals("again", ((Message) news.receive()).text());
    }
  }
}
