// SPDX-License-Identifier: Apache-2.0
package tulip.postgres;

import static java.time.Duration.ofMillis;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;
import tulip.core.LoopOptions.Engine;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.pool.PoolOptions;
import tulip.sql.Database;
import tulip.sql.DatabaseOptions;
import tulip.sql.Row;
import tulip.sql.SqlError;
import tulip.sql.SqlError.Field;
import tulip.sql.SqlException;
import tulip.sql.TransactionOptions;
import tulip.sql.spi.Cursor;
import tulip.testing.TulipTest;
import tulip.testing.TulipTest.Clock;

/// One connection to a real server, and many tasks.
@TulipTest(
    clock = Clock.REAL,
    engine = {Engine.CARRIER, Engine.BATON})
@ExtendWith(SharedServer.class)
class PostgresConnectionTest {
  private static List<Row> rows(
      PostgresConnection connection, String sql, @Nullable Object... arguments) throws IOException {
    return connection.execute(sql, arguments).rows();
  }

  private static <T> T value(
      Class<T> type, PostgresConnection connection, String sql, @Nullable Object... arguments)
      throws IOException {
    return rows(connection, sql, arguments).getFirst().get(0, type);
  }

  @TulipTest
  void manyTasksShareAConnection() throws IOException {
    try (var connection = SharedServer.connect()) {
      var numbers = IntStream.range(0, 1_000).boxed().toList();
      var results =
          Tulip.gather(
              numbers, n -> value(Integer.class, connection, "select $1::int4 + 1", n) - 1);
      assertEquals(numbers, results);
    }
  }

  @TulipTest
  void statementsOfOneIterationDoNotWaitForEachOther() throws IOException {
    try (var connection = SharedServer.connect();
        var group = TaskGroup.open()) {
      value(Integer.class, connection, "select $1::int4", 0);
      for (int i = 0; i < 50; i++) {
        int n = i;
        group.start(() -> assertEquals(n, value(Integer.class, connection, "select $1::int4", n)));
      }
      Tulip.yield();
      assertEquals(50, connection.pending());
      group.join();
      assertEquals(0, connection.pending());
    }
  }

  @TulipTest
  void tasksThatPrepareTheSameStatementDoItOnce() throws IOException {
    try (var connection = SharedServer.connect()) {
      var sql = "select 'once', $1::int4";
      var numbers = IntStream.range(0, 20).boxed().toList();
      Tulip.gather(numbers, n -> connection.execute(sql, n));
      var prepared = "select count(*) from pg_prepared_statements where statement = $1";
      assertEquals(1, value(Integer.class, connection, prepared, sql));
      assertThrows(
          SqlException.UndefinedTable.class,
          () -> Tulip.gather(numbers, _ -> connection.execute("select * from nothing_here")));
    }
  }

  @TulipTest
  void theServerKeepsNoMoreStatementsThanItIsTold() throws IOException {
    try (var connection = Servers.connect(SharedServer.options().withStatementCache(5))) {
      for (int i = 0; i < 30; i++) {
        assertEquals(i, value(Integer.class, connection, "select " + i));
      }
      var count = "select count(*) from pg_prepared_statements";
      assertTrue(value(Integer.class, connection, count) <= 6);
      var none = Servers.connect(SharedServer.options().withStatementCache(0));
      for (int i = 0; i < 3; i++) {
        assertEquals(0, value(Integer.class, none, count));
      }
      none.close();
    }
  }

  @TulipTest
  void aTableThatHasChangedIsReadAnew() throws IOException {
    for (int cache : new int[] {0, 100}) {
      try (var connection = Servers.connect(SharedServer.options().withStatementCache(cache))) {
        connection.executeScript(
            "drop table if exists changing; create table changing (a int4);"
                + "insert into changing values (1)");
        var all = "select * from changing";
        assertEquals(List.of("a"), rows(connection, all).getFirst().columns().names());
        connection.executeScript("alter table changing add b text default 'new'");
        assertEquals(List.of("a", "b"), rows(connection, all).getFirst().columns().names());
        connection.executeScript("alter table changing alter a type text");
        assertEquals("1", rows(connection, all).getFirst().get("a"));
        var twice = "insert into changing select * from changing where a = $1 returning *";
        var rows = List.<@Nullable Object[]>of(new Object[] {"2"}, new Object[] {"3"});
        assertEquals(0, connection.executeMany(twice, rows));
        connection.executeScript("alter table changing add c int4");
        try {
          connection.executeMany(twice, rows); // what was taken out of an iterator is gone
        } catch (SqlException.FeatureNotSupported e) {
          assertEquals(0, connection.executeMany(twice, rows));
        }
        connection.executeScript("deallocate all");
        assertEquals("new", rows(connection, all).getFirst().get("b"));
      }
    }
  }

  @TulipTest
  void whatIsCancelledIsCancelledAtTheServer() throws IOException {
    try (var connection = SharedServer.connect();
        var other = SharedServer.connect()) {
      for (int i = 0; i < 5; i++) {
        assertFalse(
            Tulip.moveOnAfter(ofMillis(20), () -> connection.execute("select pg_sleep(60)")));
        assertEquals(1, value(Integer.class, connection, "select 1"));
      }
      var active =
          "select count(*) from pg_stat_activity where query like '%pg_sleep(60)%' and state = 'active' and pid = $1";
      assertEquals(0, value(Integer.class, other, active, connection.processId()));
    }
  }

  @TulipTest
  void aCancelledTaskDoesNotStopTheStatementsOfOthers() throws IOException {
    try (var connection = SharedServer.connect();
        var group = TaskGroup.open()) {
      for (int i = 0; i < 20; i++) {
        var cut = group.start(() -> connection.execute("select pg_sleep(0.01)"));
        var whole =
            group.start(() -> value(Integer.class, connection, "select 7 from pg_sleep(0.01)"));
        Tulip.yield();
        Tulip.yield();
        cut.cancel("the test wants to see what follows");
        var behind =
            group.start(() -> value(Integer.class, connection, "select 8 from pg_sleep(0.01)"));
        assertEquals(7, whole.await());
        assertEquals(8, behind.await());
      }
    }
  }

  @TulipTest
  void allFieldsOfAnErrorAreTold() throws IOException {
    try (var connection = SharedServer.connect()) {
      connection.executeScript(
          "drop table if exists child, parent; create table parent (id int4 primary key);"
              + "create table child (id int4 constraint has_parent references parent)");
      var refusal =
          assertThrows(
              SqlException.ForeignKeyViolation.class,
              () -> connection.execute("insert into child values (7)"));
      assertEquals("has_parent", refusal.constraint());
      assertEquals("child", refusal.error().field(Field.TABLE));
      assertEquals("public", refusal.error().field(Field.SCHEMA));
      assertEquals("ERROR", refusal.error().field(Field.SEVERITY));
      assertNotNull(refusal.error().field(Field.DETAIL));
      assertNotNull(refusal.error().field(Field.ROUTINE));
      assertTrue(String.valueOf(refusal.getMessage()).contains("23503"), refusal.getMessage());
      var syntax =
          assertThrows(
              SqlException.SyntaxError.class, () -> connection.execute("select 1 frm child"));
      assertEquals("14", syntax.error().field(Field.POSITION));
      assertEquals(
          "allFieldsOfAnErrorAreTold",
          List.of(syntax.getStackTrace()).stream()
              .map(StackTraceElement::getMethodName)
              .filter("allFieldsOfAnErrorAreTold"::equals)
              .findFirst()
              .orElse("the stack of another task"));
    }
  }

  @TulipTest
  void noticesAreTold() throws IOException {
    var notices = new ArrayList<SqlError>();
    try (var connection = Servers.connect(SharedServer.options().withOnNotice(notices::add))) {
      connection.executeScript("do $$ begin raise warning 'careful'; end $$");
      assertEquals("careful", notices.getLast().message());
      assertEquals("WARNING", notices.getLast().field(Field.SEVERITY));
    }
  }

  @TulipTest
  void parametersOfTheServerAreKnown() throws IOException {
    var options = SharedServer.options().withSetting("application_name", "tulips");
    try (var connection = Servers.connect(options)) {
      assertEquals("UTF8", connection.parameter("client_encoding"));
      assertEquals("tulips", connection.parameter("application_name"));
      connection.executeScript("set application_name to 'roses'");
      assertEquals("roses", connection.parameter("application_name"));
      assertEquals(
          connection.processId(), value(Integer.class, connection, "select pg_backend_pid()"));
    }
  }

  @TulipTest
  void aPipelineIsAllOrNothing() throws IOException {
    try (var connection = SharedServer.connect()) {
      connection.executeScript("drop table if exists piped; create table piped (id int4 unique)");
      var results =
          connection.pipeline(all ->
              all.add("insert into piped values ($1), ($2)", 1, 2)
                  .add("select id from piped order by id")
                  .add("delete from piped where id = $1", 1));
      assertEquals(List.of(2L, 2L, 1L), results.stream().map(result -> result.affected()).toList());
      assertEquals(2, results.get(1).rows().size());
      assertThrows(
          SqlException.UniqueViolation.class,
          () ->
              connection.pipeline(all ->
                  all.add("insert into piped values ($1)", 5)
                      .add("insert into piped values ($1)", 2)
                      .add("insert into piped values ($1)", 6)));
      assertEquals(List.of(), connection.pipeline(_ -> {}));
      assertEquals(1, value(Integer.class, connection, "select count(*) from piped"));
    }
  }

  @TulipTest
  void aResultBeyondItsLimitIsRefusedAndHarmsNobody() throws IOException {
    var limits = PostgresLimits.DEFAULT.withResult(1 << 16).withMessage(1 << 16).withFetch(10);
    var options = SharedServer.options().withLimits(limits);
    try (var connection = Servers.connect(options)) {
      var many = "select repeat('x', 100) from generate_series(1, 5000)";
      var refusal = assertThrows(IllegalStateException.class, () -> connection.execute(many));
      assertTrue(
          String.valueOf(refusal.getMessage()).contains("use a stream"), refusal.getMessage());
      connection.begin(TransactionOptions.DEFAULT);
      var cursor = connection.openCursor(many);
      int count = 0;
      while (cursor.next() != null) {
        count++;
      }
      assertEquals(5_000, count);
      cursor.close();
      connection.commit();
      var large =
          assertThrows(IOException.class, () -> connection.execute("select repeat('x', 70000)"));
      assertTrue(
          String.valueOf(large.getMessage()).contains("where 4 to 65536 are allowed"),
          large.getMessage());
      assertFalse(connection.isOpen());
    }
  }

  @TulipTest
  void manyRowsThatAreGivenUpAreNotInserted() throws IOException {
    try (var connection = SharedServer.connect()) {
      connection.executeScript("drop table if exists given_up; create table given_up (t text)");
      var endless =
          (Iterable<@Nullable Object[]>)
              () ->
                  IntStream.iterate(0, i -> i + 1)
                      .mapToObj(i -> new Object[] {"x".repeat(1_000)})
                      .iterator();
      assertFalse(
          Tulip.moveOnAfter(
              ofMillis(100),
              () -> connection.executeMany("insert into given_up values ($1)", endless)));
      var slow = "insert into given_up select $1 from pg_sleep(30)";
      var rows = List.<@Nullable Object[]>of(new Object[] {"a"}, new Object[] {"b"});
      assertFalse(Tulip.moveOnAfter(ofMillis(50), () -> connection.executeMany(slow, rows)));
      assertEquals(0, value(Integer.class, connection, "select count(*) from given_up"));
    }
  }

  @TulipTest
  void whatAProgramChangesIsUndoneBeforeOthersGetTheConnection() throws IOException {
    var options = PoolOptions.DEFAULT.withSize(0, 1);
    try (var db = Database.open(SharedServer.server().url(), options)) {
      var first =
          db.connected(connection -> {
            connection.execute("set statement_timeout to '7s'");
            connection.execute("create temporary table mine (id int4)");
            connection.query("select pg_advisory_lock(4711)");
            connection.execute("listen news");
            return connection.unwrap(PostgresConnection.class).processId();
          });
      assertEquals(first, db.queryValue(Integer.class, "select pg_backend_pid()"));
      assertEquals("0", db.queryValue(String.class, "show statement_timeout"));
      assertThrows(SqlException.UndefinedTable.class, () -> db.query("select * from mine"));
      assertEquals(
          0,
          db.queryValue(
              Integer.class,
              "select count(*) from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()"));
      assertEquals(0, db.queryValue(Integer.class, "select count(*) from pg_listening_channels()"));
    }
  }

  @TulipTest
  void aTransactionThatWasLeftOpenIsRolledBackBeforeOthersGetTheConnection() throws IOException {
    var options = PoolOptions.DEFAULT.withSize(0, 1);
    try (var db = Database.open(SharedServer.server().url(), options)) {
      db.executeScript("drop table if exists left_open; create table left_open (id int4)");
      db.<Long, IOException>connected(connection -> {
        connection.execute("begin");
        return connection.execute("insert into left_open values (1)");
      });
      assertEquals(0, db.queryValue(Integer.class, "select count(*) from left_open"));
      assertEquals(1, db.statistics().opened());
    }
  }

  @TulipTest
  void manyTasksShareTheConnectionsOfADatabase() throws IOException {
    var options =
        DatabaseOptions.DEFAULT.withPool(PoolOptions.DEFAULT.withSize(0, 2)).withSharing(50);
    try (var db = Database.open(SharedServer.server().url(), options)) {
      var numbers = IntStream.range(0, 100).boxed().toList();
      for (int round = 0; round < 5; round++) {
        var found = Tulip.gather(numbers, n -> db.queryValue(Integer.class, "select $1::int4", n));
        assertEquals(numbers, found);
        var cut = "select pg_sleep(10)";
        assertFalse(Tulip.moveOnAfter(ofMillis(5), () -> db.query(cut)));
      }
      assertTrue(db.statistics().opened() <= 2);
    }
  }

  @TulipTest
  void deadlocksAndConflictsAreTold() throws IOException {
    try (var db = Database.open(SharedServer.server().url())) {
      db.executeScript(
          "drop table if exists pair; create table pair (id int4 primary key, n int4);"
              + "insert into pair values (1, 0), (2, 0)");
      var update = "update pair set n = n + 1 where id = $1";
      var failures = new ArrayList<SqlException>();
      try (var group = TaskGroup.open()) {
        for (int i = 1; i <= 2; i++) {
          int first = i;
          group.start(() -> {
            try {
              db.transaction(tx -> {
                tx.execute(update, first);
                tx.query("select pg_sleep(0.1)");
                tx.execute(update, 3 - first);
              });
            } catch (SqlException.DeadlockDetected e) {
              failures.add(e);
            }
          });
        }
        group.join();
      }
      assertEquals(1, failures.size());
      assertEquals(1, db.queryValue(Integer.class, "select n from pair where id = 1"));
    }
  }

  @TulipTest
  void aConnectionThatWasClosedRefusesToBeUsed() throws IOException {
    var connection = SharedServer.connect();
    connection.close();
    connection.close();
    assertFalse(connection.isOpen());
    assertThrows(IOException.class, () -> connection.execute("select 1"));
    assertThrows(IOException.class, connection::awaitLost);
  }

  private static final String MANY = "select n from generate_series(1, 3500) n";

  @TulipTest
  void theNextRowsOfAStreamAreOnTheirWayWhileSomeAreLeft() throws IOException {
    try (var connection = SharedServer.connect()) {
      connection.begin(TransactionOptions.DEFAULT);
      var cursor = connection.openCursor(MANY);
      int fetch = connection.options().limits().fetch();
      for (int i = 0; i < fetch / 2; i++) {
        cursor.next();
      }
      assertEquals(0, connection.pending());
      cursor.next();
      assertEquals(1, connection.pending());
      cursor.close();
      assertEquals(0, connection.pending());
      connection.commit();
    }
  }

  @TulipTest
  void whoeverIsCancelledInAStreamMissesNoRows() throws IOException {
    try (var connection = SharedServer.connect()) {
      for (int micros = 1; micros < 400; micros += 40) {
        var limit = Duration.ofNanos(1_000L * micros);
        connection.begin(TransactionOptions.DEFAULT);
        var cursor = connection.openCursor(MANY);
        var seen = new ArrayList<Object>();
        try {
          while (seen.size() < 3_500) {
            Tulip.moveOnAfter(limit, () -> take(cursor, seen));
          }
        } catch (SqlException.QueryCanceled e) {
          assertTrue(seen.size() < 3_500); // the server was asked to stop
        }
        assertEquals(IntStream.rangeClosed(1, seen.size()).boxed().toList(), seen);
        connection.rollback();
      }
    }
  }

  private static void take(Cursor cursor, List<Object> seen) throws IOException {
    while (seen.size() < 3_500) {
      var row = cursor.next();
      seen.add(row == null ? "the end" : row.get(0, Integer.class));
    }
  }
}
