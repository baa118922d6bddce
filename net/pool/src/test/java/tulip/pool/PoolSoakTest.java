// SPDX-License-Identifier: Apache-2.0
package tulip.pool;

import static java.time.Duration.ofMillis;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import tulip.core.LoopOptions.Engine;
import tulip.core.Scope;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.pool.Connector.Verdict;
import tulip.testing.TulipTest;

/// Tasks that use, break, forget to wait and give up by chance. At the end nothing is missing, and
/// at no time there were too many connections or two users of one: [Fake] sees to that.
@TulipTest(engine = Engine.CARRIER)
class PoolSoakTest {
  private static final int TASKS = 50;

  private final Random random = new Random(4711);
  private final Fake server = new Fake();
  private final PoolOptions options =
      PoolOptions.DEFAULT
          .withSize(2, 8)
          .withMaxIdle(ofMillis(40))
          .withMaxAge(ofMillis(300))
          .withMaxUses(50)
          .withCheckAfter(ofMillis(5))
          .withHookTimeout(ofMillis(20))
          .withAcquireTimeout(ofMillis(50));

  @TulipTest
  void tenThousandUses() throws IOException {
    soak(10_000);
  }

  @TulipTest
  @Tag("long")
  @Timeout(600)
  void aMillionUses() throws IOException {
    soak(1_000_000);
  }

  private void soak(int uses) throws IOException {
    server.connectTime = ofMillis(2);
    server.resetTime = ofMillis(1);
    server.closeTime = ofMillis(1);
    server.knowsWhatIsOwed = true;
    var statistics = run(uses);
    assertTrue(server.most <= 8, () -> server.most + " connections at once");
    assertEquals(0, server.open.size());
    assertEquals(server.opened.size(), statistics.opened());
    assertTrue(statistics.acquired() > uses / 2, statistics::toString);
    assertTrue(statistics.timeouts() > 0, statistics::toString);
    assertTrue(statistics.connectFailures() > 0, statistics::toString);
  }

  private PoolStatistics run(int uses) throws IOException {
    try (var pool = ConnectionPool.open(server, options)) {
      TaskGroup.run(group -> {
        for (int i = 0; i < TASKS; i++) {
          group.start(() -> useAgainAndAgain(pool, uses / TASKS));
        }
      });
      var statistics = pool.statistics();
      assertEquals(0, statistics.inUse());
      assertEquals(0, statistics.waiting().size());
      return statistics;
    }
  }

  private void useAgainAndAgain(ConnectionPool<Fake.Connection> pool, int times) {
    for (int i = 0; i < times; i++) {
      misbehave(pool);
      var scope = new Scope().timeout(chance(20) ? ofMillis(random.nextInt(20)) : ofMillis(10_000));
      scope.run(() -> useOnce(pool));
      Tulip.sleep(chance(3) ? ofMillis(random.nextInt(30)) : Duration.ZERO);
    }
  }

  /// The server's side of it.
  private void misbehave(ConnectionPool<Fake.Connection> pool) {
    server.verdict = chance(10) ? Verdict.RESET : Verdict.REUSE;
    server.checkTime = chance(10) ? ofMillis(30) : Duration.ZERO;
    if (chance(2)) {
      server.refusals.add(new IOException("too many clients"));
    }
    if (chance(1)) {
      server.open.forEach(connection -> connection.alive = false);
    }
    if (random.nextInt(1_000) == 0) {
      pool.expireAll();
    }
    if (random.nextInt(1_000) == 0) {
      pool.resize(random.nextInt(3), 3 + random.nextInt(6));
    }
  }

  private void useOnce(ConnectionPool<Fake.Connection> pool) {
    try (var lease = pool.acquire()) {
      lease.get().exchange(ofMillis(random.nextInt(8)));
      if (chance(2)) {
        lease.markBroken();
      }
    } catch (IOException e) {
      Tulip.sleep(ofMillis(1));
    }
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }
}
