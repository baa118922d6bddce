// SPDX-License-Identifier: Apache-2.0
package tulip.pool;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import tulip.core.EventLoop;
import tulip.core.LoopOptions.Engine;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.testing.TulipTest;

/// Limits for each key and for all.
@TulipTest(engine = {Engine.CARRIER, Engine.BATON})
class PoolMapTest {
  private final Fake server = new Fake();
  private PoolOptions options = PoolOptions.DEFAULT.withName("http").withSize(0, 3);

  private PoolMap<String, Fake.Connection> open(int total) {
    return PoolMap.open(total, options, _ -> server);
  }

  private static int numberFrom(PoolMap<String, Fake.Connection> pools, String key)
      throws IOException {
    return pools.use(key, connection -> connection.number);
  }

  @TulipTest
  void aKeyGetsItsOwnConnectionsAgain() throws IOException {
    try (var pools = open(10)) {
      assertEquals(1, numberFrom(pools, "a"));
      assertEquals(2, numberFrom(pools, "b"));
      assertEquals(1, numberFrom(pools, "a"));
      assertEquals(2, pools.size());
    }
  }

  @TulipTest
  void eachKeyHasItsLimitAndAllHaveOne() throws IOException {
    try (var pools = open(5)) {
      TaskGroup.run(group -> {
        for (int i = 0; i < 30; i++) {
          var key = "host " + i % 3;
          group.start(() -> {
            try (var lease = pools.acquire(key)) {
              assertTrue(requireNonNull(pools.statistics().get(key)).size() <= 3);
              assertTrue(pools.size() <= 5);
              lease.get().exchange(ofMillis(10));
            }
          });
        }
      });
      assertTrue(server.most <= 5);
    }
  }

  @TulipTest
  void theOneThatIsIdleForLongestMakesRoom() throws IOException {
    server.closeTime = ofMillis(10);
    try (var pools = open(2)) {
      numberFrom(pools, "a");
      Tulip.sleep(ofSeconds(1));
      numberFrom(pools, "b");
      assertEquals(3, numberFrom(pools, "c"));
      assertEquals(List.of("closed", "", ""), server.ends());
      assertEquals(2, server.most, "the old one was gone before the new one was opened");
      assertEquals(2, numberFrom(pools, "b"));
    }
  }

  @TulipTest
  void noMoreAreEvictedThanWanted() throws IOException {
    server.closeTime = ofSeconds(1);
    try (var pools = open(4)) {
      TaskGroup.run(group -> {
        for (int i = 0; i < 4; i++) {
          var key = "host " + i;
          group.start(() -> pools.use(key, connection -> connection.number));
        }
      });
      TaskGroup.run(group -> {
        group.start(() -> assertFalse(Tulip.moveOnAfter(ofMillis(1), () -> pools.acquire("b"))));
        Tulip.sleep(ofMillis(2));
        group.start(() -> numberFrom(pools, "new"));
      });
      assertEquals(1, server.ends().stream().filter("closed"::equals).count());
    }
  }

  @TulipTest
  void whatComesBackToOneKeyMakesRoomForAnother() throws IOException {
    try (var pools = open(1)) {
      TaskGroup.run(group -> {
        group.start(() ->
            pools.use(
                "a",
                connection -> {
                  connection.exchange(ofSeconds(1));
                  return null;
                }));
        Tulip.sleep(ofMillis(1));
        assertEquals(2, numberFrom(pools, "b"));
      });
    }
  }

  @TulipTest
  void keysThatWantMoreThanThereIsTakeTurns() throws IOException {
    var order = new ArrayList<String>();
    try (var pools = open(1)) {
      var lease = pools.acquire("z");
      TaskGroup.run(group -> {
        for (var key : List.of("a", "a", "b", "b")) {
          group.start(() -> {
            try (var own = pools.acquire(key)) {
              order.add(key);
              own.discard();
            }
          });
        }
        Tulip.sleep(ofMillis(1));
        lease.discard();
      });
    }
    assertEquals(List.of("a", "b", "a", "b"), order);
  }

  @TulipTest
  void keysThatHaveNothingAreForgotten() throws IOException {
    options = options.withMaxIdle(ofMinutes(1));
    try (var pools = open(10)) {
      for (int i = 0; i < 100; i++) {
        numberFrom(pools, "host " + i);
        Tulip.sleep(ofMinutes(2));
      }
      assertTrue(pools.statistics().size() <= 2, () -> pools.statistics().keySet().toString());
      assertEquals(0, pools.size());
    }
  }

  @TulipTest
  void oneKeyExpires() throws IOException {
    try (var pools = open(10)) {
      numberFrom(pools, "a");
      numberFrom(pools, "b");
      pools.expireAll("a");
      pools.expireAll("nobody");
      assertEquals(3, numberFrom(pools, "a"));
      assertEquals(2, numberFrom(pools, "b"));
    }
  }

  @TulipTest
  void closingEndsAll() throws IOException {
    var pools = open(10);
    numberFrom(pools, "a");
    numberFrom(pools, "b");
    var lease = pools.acquire("c");
    assertEquals(3, lease.get().number);
    pools.close();
    assertEquals(List.of("closed", "closed", "aborted"), server.ends());
    assertEquals(0, pools.size());
    assertThrows(PoolClosedException.class, () -> pools.acquire("a"));
  }

  @TulipTest
  void aWaiterMayBeLessPatientThanOthers() throws IOException {
    try (var pools = open(1);
        var _ = pools.acquire("a")) {
      TaskGroup.run(group ->
          group.start(() -> {
            long before = EventLoop.current().time();
            assertThrows(ConnectionTimeoutException.class, () -> pools.acquire("a", ofMillis(7)));
            assertEquals(ofMillis(7).toNanos(), EventLoop.current().time() - before);
          }));
    }
  }

  @TulipTest
  void aWaiterOfAFullMapTimesOut() throws IOException {
    options = options.withAcquireTimeout(ofSeconds(1));
    try (var pools = open(1);
        var _ = pools.acquire("a")) {
      assertThrows(ConnectionTimeoutException.class, () -> pools.acquire("b"));
      Tulip.sleep(ofHours(1));
      assertEquals(1, pools.size());
    }
  }

  @TulipTest
  void aMinimumForEachKeyIsRefused() {
    options = options.withSize(1, 3);
    assertThrows(IllegalArgumentException.class, () -> open(10));
    assertThrows(IllegalArgumentException.class, () -> open(0));
  }
}
