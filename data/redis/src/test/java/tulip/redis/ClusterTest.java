// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tulip.bytes.Bytes;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.redis.PubSubEvent.Message;
import tulip.redis.protocol.RedisException;
import tulip.redis.protocol.Reply;
import tulip.redis.protocol.cluster.Slot;
import tulip.testing.TulipTest;
import tulip.testing.TulipTest.Clock;

/// A client of a real cluster of six nodes that stays as it is.
@TulipTest(clock = Clock.REAL)
class ClusterTest {
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

  private static RedisCluster open() throws IOException {
    return open(servers.options());
  }

  private static RedisCluster open(ClusterOptions options) throws IOException {
    var redis = RedisCluster.open(options);
    redis.flushall();
    return redis;
  }

  private static Map<String, Integer> numbers(int count) {
    var numbers = new LinkedHashMap<String, Integer>();
    IntStream.range(0, count).forEach(i -> numbers.put("k" + i, i));
    return numbers;
  }

  @TulipTest
  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void keysOfAllSlots(int protocol) throws IOException {
    var options = servers.options();
    var node = options.node().withLogin(Login.ANONYMOUS.withProtocol(protocol));
    try (var redis = open(options.withNode(node))) {
      for (var pair : numbers(100).entrySet()) {
        redis.set(pair.getKey(), pair.getValue());
      }
      assertEquals(100, redis.dbsize());
      for (var master : redis.masters()) {
        assertTrue(master.dbsize() > 10);
      }
      for (var pair : numbers(100).entrySet()) {
        assertEquals(pair.getValue().toString(), redis.get(pair.getKey()));
      }
    }
  }

  @TulipTest
  void divisibleCommandsAreSplitBySlots() throws IOException {
    try (var redis = open()) {
      redis.mset(numbers(50));
      var keys = numbers(50).keySet().toArray(String[]::new);
      var values = numbers(50).values().stream().map(Object::toString).toList();
      assertEquals(values, redis.mget(keys));
      assertNull(redis.mget("k1", "none", "k2").get(1));
      assertEquals(50, redis.exists(keys));
      assertEquals(50, redis.touch(keys));
      assertEquals(Set.of(keys), new HashSet<>(redis.keys("k*")));
      assertEquals(30, redis.del(Arrays.copyOf(keys, 30)));
      assertEquals(20, redis.unlink(keys));
      assertNull(redis.randomkey());
    }
  }

  @TulipTest
  void otherCommandsNeedKeysOfOneSlot() throws IOException {
    try (var redis = open()) {
      redis.sadd("{s}1", "a", "b");
      redis.sadd("{s}2", "b", "c");
      assertEquals(Set.of("b"), redis.sinter("{s}1", "{s}2"));
      var e = assertThrows(IllegalArgumentException.class, () -> redis.sinter("k1", "k2"));
      assertTrue(e.toString().contains("k1 (12706) and k2 (449)"), e::toString);
      var both = Map.of("k1", 1, "k2", 2);
      assertThrows(IllegalArgumentException.class, () -> redis.msetnx(both));
      assertTrue(redis.msetnx(Map.of("{m}1", 1, "{m}2", 2)));
    }
  }

  @TulipTest
  void keysStandWhereTheServersSay() throws IOException {
    try (var redis = open()) {
      var script = Script.of("return redis.call('INCRBY', KEYS[1], ARGV[1])");
      for (var key : List.of("k1", "k2", "k3")) {
        assertEquals(5, redis.eval(script, List.of(key), 5).integer());
        redis.xadd("stream-" + key, Map.of("n", 1));
        var read = redis.call("XREAD", "COUNT", 1, "STREAMS", "stream-" + key, 0);
        assertEquals(1, read.entries().size());
        redis.rpush("{" + key + "}list", 3, 1, 2);
        assertEquals(
            3, redis.call("SORT", "{" + key + "}list", "STORE", "{" + key + "}sorted").integer());
        assertEquals(List.of("1", "2", "3"), redis.lrange("{" + key + "}sorted", 0, -1));
        assertEquals("quicklist", redis.call("OBJECT", "ENCODING", "{" + key + "}list").string());
      }
      assertThrows(
          IllegalArgumentException.class, () -> redis.call("SORT", "k1", "STORE", "elsewhere"));
      assertThrows(RedisException.class, () -> redis.call("NONSENSE", "k1"));
    }
  }

  @TulipTest
  void whatIsAboutAllGoesToAllAndWhatIsAboutOneIsForMasters() throws IOException {
    try (var redis = open()) {
      redis.ping();
      assertThrows(IllegalArgumentException.class, () -> redis.info());
      assertThrows(IllegalArgumentException.class, () -> redis.call("SCAN", 0));
      var ids = new TreeSet<String>();
      for (var master : redis.masters()) {
        ids.add(master.call("CLUSTER", "MYID").string());
        assertTrue(master.info("replication").contains("role:master"));
      }
      assertEquals(3, ids.size());
      var script = Script.of("return 7");
      assertFalse(redis.scriptExists(script));
      redis.call("SCRIPT", "LOAD", script.source());
      assertTrue(redis.scriptExists(script));
      redis.scriptFlush();
      assertThrows(IllegalArgumentException.class, () -> redis.call("MULTI"));
    }
  }

  @TulipTest
  void pipelinesGoToAllNodesAndHaveTheirRepliesInOrder() throws IOException {
    try (var redis = open()) {
      var replies =
          redis.pipeline(batch -> {
            for (int i = 0; i < 300; i++) {
              batch.call("SET", "k" + i, i).call("ECHO", i).call("GET", "k" + i);
            }
            batch.call("INCR", "{list}").call("LPUSH", "{list}", 1);
          });
      for (int i = 0; i < 300; i++) {
        assertEquals(i, replies.get(3 * i + 1).integer());
        assertEquals(i, replies.get(3 * i + 2).integer());
      }
      assertEquals(new Reply.Int(1), replies.get(900));
      assertEquals("WRONGTYPE", ((Reply.Failure) replies.get(901)).code());
      assertEquals(List.of(), redis.pipeline(_ -> {}));
      assertThrows(
          IllegalArgumentException.class,
          () -> redis.pipeline(batch -> batch.call("MGET", "k1", "k2")));
    }
  }

  @TulipTest
  void typedCommandsOfABatchHaveTheirResults() throws IOException {
    try (var redis = open()) {
      var batch = new Batch();
      var first = batch.queue(c -> c.incr("k1"));
      var second = batch.queue(c -> c.incrby("k2", 7));
      redis.pipeline(batch);
      assertEquals(8, first.result() + second.result());
      var both = new Batch();
      var third = both.queue(c -> c.incr("{u}n"));
      redis.multi(both.add(c -> c.set("{u}m", 1)));
      assertEquals(1, third.result());
    }
  }

  @TulipTest
  void transactionsOfOneSlot() throws IOException {
    try (var redis = open()) {
      var replies =
          redis.multi(batch -> batch.call("SET", "{u}a", 1).call("INCR", "{u}b").call("ECHO", "x"));
      assertEquals(3, replies.size());
      assertThrows(
          IllegalArgumentException.class,
          () -> redis.multi(batch -> batch.call("SET", "k1", 1).call("SET", "k2", 1)));
      var counted =
          redis.watch(
              List.of("{u}a"),
              (now, then) ->
                  then.call("SET", "{u}a", Long.parseLong(String.valueOf(now.get("{u}a"))) + 1));
      assertEquals(1, counted.size());
      assertEquals("2", redis.get("{u}a"));
      assertEquals("2", redis.connected("{u}a", connection -> connection.mget("{u}a").getFirst()));
    }
  }

  @TulipTest
  void commandsThatBlockWaitAtTheirNode() throws IOException {
    try (var redis = open();
        var group = TaskGroup.open()) {
      var keys = List.of("k1", "k2", "k3");
      var popped =
          group.start(() -> Tulip.gather(keys, k -> String.valueOf(redis.blpop(ofSeconds(20), k))));
      for (var key : keys) {
        redis.rpush(key, "to " + key);
      }
      assertEquals(
          keys.stream().map(k -> new Popped(k, "to " + k).toString()).toList(), popped.await());
    }
  }

  @TulipTest
  void aScanMeetsTheKeysOfAllMasters() throws IOException {
    try (var redis = open()) {
      redis.mset(numbers(200));
      var seen = new HashSet<String>();
      redis.scan("k*").forEach(seen::add);
      assertEquals(numbers(200).keySet(), seen);
    }
  }

  @TulipTest
  void replicasAnswerIfTheyMay() throws IOException {
    for (var from : List.of(ReadFrom.REPLICA, ReadFrom.ANY)) {
      try (var redis = open(servers.options().withReadFrom(from))) {
        redis.set("k1", "v");
        redis.call("WAIT", 1, 5000);
        for (var master : redis.masters()) {
          master.call("CONFIG", "RESETSTAT");
        }
        for (int i = 0; i < 10; i++) {
          assertEquals("v", redis.get("k1"));
        }
        long byMasters = 0;
        for (var master : redis.masters()) {
          byMasters += master.info("commandstats").contains("cmdstat_get:") ? 1 : 0;
        }
        assertEquals(from == ReadFrom.ANY ? 1 : 0, byMasters);
      }
    }
  }

  @TulipTest
  void messagesOfTheWholeClusterAndOfItsShards() throws IOException {
    try (var redis = open();
        var news = redis.subscribe("news");
        var some = redis.psubscribe("n*");
        var one = redis.ssubscribe("{k1}a", "{k1}b");
        var two = redis.ssubscribe("k2")) {
      for (int i = 0; i < 5; i++) {
        redis.publish("news", i);
        assertEquals(new Message("news", null, Bytes.ofUtf8("" + i)), news.receive());
        assertEquals(new Message("news", "n*", Bytes.ofUtf8("" + i)), some.receive());
      }
      assertEquals(1, redis.spublish("{k1}b", "x"));
      assertEquals(1, redis.spublish("k2", "y"));
      assertEquals(new Message("{k1}b", null, Bytes.ofUtf8("x")), one.receive());
      assertEquals(new Message("k2", null, Bytes.ofUtf8("y")), two.receive());
      assertThrows(IllegalArgumentException.class, () -> redis.ssubscribe("k1", "k2"));
    }
  }

  @TulipTest
  void aMoveThatTheClientDoesNotKnowOfIsFollowed() throws IOException {
    var key = "k1";
    try (var redis = open()) {
      redis.set(key, "v");
      int before = servers.masterOf(key);
      servers.ask(replicaOf(before), "CLUSTER", "FAILOVER");
      while (servers.masterOf(key) == before) {
        assertEquals("v", redis.get(key));
      }
      redis.set(key, "w");
      assertEquals("w", redis.get(key));
      assertNotEquals(before, servers.masterOf(key));
    }
  }

  private static int replicaOf(int master) throws IOException {
    var id = servers.ask(master, "CLUSTER", "MYID");
    for (int i = 0; i < 6; i++) {
      var line =
          servers.ask(i, "CLUSTER", "NODES").lines().filter(l -> l.contains("myself")).findFirst();
      if (line.orElseThrow().contains("slave " + id)) {
        return i;
      }
    }
    throw new AssertionError("no replica of " + id);
  }

  @TulipTest
  void addressesMayBeTranslated() throws IOException {
    var ports = new TreeSet<Integer>();
    var options =
        servers
            .options()
            .withAddresses(host -> {
              ports.add(host.port());
              return new Endpoint.Host("localhost", host.port(), host.tls());
            });
    try (var redis = open(options)) {
      redis.mset(numbers(50));
      assertEquals(50, redis.dbsize());
      assertTrue(ports.size() >= 3);
    }
  }

  @TulipTest
  void aServerThatIsNoClusterIsSaidToBeNone() throws IOException {
    try (var alone = RedisServer.start()) {
      var options = ClusterOptions.of("redis://127.0.0.1:" + alone.port());
      var node =
          options.node().withSession(options.node().session().withAwaitTimeout(ofSeconds(1)));
      try (var redis = RedisCluster.open(options.withNode(node))) {
        var e = assertThrows(RedisConnectionException.class, () -> redis.get("k"));
        assertFalse(e.mayHaveBeenExecuted());
        assertTrue(String.valueOf(e.getCause()).contains("cluster support disabled"), e::toString);
      }
    }
  }

  @TulipTest
  void slotsAreThoseOfTheServers() throws IOException {
    for (var key : List.of("", "a", "{}", "{}a", "a{b}c", "{a", "a{b}{c}", "{{b}}", "}{x}", "ä")) {
      assertEquals(servers.ask(0, "CLUSTER", "KEYSLOT", key), Integer.toString(Slot.of(key)), key);
    }
    assertEquals(Slot.of("42"), Slot.of(42));
    assertEquals(Slot.of("x"), Slot.of((Object) new byte[] {'x'}));
    assertThrows(IllegalArgumentException.class, () -> Slot.of((Object) true));
  }
}
