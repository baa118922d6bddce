// SPDX-License-Identifier: Apache-2.0
package tulip.postgres;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.net.testing.FaultProxy;
import tulip.net.testing.Faults.Fault;
import tulip.pool.ConnectionLostException;
import tulip.pool.PoolOptions;
import tulip.sql.Database;
import tulip.sql.Isolation;
import tulip.sql.SqlException;
import tulip.sql.TransactionOptions;
import tulip.testing.TulipTest;
import tulip.testing.TulipTest.Clock;

/// Bad networks, servers that stop, tasks that give up.
@TulipTest(clock = Clock.REAL)
@ExtendWith(SharedServer.class)
class ResilienceTest {
  private static final int AMOUNT = 7;

  private static final PoolOptions POOL =
      PoolOptions.DEFAULT.withSize(0, 4).withAcquireTimeout(ofSeconds(10));

  private static FaultProxy proxy() throws IOException {
    return FaultProxy.open(SharedServer.server().address());
  }

  private static Database open(FaultProxy proxy) {
    return Database.open(new PostgresConnector(Servers.options(proxy)), POOL);
  }

  /// Wherever the connection breaks, whoever waits gets the right answer or is told.
  @TulipTest
  void aConnectionMayBreakBehindEachByte() throws IOException {
    int answers = 0;
    int failures = 0;
    for (int bytes = 1; bytes < 900; bytes += bytes < 400 ? 37 : 7) {
      try (var proxy = proxy()) {
        proxy.toClient().after(bytes, Fault.RESET);
        try (var connection = Servers.connect(Servers.options(proxy))) {
          for (int i = 0; i < 3; i++) {
            var row = connection.execute("select $1::int4, 'text'", i).rows().getFirst();
            assertEquals(i, row.get(0));
            answers++;
          }
        } catch (IOException e) {
          failures++;
        }
      }
    }
    assertTrue(answers > 10 && failures > 10, answers + " answers, " + failures + " failures");
  }

  @TulipTest
  void aNetworkThatCutsEverythingUpChangesNothing() throws IOException {
    try (var proxy = proxy();
        var db = open(proxy)) {
      proxy.toClient().split();
      proxy.toServer().split();
      var numbers =
          db.queryValues(Integer.class, "select n from generate_series(1, $1::int4) n", 300);
      assertEquals(300, numbers.size());
      assertEquals(300, numbers.getLast());
    }
  }

  @TulipTest
  void aServerThatSaysNothingHoldsNobodyUpBeyondTheDeadline() throws IOException {
    try (var proxy = proxy();
        var db = open(proxy)) {
      assertEquals(1, db.queryValue(Integer.class, "select 1"));
      proxy.toClient().stall();
      assertFalse(Tulip.moveOnAfter(ofMillis(50), () -> db.query("select 2")));
      proxy.toClient().heal();
      assertEquals(3, db.queryValue(Integer.class, "select 3"));
    }
  }

  @TulipTest
  void whatWasUnderWayMayHaveBeenExecuted() throws IOException {
    try (var db = Database.open(SharedServer.server().url(), POOL);
        var group = TaskGroup.open()) {
      db.executeScript("drop table if exists under_way; create table under_way (id int4)");
      var lost =
          group.start(() ->
              assertThrows(
                  ConnectionLostException.class,
                  () -> db.query("select pg_sleep(60) from (values (1)) as under_way(id)")));
      var terminate =
          "select pg_terminate_backend(pid) from pg_stat_activity"
              + " where query like '%as under_way(id)' and wait_event = 'PgSleep'";
      while (db.query(terminate).isEmpty()) {
        Tulip.yield();
      }
      var failure = lost.await();
      assertTrue(failure.mayHaveBeenExecuted());
      var farewell = (SqlException) failure.getSuppressed()[0];
      assertEquals("57P01", farewell.sqlState());
      assertEquals(1, db.queryValue(Integer.class, "select 1"));
    }
  }

  @TulipTest
  void connectionsThatTheServerHasEndedAreNotLent() throws IOException {
    try (var db = Database.open(SharedServer.server().url(), POOL);
        var other = SharedServer.connect()) {
      for (int i = 0; i < 5; i++) {
        int process = db.queryValue(Integer.class, "select pg_backend_pid()");
        other.execute("select pg_terminate_backend($1, 5000)", process);
        Tulip.sleep(ofMillis(1)); // lets the end come
        assertFalse(process == db.queryValue(Integer.class, "select pg_backend_pid()"));
      }
    }
  }

  @TulipTest
  void aServerThatIsStartedAgainIsUsedAgain() throws IOException {
    try (var server = Servers.start();
        var db = Database.open(server.url(), POOL)) {
      int before = db.queryValue(Integer.class, "select pg_backend_pid()");
      Tulip.blocking(server::restart);
      int after = 0;
      while (after == 0) {
        try {
          after = db.queryValue(Integer.class, "select pg_backend_pid()");
        } catch (IOException e) {
          Tulip.yield(); // it was not noticed yet
        }
      }
      assertFalse(before == after);
    }
  }

  @TulipTest
  void moneyIsNeitherMadeNorLost() throws Exception {
    transfer(25, 6);
  }

  @TulipTest
  @Tag("long")
  @Timeout(600)
  void moneyIsNeitherMadeNorLostForLong() throws Exception {
    transfer(2_000, 20);
  }

  /// Tasks transfer money between accounts, and are cancelled at any moment; connections break.
  private static void transfer(int rounds, int tasks) throws Exception {
    try (var proxy = proxy();
        var db = open(proxy)) {
      db.executeScript(
          "drop table if exists account; create table account (id int4 primary key, balance int8);"
              + "insert into account select n, 1000 from generate_series(0, 9) n");
      var random = new Random(11);
      for (int round = 0; round < rounds; round++) {
        if (round % 10 == 9) {
          proxy.reset();
        }
        int seed = round;
        Tulip.moveOnAfter(ofMillis(random.nextInt(1, 30)), () -> runTransfers(db, tasks, seed));
        assertEquals(10_000L, sum(db), "in round " + round);
      }
      while (db.statistics().inUse() > 0) {
        Tulip.yield(); // the pool makes them fit again
      }
    }
  }

  private static void runTransfers(Database db, int tasks, int seed) {
    try (var group = TaskGroup.open()) {
      for (int i = 0; i < tasks; i++) {
        var random = new Random(seed * 1_000L + i);
        group.start(() -> transferMuch(db, random));
      }
      group.join();
    }
  }

  private static void transferMuch(Database db, Random random) {
    for (int i = 0; i < 20; i++) {
      int from = random.nextInt(10);
      int to = random.nextInt(10);
      try {
        var options = TransactionOptions.DEFAULT.withIsolation(Isolation.REPEATABLE_READ);
        db.transaction(
            options,
            tx -> {
              var update = "update account set balance = balance + $2 where id = $1";
              tx.execute(update, from, -AMOUNT);
              tx.execute(update, to, AMOUNT);
              if (random.nextInt(10) == 0) {
                throw new IllegalStateException("changed my mind");
              }
            });
      } catch (SqlException.TransactionRollback | IllegalStateException | IOException e) {
        Tulip.yield(); // another time
      }
    }
  }

  private static long sum(Database db) {
    while (true) {
      try {
        return db.queryValues(Long.class, "select sum(balance)::int8 from account").getFirst();
      } catch (IOException e) {
        Tulip.yield(); // the connection was broken
      }
    }
  }

  @TulipTest
  void manyCancelledTasksLeaveTheOthersTheirAnswers() throws IOException {
    try (var connection = SharedServer.connect()) {
      var random = new Random(3);
      for (int round = 0; round < 100; round++) {
        try (var group = TaskGroup.openSupervisor()) {
          for (int i = 0; i < 20; i++) {
            int n = round * 100 + i;
            var task =
                group.start(() ->
                    assertEquals(
                        List.of(n),
                        connection.execute("select $1::int4", n).rows().stream()
                            .map(row -> row.get(0, Integer.class))
                            .toList()));
            if (random.nextInt(3) == 0) {
              Tulip.yield();
              task.cancel("chance wants it");
            }
          }
          group.join();
        }
      }
      connection.execute("select 1"); // its answer comes behind those that nobody waited for
      assertEquals(0, connection.pending());
    }
  }
}
