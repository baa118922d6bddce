// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestMethodOrder;
import tulip.core.Block;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.pool.Backoff;
import tulip.redis.protocol.RedisException;
import tulip.testing.TulipTest;
import tulip.testing.TulipTest.Clock;

/// A client that finds its servers by sentinels: first all are well, in the end a master and a
/// sentinel are dead.
@TulipTest(clock = Clock.REAL)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SentinelTest {
  @SuppressWarnings("NullAway.Init")
  private static SentinelServers servers;

  @BeforeAll
  static void start() throws IOException {
    servers = SentinelServers.start();
  }

  @AfterAll
  static void stop() {
    servers.close();
  }

  private static SentinelOptions options() {
    var options = servers.options();
    var session = options.node().session();
    var backoff = Backoff.DEFAULT.withDelays(ofMillis(5), ofMillis(100), 2);
    return options.withNode(options.node().withSession(session.withBackoff(backoff)));
  }

  private static int port(RedisCommands redis) throws IOException {
    return Integer.parseInt(redis.configGet("port").getOrDefault("port", "0"));
  }

  @TulipTest
  @Order(1)
  void theMasterTakesWritesAndReplicasAnswerReads() throws IOException {
    try (var sentinel = RedisSentinel.open(options());
        var redis = sentinel.openMaster();
        var replica = sentinel.openReplica();
        var other = sentinel.openReplica()) {
      redis.set("k", "v");
      assertEquals(2, redis.call("WAIT", 2, 5000).integer());
      assertEquals("v", replica.get("k"));
      assertEquals("v", other.get("k"));
      assertEquals("READONLY", assertThrows(RedisException.class, () -> replica.incr("n")).code());
      assertEquals("master", redis.call("ROLE").list().getFirst().string());
      assertNotEquals(port(replica), port(other));
    }
  }

  @TulipTest
  @Order(2)
  void aMasterThatIsReplacedIsFollowed() throws IOException {
    try (var sentinel = RedisSentinel.open(options());
        var redis = sentinel.openMaster()) {
      int before = port(redis);
      servers.failOver();
      while (!isMovedFrom(before, redis)) {
        Tulip.yield();
      }
      assertEquals("master", answer(() -> redis.call("ROLE")).list().getFirst().string());
      assertNotEquals(before, answer(() -> redis.connected(SentinelTest::port)));
    }
  }

  @TulipTest
  @Order(3)
  void aMasterThatDiesIsReplaced() throws IOException {
    try (var sentinel = RedisSentinel.open(options());
        var redis = sentinel.openMaster();
        var group = TaskGroup.open()) {
      var worker = new CountingTask("count");
      var running = new boolean[] {true};
      group.start(() -> {
        while (running[0]) {
          worker.count(redis);
        }
      });
      int dead = port(redis);
      while (worker.succeeded < 100) {
        Tulip.yield();
      }
      Tulip.blocking(() -> servers.kill(dead));
      while (!isMovedFrom(dead, redis)) {
        Tulip.yield();
      }
      servers.awaitAgreement(
          answer(() -> port(redis))); // the one that led the fail-over tells the others
      running[0] = false;
      group.join();
      worker.check(answer(() -> String.valueOf(redis.get(worker.key))));
    }
  }

  private static boolean isMovedFrom(int port, Redis redis) throws IOException {
    return answer(() -> port(redis)) != port;
  }

  /// The answer to what may be asked again: the connection may be cut once more, when the sentinels
  /// announce what the client has found out before.
  private static <T> T answer(Block<T, IOException> question) throws IOException {
    while (true) {
      try {
        return question.run();
      } catch (RedisConnectionException e) {
        assertTrue(e.mayHaveBeenExecuted(), e::toString);
      }
    }
  }

  @TulipTest
  @Order(4)
  void aSentinelThatDiesIsNotNeeded() throws IOException {
    Tulip.blocking(servers::killSentinel);
    try (var sentinel = RedisSentinel.open(options());
        var redis = sentinel.openMaster()) {
      redis.set("k", "v");
      assertEquals("v", redis.get("k"));
    }
  }

  @TulipTest
  @Order(5)
  void aMasterThatNobodyKnowsIsSaidToBeUnknown() throws Exception {
    var options = servers.options();
    var session = options.node().session().withAwaitTimeout(ofSeconds(1));
    var unknown =
        new SentinelOptions(
            "nobody",
            options.sentinels(),
            options.sentinelLogin(),
            options.node().withSession(session),
            options.addresses());
    try (var sentinel = RedisSentinel.open(unknown);
        var redis = sentinel.openMaster()) {
      var e = assertThrows(IOException.class, () -> redis.get("k"));
      assertTrue(String.valueOf(e.getCause()).contains("no sentinel has told of nobody"));
    }
  }
}
