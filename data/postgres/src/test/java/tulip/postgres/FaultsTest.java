// SPDX-License-Identifier: Apache-2.0
package tulip.postgres;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tulip.core.Tulip;
import tulip.net.testing.FaultProxy;
import tulip.net.testing.Faults;
import tulip.net.testing.Faults.Fault;
import tulip.pool.ConnectionLostException;
import tulip.pool.PoolOptions;
import tulip.sql.Database;
import tulip.sql.SqlException;
import tulip.testing.TulipTest;
import tulip.testing.TulipTest.Clock;

/// Networks that break or stall at each step of each exchange, in both directions; servers and
/// their processes that are killed; programs that are attacked. There is never a wrong result, a
/// connection that is left over, or a wait beyond its deadline.
@TulipTest(clock = Clock.REAL)
@ExtendWith(SharedServer.class)
class FaultsTest {
  private static final PoolOptions POOL =
      PoolOptions.DEFAULT.withSize(0, 2).withAcquireTimeout(ofSeconds(10));

  /// So much more passes before the fault each time.
  private static final int STEP = 137;

  /// What is done, and its result is checked.
  enum Step {
    QUERY {
      @Override
      void run(Database db) throws IOException {
        var numbers =
            db.queryValues(Integer.class, "select n from generate_series(1, $1::int4) n", 20);
        assertEquals(IntStream.rangeClosed(1, 20).boxed().toList(), numbers);
      }
    },
    TRANSACTION {
      @Override
      void run(Database db) throws IOException {
        db.transaction(outer -> {
          outer.execute("update faults set n = n + 1");
          outer.transaction(inner -> inner.execute("update faults set n = n + 1"));
        });
      }
    },
    STREAM {
      @Override
      void run(Database db) throws IOException {
        int next = 1;
        try (var rows = db.stream("select n from generate_series(1, 50) n")) {
          for (var row : rows) {
            assertEquals(next++, row.get(0));
          }
        } catch (UncheckedIOException e) {
          throw e.getCause();
        }
        assertEquals(51, next);
      }
    },
    MANY {
      @Override
      void run(Database db) throws IOException {
        var rows = IntStream.range(0, 10).mapToObj(List::of).toList();
        assertEquals(10, db.executeMany("insert into faults_log values ($1)", rows));
      }
    },
    COPY {
      @Override
      void run(Database db) throws IOException {
        long copied =
            db.connected(connection -> {
              var own = connection.unwrap(PostgresConnection.class);
              var rows = IntStream.range(0, 10).mapToObj(List::of).toList();
              own.copyRows("faults_log", List.of("n"), rows);
              long lines = 0;
              try (var copy =
                  own.copyOut("copy (select * from generate_series(1, 30)) to stdout")) {
                while (copy.next() != null) {
                  lines++;
                }
              }
              return lines;
            });
        assertEquals(30, copied);
      }
    };

    abstract void run(Database db) throws IOException;
  }

  private static void reset() throws IOException {
    try (var connection = SharedServer.connect()) {
      connection.executeScript(
          "drop table if exists faults, faults_log; create table faults (n int4);"
              + "insert into faults values (0); create table faults_log (n int4)");
    }
  }

  /// Whatever was interrupted, it was done as a whole or not at all.
  private static void assertWhole() throws IOException {
    try (var connection = SharedServer.connect()) {
      var row =
          connection
              .execute("select n % 2 = 0, (select count(*) % 10 = 0 from faults_log) from faults")
              .rows()
              .getFirst();
      assertEquals(List.of(true, true), List.of(row.toArray()));
    }
  }

  private static Database open(FaultProxy proxy) {
    var options = Servers.options(proxy).withSetting("application_name", "faults");
    return Database.open(new PostgresConnector(options), POOL);
  }

  /// Servers notice the end of a network late, if nothing is sent.
  private static void assertNothingLeft() throws IOException {
    try (var connection = SharedServer.connect()) {
      var left = "select 1 from pg_stat_activity where application_name = 'faults'";
      while (!connection.execute(left).rows().isEmpty()) {
        Tulip.sleep(ofMillis(1));
      }
    }
  }

  private interface Direction {
    Faults of(FaultProxy proxy);
  }

  /// Has a fault happen behind so many bytes, more each time, until all gets through.
  ///
  /// @return how often something has failed
  private static int breakAnywhere(Step step, Direction direction, Fault fault, int stride)
      throws IOException {
    int failures = 0;
    for (int bytes = 1; ; bytes += stride) {
      try (var proxy = FaultProxy.open(SharedServer.server().address());
          var db = open(proxy)) {
        direction.of(proxy).after(bytes, fault);
        boolean passed = false;
        try {
          step.run(db);
          passed = true;
        } catch (IOException e) {
          failures++;
        }
        assertEquals(0, db.statistics().inUse());
        if (passed) {
          return failures;
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  @TulipTest(clock = Clock.REAL)
  void theNetworkMayBreakAtEachStep(Step step) throws IOException {
    breakAll(step, STEP);
  }

  @ParameterizedTest
  @EnumSource
  @TulipTest(clock = Clock.REAL)
  @Tag("long")
  void theNetworkMayBreakBehindEachByte(Step step) throws IOException {
    breakAll(step, 1);
  }

  private static void breakAll(Step step, int stride) throws IOException {
    reset();
    int failures = 0;
    for (var fault : List.of(Fault.CUT, Fault.RESET)) {
      failures += breakAnywhere(step, FaultProxy::toServer, fault, stride);
      failures += breakAnywhere(step, FaultProxy::toClient, fault, stride);
    }
    assertTrue(failures > 10, failures + " failures");
    assertNothingLeft();
    assertWhole();
  }

  @ParameterizedTest
  @EnumSource
  @TulipTest(clock = Clock.REAL)
  void theNetworkMayStallAtEachStep(Step step) throws IOException {
    reset();
    List<Direction> directions = List.of(FaultProxy::toServer, FaultProxy::toClient);
    for (var direction : directions) {
      for (int bytes = 50; bytes < 900; bytes += 270) {
        try (var proxy = FaultProxy.open(SharedServer.server().address());
            var db = open(proxy)) {
          direction.of(proxy).after(bytes, Fault.STALL);
          Tulip.moveOnAfter(ofMillis(40), () -> step.run(db));
          direction.of(proxy).heal();
          proxy.cut();
          while (db.statistics().inUse() > 0) {
            Tulip.sleep(ofMillis(1)); // the pool looks after it
          }
          var after = new ArrayList<Integer>();
          while (after.isEmpty()) {
            try {
              after.add(db.queryValue(Integer.class, "select 7"));
            } catch (IOException e) {
              Tulip.yield(); // this connection was cut too
            }
          }
          assertEquals(List.of(7), after);
        }
      }
    }
    assertNothingLeft();
    assertWhole();
  }

  @ParameterizedTest
  @EnumSource
  @TulipTest(clock = Clock.REAL)
  void aSlowNetworkChangesNothing(Step step) throws IOException {
    reset();
    try (var proxy = FaultProxy.open(SharedServer.server().address());
        var db = open(proxy)) {
      proxy.toClient().delay(ofMillis(2));
      proxy.toServer().delay(ofMillis(2));
      step.run(db);
    }
    assertWhole();
  }

  /// The end of one process by SIGKILL makes the server end all the others and begin anew.
  @TulipTest
  void aProcessOfTheServerMayBeKilled() throws IOException {
    try (var server = Servers.start();
        var db = Database.open(server.url(), POOL)) {
      db.execute("create table kept as select 42 as n");
      for (int round = 0; round < 3; round++) {
        var lost =
            assertThrows(
                ConnectionLostException.class,
                () ->
                    db.connected(connection -> {
                      int process = connection.queryValue(Integer.class, "select pg_backend_pid()");
                      ProcessHandle.of(process).ifPresent(ProcessHandle::destroyForcibly);
                      return connection.query("select pg_sleep(60)");
                    }));
        assertTrue(lost.mayHaveBeenExecuted());
        assertEquals(42, queryStubbornly(db));
      }
    }
  }

  @TulipTest
  void theServerMayBeKilled() throws IOException {
    try (var server = Servers.start("wal_level=replica");
        var db = Database.open(server.url(), POOL)) {
      db.execute("create table kept as select 42 as n");
      for (int round = 0; round < 2; round++) {
        Tulip.blocking(server::kill);
        assertThrows(IOException.class, () -> db.query("select 1"));
        Tulip.blocking(server::restart);
        assertEquals(42, queryStubbornly(db));
      }
    }
  }

  /// Until the server is there again.
  private static int queryStubbornly(Database db) {
    while (true) {
      try {
        return db.queryValue(Integer.class, "select n from kept");
      } catch (IOException | SqlException e) {
        Tulip.sleep(ofMillis(5));
      }
    }
  }

  private static final List<String> ATTACKS =
      List.of(
          "'; drop table faults; --",
          "\\'; drop table faults; --",
          "$1",
          "\"; drop table faults; --",
          "\uFF07 or 1=1",
          "') or ('1' = '1",
          "a\u00BF\u00BF' or 1=1",
          "%s %d ?",
          "$$; drop table faults; $$");

  @TulipTest
  void whatIsAParameterIsNeverPartOfAStatement() throws IOException {
    reset();
    try (var connection = SharedServer.connect()) {
      connection.executeScript("create temporary table said (text text)");
      for (var attack : ATTACKS) {
        connection.execute("insert into said values ($1)", attack);
        var found = connection.execute("select text from said where text = $1", attack).rows();
        assertEquals(List.of(attack), List.of(found.getFirst().toArray()));
        assertEquals(1, found.size());
        var array = connection.execute("select $1::text[]", List.of(attack, attack)).rows();
        assertEquals(List.of(attack, attack), array.getFirst().get(0));
      }
      var copied = ATTACKS.stream().map(List::of).toList();
      connection.copyRows("said", List.of("text"), copied);
      assertEquals(
          2L * ATTACKS.size(),
          connection.execute("select count(*) from said").rows().getFirst().get(0));
    }
    assertWhole();
  }

  @TulipTest
  void namesAndSettingsAreNeverPartOfAStatement() throws IOException {
    reset();
    for (var attack : ATTACKS) {
      var options = SharedServer.options().withSetting("application_name", attack);
      try (var connection = Servers.connect(options);
          var news = Notifications.open(SharedServer.options(), attack)) {
        connection.execute("select pg_notify($1, $2)", attack, attack);
        var notification = (Notification) news.receive();
        assertEquals(attack, notification.channel());
        assertEquals(attack, notification.payload());
      }
      var stranger = SharedServer.options().withLogin(attack, attack);
      var refusal = assertThrows(IOException.class, () -> Servers.connect(stranger));
      assertTrue(refusal.getCause() instanceof SqlException, refusal.toString());
    }
    assertWhole();
  }

  /// Zero bytes end the texts of the protocol: behind one could stand another parameter.
  @TulipTest
  void zeroBytesAreRefused() throws IOException {
    var options = SharedServer.options();
    for (var bad :
        List.of(
            options.withLogin("test\0options\0-c x=y", null),
            options.withDatabase("postgres\0user\0postgres"),
            options.withSetting("application_name", "a\0user\0postgres"))) {
      assertThrows(IllegalArgumentException.class, () -> Servers.connect(bad));
    }
    try (var connection = SharedServer.connect()) {
      assertThrows(IllegalArgumentException.class, () -> connection.execute("select 1\0; x"));
      assertThrows(IllegalArgumentException.class, () -> connection.executeScript("select 1\0; x"));
      assertThrows(
          IllegalArgumentException.class, () -> connection.execute("select $1::text", "a\0b"));
      assertEquals(1, connection.execute("select 1").rows().size());
      assertFalse(connection.isInTransaction());
    }
  }
}
