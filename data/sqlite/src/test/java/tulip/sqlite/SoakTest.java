// SPDX-License-Identifier: Apache-2.0
package tulip.sqlite;

import static java.time.Duration.ofMillis;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.pool.PoolOptions;
import tulip.sql.Database;
import tulip.sql.Transaction;
import tulip.testing.TulipTest;
import tulip.testing.TulipTest.Clock;

/// Many tasks transfer money, and are cancelled at random: the sum stays, and nothing hangs.
@TulipTest(clock = Clock.REAL)
class SoakTest {
  private static final int ACCOUNTS = 10;
  private static final long SUM = ACCOUNTS * 100L;

  @TempDir Path folder;

  @TulipTest
  void theSumStays() throws Exception {
    soak(20, 40);
  }

  @Tag("long")
  @TulipTest
  void theSumStaysForLong() throws Exception {
    soak(100, 1_000);
  }

  private void soak(int tasks, int rounds) throws Exception {
    var pool = PoolOptions.DEFAULT.withSize(0, 5);
    try (var db = Database.open("sqlite:" + folder.resolve("bank.db"), pool)) {
      db.execute(
          "create table account (id integer primary key, balance integer check (balance >= 0))");
      db.executeMany(
          "insert into account values ($1, 100)",
          IntStream.range(0, ACCOUNTS).mapToObj(List::of).toList());
      int done = 0;
      try (var group = TaskGroup.open()) {
        var workers =
            IntStream.range(0, tasks)
                .mapToObj(i -> group.start(() -> work(db, i, rounds)))
                .toList();
        for (var worker : workers) {
          done += worker.await();
        }
      }
      assertEquals(SUM, sum(db));
      assertTrue(done > rounds, done + " transfers were done");
      assertEquals("ok", db.queryValue(String.class, "pragma integrity_check"));
    }
  }

  private static long sum(Database db) throws IOException {
    return db.queryValue(Long.class, "select sum(balance) from account");
  }

  /// How many transfers were done, at least.
  private static int work(Database db, int seed, int rounds) throws Exception {
    var random = new Random(seed);
    int done = 0;
    for (int round = 0; round < rounds; round++) {
      int from = random.nextInt(ACCOUNTS);
      int to = random.nextInt(ACCOUNTS);
      if (random.nextInt(4) == 0) {
        Tulip.moveOnAfter(
            ofMillis(random.nextInt(5)), () -> db.transaction(tx -> transfer(tx, from, to)));
      } else {
        db.transaction(tx -> transfer(tx, from, to));
        done++;
      }
      if (random.nextInt(10) == 0) {
        assertEquals(SUM, sum(db));
      }
    }
    return done;
  }

  private static void transfer(Transaction tx, int from, int to) throws IOException {
    long balance = tx.queryValue(Long.class, "select balance from account where id = $1", from);
    long amount = Math.min(balance, 7);
    tx.execute("update account set balance = balance - $2 where id = $1", from, amount);
    Tulip.yield();
    tx.execute("update account set balance = balance + $2 where id = $1", to, amount);
  }
}
