// SPDX-License-Identifier: Apache-2.0
package tulip.redis.recipes;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.core.sync.Event;
import tulip.net.testing.RealServer;
import tulip.redis.Endpoint;
import tulip.redis.Redis;
import tulip.redis.RedisCommands;
import tulip.redis.RedisOptions;
import tulip.redis.RedisServer;
import tulip.testing.Tasks;
import tulip.testing.TulipTest;
import tulip.testing.TulipTest.Clock;

/// Values that are loaded once.
@TulipTest(clock = Clock.REAL)
class RedisCacheTest {
  @SuppressWarnings("NullAway.Init")
  private static RealServer server;

  /// Who was loaded, and what the next load waits for.
  private final List<String> loads = new ArrayList<>();

  private final Event go = new Event();

  @BeforeAll
  static void start() throws IOException {
    server = RedisServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Redis connect() throws IOException {
    var redis = Redis.open(RedisServer.options(server));
    redis.flushall();
    return redis;
  }

  private RedisCache<String, TimeoutException> open(RedisCommands redis, CacheOptions options) {
    return RedisCache.open(redis, options, ValueCodec.TEXT, this::load);
  }

  private RedisCache<String, TimeoutException> open(RedisCommands redis) {
    return open(redis, CacheOptions.of("c:", ofMinutes(10)));
  }

  private String load(String name) throws TimeoutException {
    loads.add(name);
    go.await();
    if (name.equals("bad")) {
      throw new TimeoutException("load " + loads.size());
    }
    return name + loads.size();
  }

  @TulipTest
  void whatManyWantIsLoadedOnceAndFoundAfterwards() throws Exception {
    try (var redis = connect();
        var cache = open(redis);
        var group = TaskGroup.open()) {
      var first = group.start(() -> Tulip.gather(List.of("a", "a", "a", "b"), cache::get));
      while (loads.size() < 2) {
        Tulip.yield();
      }
      go.set();
      assertEquals(3, new HashSet<>(first.await()).size() + 1);
      assertEquals(List.of("a", "b"), loads);
      while (redis.dbsize() < 2) {
        Tulip.yield();
      }
      assertEquals(first.result().getFirst(), cache.get("a"));
      assertEquals(new CacheStatistics(1, 0, 2, 0, null), cache.statistics());
      long millis = redis.call("PTTL", "c:a").integer();
      assertTrue(millis > ofMinutes(8).toMillis() && millis < ofMinutes(10).toMillis());
    }
  }

  @TulipTest
  void aFailureIsForThoseWhoWaitAndTheNextOneTriesAgain() throws Exception {
    try (var redis = connect();
        var cache = open(redis);
        var group = TaskGroup.open()) {
      var one = group.start(() -> assertThrows(TimeoutException.class, () -> cache.get("bad")));
      var two = group.start(() -> assertThrows(TimeoutException.class, () -> cache.get("bad")));
      while (loads.isEmpty()) {
        Tulip.yield();
      }
      Tasks.awaitAllBlocked();
      go.set();
      assertEquals("load 1", one.await().getMessage());
      assertEquals("load 1", two.await().getMessage());
      var again = assertThrows(TimeoutException.class, () -> cache.get("bad"));
      assertEquals("load 2", again.getMessage());
      assertEquals(again, cache.statistics().lastFailure());
    }
  }

  @TulipTest
  void aLoadOutlivesWhoWantedIt() throws Exception {
    try (var redis = connect();
        var cache = open(redis)) {
      Tulip.moveOnAfter(ofMillis(50), () -> cache.get("a"));
      go.set();
      assertEquals("a1", cache.get("a"));
      assertEquals(List.of("a"), loads);
    }
  }

  @TulipTest
  void anOldValueIsGivenWhileANewOneIsLoaded() throws Exception {
    try (var redis = connect();
        var cache = open(redis, CacheOptions.of("c:", ofMinutes(1)).withStale(ofMinutes(9)))) {
      redis.set("c:a", "old", ofMinutes(5));
      assertEquals("old", cache.get("a"));
      while (loads.isEmpty()) {
        Tulip.yield();
      }
      go.set();
      while (!"a1".equals(redis.get("c:a"))) {
        Tulip.yield();
      }
      assertEquals("a1", cache.get("a"));
      assertEquals(1, cache.statistics().staleHits());
      assertEquals(1, cache.statistics().hits());
    }
  }

  @TulipTest
  void whatIsRemovedIsNotPutBackByALoadFromBefore() throws Exception {
    try (var redis = connect();
        var cache = open(redis);
        var group = TaskGroup.open()) {
      var before = group.start(() -> cache.get("a"));
      while (loads.isEmpty()) {
        Tulip.yield();
      }
      cache.remove("a");
      go.set();
      assertEquals("a1", before.await());
      assertNull(redis.get("c:a"));
      assertEquals("a2", cache.get("a"));
      cache.put("b", "put");
      assertEquals("put", cache.get("b"));
    }
  }

  @TulipTest
  void withoutRedisValuesAreLoaded() throws Exception {
    var nowhere = new Endpoint.Host("127.0.0.1", RealServer.freePort(), null);
    try (var redis = Redis.open(RedisOptions.of(nowhere).withFailFast(true));
        var cache = open(redis)) {
      go.set();
      assertEquals("a1", cache.get("a"));
      assertEquals("a2", cache.get("a"));
      assertTrue(cache.statistics().failures() >= 2);
    }
  }
}
