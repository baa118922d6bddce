// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tulip.bytes.Bytes;
import tulip.net.testing.RealServer;
import tulip.redis.protocol.RedisException;
import tulip.redis.protocol.Reply;
import tulip.testing.TulipTest;
import tulip.testing.TulipTest.Clock;

/// All typed commands on a real server, in both versions of the protocol.
@TulipTest(clock = Clock.REAL)
class CommandsTest {
  @SuppressWarnings("NullAway.Init")
  private static RealServer server;

  @BeforeAll
  static void start() throws IOException {
    server = RedisServer.start("--enable-debug-command", "yes");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Redis open(int protocol) throws IOException {
    var redis =
        Redis.open(RedisServer.options(server).withLogin(Login.ANONYMOUS.withProtocol(protocol)));
    redis.flushall();
    return redis;
  }

  @TulipTest
  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void strings(int protocol) throws IOException {
    try (var redis = open(protocol)) {
      assertNull(redis.get("k"));
      redis.set("k", "grüße");
      assertEquals("grüße", redis.get("k"));
      redis.set("b", Bytes.ofHex("00ff0d0a"));
      assertEquals(Bytes.ofHex("00ff0d0a"), redis.getBytes("b"));
      assertThrows(IllegalStateException.class, () -> redis.get("b"));
      assertFalse(redis.set("k", "x", SetOption.NX));
      assertTrue(redis.set("k", "y", SetOption.XX, SetOption.px(ofMinutes(1))));
      assertNotNull(redis.ttl("k"));
      assertTrue(redis.set("k", "z", SetOption.KEEPTTL));
      assertNotNull(redis.ttl("k"));
      redis.set("k", "v", ofMinutes(2));
      assertEquals("v", redis.getex("k", ofSeconds(30)));
      assertTrue(ofSeconds(30).compareTo(assertNotNullAnd(redis.ttl("k"))) >= 0);
      assertEquals("v", redis.getdel("k"));
      redis.mset(Map.of("m", 1, "n", 2.5));
      assertEquals(Arrays.asList("1", null, "2.5"), redis.mget("m", "none", "n"));
      assertFalse(redis.msetnx(Map.of("m", 3, "o", 4)));
      assertEquals(2, redis.incr("m"));
      assertEquals(12, redis.incrby("m", 10));
      assertEquals(11, redis.decr("m"));
      assertEquals(1, redis.decrby("m", 10));
      assertEquals(3.0, redis.incrbyfloat("n", 0.5));
      assertEquals(2, redis.append("a", "ab"));
      assertEquals(4, redis.append("a", "cd"));
      assertEquals(4, redis.strlen("a"));
      assertEquals(Bytes.ofAscii("bc"), redis.getrange("a", 1, 2));
      assertEquals(4, redis.setrange("a", 2, "xy"));
      assertFalse(redis.setbit("bits", 7, true));
      assertTrue(redis.getbit("bits", 7));
      assertEquals(1, redis.bitcount("bits"));
      assertThrows(RedisException.class, () -> redis.incr("a"));
    }
  }

  private static <T> T assertNotNullAnd(@Nullable T value) {
    if (value == null) {
      throw new AssertionError("null");
    }
    return value;
  }

  @TulipTest
  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void keys(int protocol) throws IOException {
    try (var redis = open(protocol)) {
      assertNull(redis.randomkey());
      redis.mset(Map.of("a", 1, "b", 2, "c", 3));
      assertEquals(3, redis.exists("a", "a", "b", "none"));
      assertEquals("string", redis.type("a"));
      assertEquals("none", redis.type("none"));
      assertTrue(redis.expire("a", ofMinutes(1)));
      assertFalse(redis.expire("none", ofMinutes(1)));
      assertTrue(redis.persist("a"));
      assertNull(redis.ttl("a"));
      assertTrue(redis.expireat("a", Instant.now().plus(ofMinutes(1))));
      redis.rename("a", "d");
      assertFalse(redis.renamenx("d", "b"));
      assertTrue(redis.copy("d", "e"));
      assertEquals(1, redis.touch("e"));
      assertEquals(2, redis.del("d", "e", "none"));
      assertEquals(1, redis.unlink("c"));
      assertEquals(List.of("b"), redis.keys("*"));
      assertEquals("b", redis.randomkey());
      assertThrows(RedisException.class, () -> redis.rename("none", "x"));
    }
  }

  @TulipTest
  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void scans(int protocol) throws IOException {
    try (var redis = open(protocol)) {
      var keys = new HashSet<String>();
      for (int i = 0; i < 500; i++) {
        keys.add("k" + i);
        redis.sadd("members", "m" + i);
      }
      redis.pipeline(batch -> keys.forEach(key -> batch.call("SET", key, 1)));
      var found = new HashSet<String>();
      redis.scan("k*").forEach(found::add);
      assertEquals(keys, found);
      found.clear();
      redis.sscan("members", "m1*").forEach(found::add);
      assertEquals(111, found.size());
      assertFalse(redis.scan("none*").iterator().hasNext());
    }
  }

  @TulipTest
  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void hashes(int protocol) throws IOException {
    try (var redis = open(protocol)) {
      assertTrue(redis.hset("h", "a", 1));
      assertEquals(2, redis.hset("h", Map.of("a", 2, "b", "x", "c", 1.5)));
      assertFalse(redis.hsetnx("h", "a", 3));
      assertEquals("2", redis.hget("h", "a"));
      assertNull(redis.hget("h", "none"));
      assertEquals(Bytes.ofAscii("x"), redis.hgetBytes("h", "b"));
      assertEquals(Arrays.asList("2", null), redis.hmget("h", "a", "none"));
      assertEquals(Map.of("a", "2", "b", "x", "c", "1.5"), redis.hgetall("h"));
      assertEquals(Map.of(), redis.hgetall("none"));
      assertTrue(redis.hexists("h", "a"));
      assertEquals(5, redis.hincrby("h", "a", 3));
      assertEquals(2.0, redis.hincrbyfloat("h", "c", 0.5));
      assertEquals(Set.of("a", "b", "c"), Set.copyOf(redis.hkeys("h")));
      assertEquals(Set.of("5", "x", "2"), Set.copyOf(redis.hvals("h")));
      assertEquals(3, redis.hlen("h"));
      assertEquals(1, redis.hstrlen("h", "b"));
      assertEquals(1, redis.hdel("h", "a", "none"));
    }
  }

  @TulipTest
  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void lists(int protocol) throws IOException {
    try (var redis = open(protocol)) {
      assertEquals(0, redis.lpushx("l", "x"));
      assertEquals(2, redis.rpush("l", "b", "c"));
      assertEquals(3, redis.lpush("l", "a"));
      assertEquals(4, redis.rpushx("l", 4));
      assertEquals(List.of("a", "b", "c", "4"), redis.lrange("l", 0, -1));
      assertEquals(4, redis.llen("l"));
      assertEquals("c", redis.lindex("l", 2));
      redis.lset("l", 3, "d");
      assertEquals(5, redis.linsertBefore("l", "b", "b"));
      assertEquals(6, redis.linsertAfter("l", "d", "e"));
      assertEquals(2, redis.lrem("l", 0, "b"));
      assertEquals(1L, redis.lpos("l", "c"));
      assertNull(redis.lpos("l", "none"));
      assertEquals("a", redis.lpop("l"));
      assertEquals("e", redis.rpop("l"));
      assertEquals("d", redis.lmove("l", "m", ListEnd.RIGHT, ListEnd.LEFT));
      assertEquals(List.of("c"), redis.lpop("l", 5));
      assertEquals(List.of(), redis.rpop("l", 5));
      assertNull(redis.lpop("l"));
      redis.rpush("m", 1, 2, 3);
      redis.ltrim("m", 1, 2);
      assertEquals(new Popped("m", "1"), redis.blpop(ofSeconds(5), "l", "m"));
      assertEquals(new Popped("m", "2"), redis.brpop(ofSeconds(5), "m"));
      assertNull(redis.blpop(ofMillis(10), "l"));
      assertNull(redis.blmove("l", "m", ListEnd.LEFT, ListEnd.LEFT, ofMillis(10)));
    }
  }

  @TulipTest
  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void sets(int protocol) throws IOException {
    try (var redis = open(protocol)) {
      assertEquals(3, redis.sadd("s", "a", "b", 3));
      assertEquals(1, redis.sadd("t", "a"));
      assertEquals(Set.of("a", "b", "3"), redis.smembers("s"));
      assertTrue(redis.sismember("s", "a"));
      assertEquals(List.of(true, false), redis.smismember("s", "a", "none"));
      assertEquals(3, redis.scard("s"));
      assertEquals(Set.of("a"), redis.sinter("s", "t"));
      assertEquals(Set.of("a", "b", "3"), redis.sunion("s", "t"));
      assertEquals(Set.of("b", "3"), redis.sdiff("s", "t"));
      assertTrue(redis.smove("s", "t", "b"));
      assertEquals(1, redis.srem("s", 3, "none"));
      assertEquals("a", redis.srandmember("s"));
      assertEquals("a", redis.spop("s"));
      assertNull(redis.spop("s"));
    }
  }

  @TulipTest
  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void sortedSets(int protocol) throws IOException {
    try (var redis = open(protocol)) {
      assertTrue(redis.zadd("z", 1.5, "a"));
      assertEquals(2, redis.zadd("z", Map.of("b", 2.0, "c", Double.POSITIVE_INFINITY)));
      assertEquals(2.5, redis.zincrby("z", 1, "a"));
      assertEquals(Double.POSITIVE_INFINITY, redis.zscore("z", "c"));
      assertNull(redis.zscore("z", "none"));
      assertEquals(3, redis.zcard("z"));
      assertEquals(2, redis.zcount("z", 2, 10));
      assertEquals(1L, redis.zrank("z", "a"));
      assertEquals(0L, redis.zrevrank("z", "c"));
      assertEquals(List.of("b", "a", "c"), redis.zrange("z", 0, -1));
      assertEquals(List.of("c", "a"), redis.zrevrange("z", 0, 1));
      assertEquals(
          List.of(new Scored("b", 2), new Scored("a", 2.5)), redis.zrangeWithScores("z", 0, 1));
      assertEquals(List.of("b", "a"), redis.zrangebyscore("z", Double.NEGATIVE_INFINITY, 2.5));
      assertEquals(new Scored("b", 2), redis.zpopmin("z"));
      assertEquals("c", assertNotNullAnd(redis.zpopmax("z")).member());
      assertNull(redis.zpopmin("none"));
      assertEquals(1, redis.zrem("z", "a"));
      redis.zadd("y", Map.of("a", 1.0, "b", 2.0, "c", 3.0));
      assertEquals(1, redis.zremrangebyrank("y", 0, 0));
      assertEquals(2, redis.zremrangebyscore("y", 2, 3));
    }
  }

  @TulipTest
  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void streams(int protocol) throws IOException {
    try (var redis = open(protocol)) {
      var first = redis.xadd("s", Map.of("n", 1));
      var second = redis.xadd("s", Map.of("n", 2), 1000);
      assertEquals(2, redis.xlen("s"));
      var both = List.of(entry(first, 1), entry(second, 2));
      assertEquals(both, redis.xrange("s", "-", "+"));
      assertEquals(both, redis.xread("s", "0", 10));
      assertEquals(List.of(), redis.xread("s", second, 10, ofMillis(10)));
      assertTrue(redis.xgroupCreate("s", "g", "0"));
      assertFalse(redis.xgroupCreate("s", "g", "0"));
      assertEquals(List.of(entry(first, 1)), redis.xreadgroup("g", "me", "s", ">", 1));
      assertEquals(List.of(entry(second, 2)), redis.xreadgroup("g", "me", "s", 9, ofMillis(10)));
      assertEquals(List.of(), redis.xreadgroup("g", "me", "s", 9, ofMillis(10)));
      assertEquals(1, redis.xack("s", "g", first));
      var claimed = redis.xautoclaim("s", "g", "you", ofMillis(0), 10);
      assertEquals(List.of(entry(second, 2)), claimed);
      assertEquals(claimed, redis.xreadgroup("g", "you", "s", "0", 10));
      assertEquals(1, redis.xdel("s", first));
      assertEquals(1, redis.xtrim("s", 0));
    }
  }

  private static StreamEntry entry(String id, int number) {
    return new StreamEntry(id, Map.of("n", Integer.toString(number)));
  }

  @TulipTest
  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void scripts(int protocol) throws IOException {
    try (var redis = open(protocol)) {
      redis.scriptFlush();
      var script = Script.of("return redis.call('INCRBY', KEYS[1], ARGV[1])");
      assertFalse(redis.scriptExists(script));
      assertEquals(5, redis.eval(script, List.of("k"), 5).integer());
      assertTrue(redis.scriptExists(script));
      assertEquals(8, redis.eval(script, List.of("k"), 3).integer());
      var broken = Script.of("return redis.call('INCR', KEYS[1], 1, 2)");
      assertThrows(RedisException.class, () -> redis.eval(broken, List.of("k")));
      var library =
          "#!lua name=mine\nredis.register_function('twice', function(k, a) return a[1] * 2 end)";
      assertEquals("mine", redis.functionLoad(library));
      assertEquals(42, redis.fcall("twice", List.of(), 21).integer());
    }
  }

  @TulipTest
  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void server(int protocol) throws IOException {
    try (var redis = open(protocol)) {
      redis.ping();
      assertEquals("hello", redis.echo("hello"));
      assertTrue(redis.time().isAfter(Instant.EPOCH));
      redis.set("k", 1);
      assertEquals(1, redis.dbsize());
      assertTrue(redis.info("server").contains("redis_version"));
      assertTrue(redis.info().contains("# Memory"));
      redis.configSet("maxmemory", 0);
      assertEquals(Map.of("maxmemory", "0"), redis.configGet("maxmemory"));
      assertTrue(redis.clientList().contains("id=" + redis.clientId()));
      assertEquals(0, redis.publish("nobody", "x"));
      assertEquals(0, redis.spublish("nobody", "x"));
      assertEquals(List.of(), redis.pubsubChannels());
      redis.flushdb();
      assertEquals(0, redis.dbsize());
    }
  }

  /// Every type of RESP3, as the server's own test command sends it.
  @TulipTest
  void everyTypeOfReply() throws IOException {
    try (var redis = open(3)) {
      var types = new ArrayList<String>();
      for (var type :
          List.of(
              "string",
              "integer",
              "double",
              "null",
              "array",
              "set",
              "map",
              "bignum",
              "true",
              "false",
              "verbatim",
              "attrib")) {
        types.add(redis.call("DEBUG", "PROTOCOL", type).getClass().getSimpleName());
      }
      assertEquals(
          List.of(
              "Bulk",
              "Int",
              "Real",
              "Null",
              "Array",
              "Distinct",
              "Dict",
              "BigNumber",
              "Bool",
              "Bool",
              "Verbatim",
              "Attributed"),
          types);
    }
  }

  @TulipTest
  void anyCommandCanBeCalled() throws IOException {
    try (var redis = open(3)) {
      redis.call("GEOADD", "places", 13.361389, 38.115556, "Palermo");
      var hash = redis.call("GEOHASH", "places", "Palermo").list(Reply::string);
      assertEquals(List.of("sqc8b49rny0"), hash);
      assertTrue(redis.call("PFADD", "log", "a", "b").truth());
      assertTrue(redis.call("COMMAND", "COUNT").integer() > 200);
      assertThrows(RedisException.class, () -> redis.call("NO SUCH COMMAND"));
    }
  }
}
