// SPDX-License-Identifier: Apache-2.0
package tulip.it.sql;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.core.sync.Event;
import tulip.pool.Backoff;
import tulip.pool.PoolOptions;
import tulip.postgres.testing.PostgresServer;
import tulip.sql.Database;
import tulip.sql.SqlException;
import tulip.sql.Transaction;
import tulip.testing.TulipTest;
import tulip.testing.TulipTest.Clock;

/// Tasks transfer money, and are cancelled at random, while the server is killed and started again:
/// the sum stays, and work goes on each time.
@TulipTest(clock = Clock.REAL)
class BankSoakTest {
  private static final int ACCOUNTS = 20;
  private static final int TASKS = 16;
  private static final long SUM = ACCOUNTS * 100L;

  private static final PoolOptions POOL =
      PoolOptions.DEFAULT.withSize(0, 8).withAcquireTimeout(ofSeconds(20));

  private final Event progress = new Event();
  private long transfers;
  private long failures;
  private long cuts;
  private long goal;
  private boolean over;

  @TulipTest
  @Timeout(60)
  void theSumStaysWhenTheServerIsKilled() throws Exception {
    soak(2, 100);
  }

  @Tag("long")
  @TulipTest
  void theSumStaysWhenTheServerIsKilledAgainAndAgain() throws Exception {
    soak(50, 2_000);
  }

  /// @param kills of the server
  /// @param between how many transfers succeed before each of them, and after the last
  private void soak(int kills, int between) throws Exception {
    var server = Tulip.blocking(() -> PostgresServer.start());
    try {
      soak(server, kills, between);
    } finally {
      Tulip.blocking(server::close);
    }
  }

  private void soak(PostgresServer server, int kills, int between) throws Exception {
    try (var db = Database.open(server.url(), POOL)) {
      db.execute(
          "create table account (id bigint primary key, balance bigint check (balance >= 0))");
      db.executeMany(
          "insert into account values ($1, 100)",
          LongStream.range(0, ACCOUNTS).mapToObj(List::of).toList());
      try (var group = TaskGroup.open()) {
        for (int i = 0; i < TASKS; i++) {
          var random = new Random(i);
          group.start(() -> work(db, random));
        }
        for (int i = 0; i < kills; i++) {
          awaitTransfers(between);
          Tulip.blocking(() -> server.kill());
          Tulip.blocking(() -> server.restart());
        }
        awaitTransfers(between);
        over = true;
        group.join();
      }
      assertEquals(SUM, sum(db));
      assertTrue(cuts > 0 && failures > 0, cuts + " cuts, " + failures + " failures");
      assertEquals(0, db.statistics().inUse());
    }
  }

  private void awaitTransfers(int count) {
    goal = transfers + count;
    progress.clear();
    progress.await();
  }

  private static long sum(Database db) throws IOException {
    return db.queryValue(Long.class, "select sum(balance) from account");
  }

  private void work(Database db, Random random) {
    var pauses = Backoff.DEFAULT.delays();
    while (!over) {
      try {
        transfer(db, random);
        pauses.reset();
      } catch (IOException | SqlException e) {
        failures++;
        Tulip.sleep(pauses.next());
      }
    }
  }

  private void transfer(Database db, Random random) throws IOException {
    long from = random.nextLong(ACCOUNTS);
    long to = random.nextLong(ACCOUNTS);
    if (random.nextInt(8) == 0) {
      assertEquals(SUM, sum(db));
    }
    boolean done =
        Tulip.moveOnAfter(
            random.nextInt(4) == 0 ? ofMillis(random.nextInt(4)) : ofSeconds(30),
            () -> db.transaction(tx -> transfer(tx, from, to)));
    if (!done) {
      cuts++;
    } else if (++transfers >= goal) {
      progress.set();
    }
  }

  private static void transfer(Transaction tx, long from, long to) throws IOException {
    var balances =
        tx.queryValues(
            Long.class,
            "select balance from account where id in ($1, $2) order by id for update",
            from,
            to);
    long amount = Math.min(balances.get(from <= to ? 0 : balances.size() - 1), 7);
    tx.execute("update account set balance = balance - $2 where id = $1", from, amount);
    tx.execute("update account set balance = balance + $2 where id = $1", to, amount);
  }
}
