// SPDX-License-Identifier: Apache-2.0
package tulip.redis.recipes;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import tulip.bytes.Bytes;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.core.sync.Barrier;
import tulip.core.sync.Event;
import tulip.net.testing.RealServer;
import tulip.redis.Redis;
import tulip.redis.RedisServer;
import tulip.redis.protocol.cluster.Slot;
import tulip.testing.TulipTest;
import tulip.testing.TulipTest.Clock;

/// Locks, semaphores, limits of rates and stores on a real server.
@TulipTest(clock = Clock.REAL)
class RecipesTest {
  private static final LeaseOptions FAST = LeaseOptions.DEFAULT.withPoll(ofMillis(5));

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

  @TulipTest
  void aLockHasOneHolderAtATimeAndEachALargerToken() throws IOException {
    try (var redis = open()) {
      var tasks = IntStream.range(0, 10).boxed().toList();
      var inside = new int[1];
      var fences = new ArrayList<Long>();
      Tulip.gather(
          tasks,
          _ ->
              new RedisLock(redis, "l", FAST)
                  .use(hold -> {
                    assertEquals(1, ++inside[0]);
                    redis.ping();
                    fences.add(hold.fence());
                    return --inside[0];
                  }));
      assertEquals(IntStream.rangeClosed(1, 10).mapToObj(Long::valueOf).toList(), fences);
      assertEquals(0, redis.exists("l"));
      var other = new RedisLock(redis, "l");
      other.run(_ -> assertFalse(other.tryRun(_ -> fail("run without the lock"))));
    }
  }

  @TulipTest
  void aLockThatSomebodyElseTakesAwayEndsItsHolder() throws IOException {
    try (var redis = open()) {
      var lock = new RedisLock(redis, "l", FAST.withLease(ofMillis(300)));
      assertThrows(
          LockLostException.class,
          () ->
              lock.run(_ -> {
                redis.set("l", "mine");
                Tulip.sleepForever();
              }));
      assertEquals("mine", redis.get("l")); // what is another one's was not given back
    }
  }

  @TulipTest
  void aLockWhoseHolderHasDiedIsFreeAfterItsLease() throws IOException {
    try (var redis = open()) {
      redis.set("l", "the dead one", ofMillis(100));
      assertEquals(1, new RedisLock(redis, "l").use(Hold::fence));
    }
  }

  @TulipTest
  void aSemaphoreLetsSoManyThrough() throws Exception {
    try (var redis = open()) {
      var tasks = IntStream.range(0, 9).boxed().toList();
      var inside = new int[2];
      var all = new Barrier(3);
      Tulip.gather(
          tasks,
          _ ->
              new RedisSemaphore(redis, "s", 3, FAST)
                  .use(_ -> {
                    inside[1] = Math.max(inside[1], ++inside[0]);
                    assertTrue(inside[0] <= 3);
                    all.await();
                    return --inside[0];
                  }));
      assertEquals(3, inside[1]);
      assertEquals(0, redis.exists("s"));
    }
  }

  @TulipTest
  void aPlaceOfASemaphoreIsRenewedAndFreeWhenItsLeaseIsOver() throws IOException {
    try (var redis = open();
        var group = TaskGroup.open()) {
      var short1 = new RedisSemaphore(redis, "s", 1, FAST.withLease(ofMillis(150)));
      var entered = new Event();
      var holder =
          group.start(() ->
              short1.use(_ -> {
                entered.set();
                var end = redis.zscore("s", redis.zrange("s", 0, 0).getFirst());
                while (Objects.equals(end, redis.zscore("s", redis.zrange("s", 0, 0).getFirst()))) {
                  redis.ping(); // until it has been renewed
                }
                return "done";
              }));
      entered.await();
      assertFalse(
          new RedisSemaphore(redis, "s", 1, FAST).tryRun(_ -> fail("run without the lock")));
      assertEquals("done", holder.await());
      redis.call("ZADD", "s", 1, "the dead one");
      assertTrue(new RedisSemaphore(redis, "s", 1).tryRun(_ -> {}));
    }
  }

  @TulipTest
  void aBucketAllowsABurstAndThenWhatIsFilled() throws IOException {
    try (var redis = open()) {
      var bucket = new TokenBucket(redis, 5, ofHours(1));
      for (int left = 4; left >= 1; left--) {
        assertEquals(new RateDecision(true, left, ofSeconds(0)), bucket.tryAcquire("ann"));
      }
      var refused = bucket.tryAcquire("ann", 3);
      assertFalse(refused.allowed());
      assertEquals(1, refused.remaining());
      assertTrue(refused.retryAfter().compareTo(ofMinutes(24)) <= 0);
      assertTrue(refused.retryAfter().compareTo(ofMinutes(23)) > 0);
      assertTrue(bucket.tryAcquire("bob", 5).allowed());
      assertThrows(IllegalArgumentException.class, () -> bucket.tryAcquire("bob", 6));
      var fast = new TokenBucket(redis, 1, ofMillis(20));
      for (int i = 0; i < 5; i++) {
        fast.acquire("carl", 1);
      }
    }
  }

  @TulipTest
  void aWindowAllowsSoManyInAnySpanOfTime() throws IOException {
    try (var redis = open()) {
      var window = new SlidingWindow(redis, 12, ofHours(1));
      assertEquals(new RateDecision(true, 1, ofSeconds(0)), window.tryAcquire("ann", 11));
      assertFalse(window.tryAcquire("ann", 2).allowed());
      assertTrue(window.tryAcquire("ann").allowed());
      var refused = window.tryAcquire("ann");
      assertEquals(0, refused.remaining());
      assertTrue(refused.retryAfter().compareTo(ofMinutes(59)) > 0);
      assertTrue(refused.retryAfter().compareTo(ofHours(1)) <= 0);
      var fast = new SlidingWindow(redis, 2, ofMillis(20));
      for (int i = 0; i < 6; i++) {
        fast.acquire("bob", 1);
      }
      assertThrows(IllegalArgumentException.class, () -> new SlidingWindow(redis, 0, ofHours(1)));
    }
  }

  @TulipTest
  void aStoreKeepsValuesForATime() throws IOException {
    try (var redis = open()) {
      var sessions = new RedisStore<>(redis, "session:", ValueCodec.NUMBER);
      assertNull(sessions.get("a"));
      sessions.put("a", 7L, ofMinutes(1));
      assertEquals(7, sessions.get("a"));
      assertEquals("7", redis.get("session:a"));
      assertFalse(sessions.putIfAbsent("a", 8L, ofMinutes(1)));
      assertEquals(7, sessions.get("a", ofHours(1)));
      assertTrue(ofMinutes(59).compareTo(redis.ttl("session:a")) < 0);
      assertTrue(sessions.touch("a", ofMillis(20)));
      while (sessions.get("a") != null) {
        redis.ping();
      }
      assertFalse(sessions.touch("a", ofMinutes(1)));
      assertTrue(sessions.putIfAbsent("a", 8L, ofMinutes(1)));
      assertTrue(sessions.remove("a"));
      assertFalse(sessions.remove("a"));
      redis.set("session:b", "no number");
      assertThrows(IllegalArgumentException.class, () -> sessions.get("b"));
    }
  }

  @TulipTest
  void codecsRefuseWhatIsNoValue() {
    var lists =
        ValueCodec.<List<String>>ofText(
            list -> String.join(",", list), text -> List.of(text.split(",", -1)));
    assertEquals(List.of("a", "b"), lists.decode(lists.encode(List.of("a", "b"))));
    assertEquals(
        Bytes.ofHex("ff"), ValueCodec.BYTES.decode(ValueCodec.BYTES.encode(Bytes.ofHex("ff"))));
    assertEquals("ä", ValueCodec.TEXT.decode(ValueCodec.TEXT.encode("ä")));
    assertThrows(IllegalArgumentException.class, () -> ValueCodec.TEXT.decode(Bytes.ofHex("ff")));
  }

  @TulipTest
  void secondKeysAreInTheSlotOfTheFirst() {
    for (var name : List.of("plain", "{tag}rest", "rest{tag}", "a{b")) {
      assertEquals(Slot.of(name), Slot.of(KeyNames.beside(name, "fence")), name);
    }
    assertThrows(IllegalArgumentException.class, () -> KeyNames.beside("a}b", "fence"));
  }
}
