// SPDX-License-Identifier: Apache-2.0
package tulip.it.memcached;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import tulip.core.Task;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.memcached.Memcached;
import tulip.net.testing.FaultProxy;
import tulip.net.testing.RealServer;
import tulip.testing.TulipTest;

/// A reply never reaches the wrong caller: many tasks on one connection, most of them cancelled at
/// some moment, and each value checked.
@TulipTest(clock = TulipTest.Clock.REAL)
class SoakTest {
  private static final int TASKS = 100;
  private static final int KEYS = 500;

  private static final int SOON = 1_000_000_000;

  private static RealServer server;

  private long checked;
  private long cancelled;

  @BeforeAll
  static void start() throws IOException {
    server = Peer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @TulipTest
  void aHundredThousandOperations() throws Exception {
    soak(100_000);
  }

  @TulipTest
  @Tag("long")
  void aMillionOperations() throws Exception {
    soak(1_000_000);
  }

  private void soak(int operations) throws Exception {
    try (var proxy = FaultProxy.open(server.address());
        var memcached = Peer.client(proxy.address())) {
      for (int i = 0; i < KEYS; i++) memcached.set("key" + i, value(i));
      var random = new Random(11);
      while (checked + cancelled < operations) {
        round(memcached, random);
      }
      assertTrue(cancelled > operations / 20, cancelled + " of " + operations);
      assertTrue(checked > operations / 20, checked + " of " + operations);
      memcached.noop();
      assertEquals(1, proxy.connections());
    }
  }

  private void round(Memcached<String> memcached, Random random) throws Exception {
    TaskGroup.run(group -> {
      var tasks = new ArrayList<Task<?>>();
      for (int i = 0; i < TASKS; i++) {
        int seed = random.nextInt();
        tasks.add(group.start(() -> work(memcached, new Random(seed))));
      }
      for (var task : tasks) {
        if (random.nextInt(4) == 0) {
          Tulip.sleep(Duration.ofNanos(random.nextInt(200_000)));
        }
        if (random.nextBoolean()) {
          task.taskScope().cancel("by chance");
        }
      }
    });
  }

  private void work(Memcached<String> memcached, Random random) throws IOException {
    for (int i = 0; i < 20; i++) {
      boolean done = false;
      try {
        var limit = Duration.ofNanos(random.nextInt(5) == 0 ? random.nextInt(1_000_000) : SOON);
        done = Tulip.moveOnAfter(limit, () -> operate(memcached, random));
      } finally {
        checked += done ? 1 : 0;
        cancelled += done ? 0 : 1;
      }
    }
  }

  private static void operate(Memcached<String> memcached, Random random) throws IOException {
    int key = random.nextInt(KEYS);
    switch (random.nextInt(4)) {
      case 0 -> memcached.set("key" + key, value(key));
      case 1 -> {
        var found = memcached.getMulti(List.of("key" + key, "none", "key0"));
        assertEquals(value(key), found.get("key" + key));
        assertEquals(value(0), found.get("key0"));
      }
      default -> assertEquals(value(key), memcached.get("key" + key));
    }
  }

  /// Some of them take several packets.
  private static String value(int key) {
    return ("value " + key + " ").repeat(1 + (key % 50 == 0 ? 2000 : key % 7));
  }
}
