// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import static java.time.Duration.ofMillis;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.net.testing.FaultProxy;
import tulip.net.testing.RealServer;
import tulip.redis.CachingOptions.Tracking;
import tulip.redis.protocol.RedisException;
import tulip.testing.TulipTest;
import tulip.testing.TulipTest.Clock;

/// Values of a real server that are kept until it says that they have changed.
@TulipTest(clock = Clock.REAL)
class CachingRedisTest {
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

  private static CachingOptions options(Tracking tracking) {
    return new CachingOptions(10_000, tracking, List.of());
  }

  private static CachingRedis open(CachingOptions options) throws IOException {
    try (var admin = RedisConnection.connect(RedisServer.options(server))) {
      admin.flushall(); // before, or the server would tell of it somewhen
    }
    return CachingRedis.open(RedisServer.options(server), options);
  }

  private static long hits(CachingRedis redis) {
    return redis.statistics().hits();
  }

  @TulipTest
  @ParameterizedTest
  @EnumSource(Tracking.class)
  void whatWasReadIsNotAskedAgainUntilSomebodyChangesIt(Tracking tracking) throws IOException {
    try (var redis = open(options(tracking));
        var other = Redis.open(RedisServer.options(server))) {
      other.set("k", "v");
      redis.ping(); // what the server tells of it, if it does, is there
      assertEquals("v", redis.get("k"));
      assertEquals("v", redis.get("k"));
      assertEquals(1, hits(redis));
      other.set("k", "w");
      String seen;
      while ((seen = redis.get("k")) != null && seen.equals("v")) {
        redis.redis().ping();
      }
      assertEquals("w", seen);
      assertEquals("w", redis.get("k"));
      other.del("k");
      while (redis.get("k") != null) {
        redis.redis().ping();
      }
      long before = hits(redis);
      assertNull(redis.get("k"));
      assertEquals(before + 1, hits(redis)); // that there is nothing is known too
    }
  }

  @TulipTest
  @ParameterizedTest
  @EnumSource(Tracking.class)
  void ownWritesAreSeenAtOnce(Tracking tracking) throws IOException {
    try (var redis = open(options(tracking))) {
      for (int i = 0; i < 500; i++) {
        redis.set("k", i);
        assertEquals(Integer.toString(i), redis.get("k"));
        redis.hset("h", Map.of("f", i));
        assertEquals(Map.of("f", Integer.toString(i)), redis.hgetall("h"));
      }
    }
  }

  @TulipTest
  @ParameterizedTest
  @EnumSource(Tracking.class)
  void anOldValueIsNeverKept(Tracking tracking) throws IOException {
    int last = 2_000;
    try (var redis = open(options(tracking));
        var other = Redis.open(RedisServer.options(server));
        var group = TaskGroup.open()) {
      other.set("n", 0);
      for (int i = 0; i < 5; i++) {
        group.start(() -> {
          for (long seen = 0, next; seen < last; seen = next) {
            next = Long.parseLong(String.valueOf(redis.get("n")));
            assertTrue(next >= seen, "time goes back");
            Tulip.yield();
          }
        });
      }
      for (int i = 0; i < last; i++) {
        other.incr("n");
      }
      group.join();
      assertTrue(hits(redis) > 0);
    }
  }

  @TulipTest
  void commandsOfSeveralKeysChangeWithEachOfThem() throws IOException {
    try (var redis = open(CachingOptions.DEFAULT)) {
      redis.mset(Map.of("a", 1, "b", 2));
      assertEquals(List.of("1", "2"), redis.mget("a", "b"));
      redis.set("b", 3);
      assertEquals(List.of("1", "3"), redis.mget("a", "b"));
      assertEquals(List.of("1", "3"), redis.mget("a", "b"));
      assertEquals(1, hits(redis));
      redis.sadd("s", "x");
      redis.sadd("t", "x", "y");
      assertEquals(Set.of("x"), redis.sinter("s", "t"));
      redis.sadd("s", "y");
      assertEquals(Set.of("x", "y"), redis.sinter("s", "t"));
      assertThrows(RedisException.class, () -> redis.lrange("s", 0, 1));
    }
  }

  @TulipTest
  void thereIsALimit() throws IOException {
    try (var redis = open(CachingOptions.DEFAULT.withMaxEntries(3))) {
      for (var key : List.of("a", "b", "c", "a", "d")) {
        redis.get(key);
      }
      assertEquals(new CachingStatistics(3, 1, 4, 0, 1), redis.statistics());
      redis.get("a");
      redis.get("b");
      assertEquals(2, hits(redis));
    }
  }

  @TulipTest
  void theServerTellsOfWhatBeginsSo() throws IOException {
    try (var redis = open(CachingOptions.DEFAULT.withBroadcast("user:", "group:"))) {
      for (var key : List.of("user:1", "other", "group:1", "user:1", "other", "group:1")) {
        redis.get(key);
      }
      redis.mget("user:1", "other");
      assertEquals(2, hits(redis));
      assertEquals(2, redis.statistics().entries());
    }
  }

  @TulipTest
  void everythingMayGoAtOnce() throws IOException {
    try (var redis = open(CachingOptions.DEFAULT);
        var other = Redis.open(RedisServer.options(server))) {
      other.mset(Map.of("a", 1, "b", 2));
      assertEquals("1", redis.get("a"));
      assertEquals("2", redis.get("b"));
      other.flushall();
      while (redis.get("a") != null || redis.get("b") != null) {
        redis.redis().ping();
      }
      assertEquals(2, redis.statistics().invalidated());
    }
  }

  @TulipTest
  void aKeyThatExpiresIsToldOf() throws IOException {
    try (var redis = open(CachingOptions.DEFAULT)) {
      redis.set("k", "v", ofMillis(50));
      assertEquals("v", redis.get("k"));
      while (redis.get("k") != null) {
        redis.redis().ping();
      }
    }
  }

  @TulipTest
  void nothingIsKnownBeyondTheEndOfTheConnection() throws IOException {
    try (var proxy = FaultProxy.open(server.address());
        var other = Redis.open(RedisServer.options(server))) {
      var far = RedisServer.options(server).withEndpoint(RedisServer.endpoint(proxy));
      other.set("k", "v");
      try (var redis = CachingRedis.open(far)) {
        assertEquals("v", redis.get("k"));
        assertTrue(redis.isCaching());
        proxy.reset();
        other.set("k", "w");
        while (redis.isCaching()) {
          Tulip.yield();
        }
        assertEquals("w", redis.get("k"));
        assertEquals("w", redis.get("k"));
        assertEquals(1, hits(redis));
        assertTrue(redis.isCaching());
      }
    }
  }

  @TulipTest
  void aServerThatTellsNothingHasNothingKept() throws IOException {
    try (var admin = Redis.open(RedisServer.options(server))) {
      admin.call("ACL", "SETUSER", "ann", "on", ">pw", "+@all", "-client|tracking", "~*");
      var login = Login.ANONYMOUS.withUser("ann", "pw");
      try (var redis = CachingRedis.open(RedisServer.options(server).withLogin(login))) {
        admin.set("k", "v");
        assertEquals("v", redis.get("k"));
        assertFalse(redis.isCaching());
        admin.set("k", "w");
        assertEquals("w", redis.get("k"));
      }
    }
    var old = RedisServer.options(server).withLogin(Login.ANONYMOUS.withProtocol(2));
    assertThrows(IllegalArgumentException.class, () -> CachingRedis.open(old));
  }

  @TulipTest
  void anArrayThatTheCallerChangesIsAnotherCommand() throws IOException {
    try (var redis = open(CachingOptions.DEFAULT)) {
      redis.mset(Map.of("a", 1, "b", 2));
      var key = new byte[] {'a'};
      assertEquals("1", redis.call("get", key).string());
      Arrays.fill(key, (byte) 'b');
      assertEquals("2", redis.call("GET", key).string());
      assertEquals("1", redis.get("a"));
      assertEquals(1, hits(redis));
    }
  }
}
