// SPDX-License-Identifier: Apache-2.0
package tulip.sqlite;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import tulip.bytes.Bytes;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.core.sync.Event;
import tulip.pool.PoolOptions;
import tulip.sql.Database;
import tulip.sql.SqlConnection;
import tulip.sql.SqlError.Field;
import tulip.sql.SqlException;
import tulip.sql.TransactionOptions;
import tulip.testing.TulipTest;
import tulip.testing.TulipTest.Clock;

/// What only SQLite does.
@TulipTest
class SqliteTest {
  private static final String COUNT = "select count(*) from item";

  @TempDir Path folder;
  private String url = "";

  @BeforeEach
  void name() {
    url = "sqlite:" + folder.resolve("test.db");
  }

  private Database openWithItems() throws IOException {
    var db = Database.open(url);
    db.execute("create table if not exists item (id integer primary key, name text unique)");
    return db;
  }

  private static long count(Database db) throws IOException {
    return db.queryValue(Long.class, COUNT);
  }

  @TulipTest
  void connectionsAreSetUp() throws IOException {
    try (var db = Database.open(url + "?cache_size=-1234")) {
      assertEquals("wal", db.queryValue(String.class, "pragma journal_mode"));
      assertEquals(1, db.queryValue(Integer.class, "pragma foreign_keys"));
      assertEquals(5_000, db.queryValue(Integer.class, "pragma busy_timeout"));
      assertEquals(-1234, db.queryValue(Integer.class, "pragma cache_size"));
    }
  }

  @TulipTest
  void aFileStaysAndATemporaryDatabaseGoes() throws IOException {
    try (var db = openWithItems()) {
      db.execute("insert into item values (1, 'one')");
    }
    try (var db = openWithItems()) {
      assertEquals(1, count(db));
    }
    Path file;
    try (var db = Database.open("sqlite::memory:")) {
      db.execute("create table item (id)");
      file = Path.of(db.queryValue(String.class, "select file from pragma_database_list"));
      assertTrue(Files.exists(file));
    }
    assertFalse(Files.exists(file.getParent()));
    try (var connection = SqlConnection.connect("sqlite::memory:")) {
      file = Path.of(connection.queryValue(String.class, "select file from pragma_database_list"));
    }
    assertFalse(Files.exists(file.getParent()));
  }

  @TulipTest
  void aDatabaseThatIsOnlyReadIsNotMade() throws IOException {
    try (var db = Database.open(url + "?mode=ro")) {
      assertThrows(IOException.class, () -> db.query("select 1"));
    }
    openWithItems().close();
    try (var db = Database.open(url + "?mode=ro")) {
      assertEquals(0, count(db));
      var refusal =
          assertThrows(
              SqlException.InvalidTransactionState.class,
              () -> db.execute("insert into item values (1, 'one')"));
      assertEquals("25006", refusal.sqlState());
    }
  }

  @TulipTest
  void aFileThatIsNoDatabaseIsRefused() throws IOException {
    Files.writeString(folder.resolve("test.db"), "This is a text, not a database.".repeat(99));
    try (var db = Database.open(url)) {
      var failure = assertThrows(IOException.class, () -> db.query("select 1"));
      var cause = assertInstanceOf(SqlException.class, failure.getCause());
      assertTrue(String.valueOf(cause.getMessage()).contains("not a database"));
    }
  }

  // Who writes.

  /// Readers see what was there, and wait for nobody.
  @TulipTest
  void readersDoNotWaitForTheWriter() throws Exception {
    try (var db = openWithItems()) {
      db.transaction(tx -> {
        tx.execute("insert into item values (1, 'one')");
        Tulip.timeout(
            ofSeconds(1),
            () -> {
              try (var rows = db.stream("select * from item")) {
                assertEquals(0, count(db));
                assertEquals(null, rows.next());
              }
              var reading = TransactionOptions.DEFAULT.withReadOnly(true);
              db.transaction(
                  reading,
                  reader -> assertEquals(0, reader.query(COUNT).getFirst().get(0, Long.class)));
            });
      });
      assertEquals(1, count(db));
    }
  }

  @TulipTest
  void writersStandInLine() throws Exception {
    try (var db = openWithItems()) {
      var first = new Event();
      try (var group = TaskGroup.open()) {
        group.start(() ->
            db.transaction(tx -> {
              first.set();
              Tulip.sleep(ofSeconds(1));
              tx.execute("insert into item values (1, 'one')");
            }));
        first.await();
        for (int i = 2; i < 9; i++) {
          int id = i;
          group.start(() -> db.execute("insert into item values ($1, $1)", id));
        }
        group.join();
      }
      assertEquals(
          List.of(1, 2, 3, 4, 5, 6, 7, 8),
          db.queryValues(Integer.class, "select id from item order by rowid"));
    }
  }

  @TulipTest
  void whoWaitsForTooLongIsToldForWhom() throws Exception {
    url += "?busy_timeout=50";
    try (var db = openWithItems();
        var group = TaskGroup.open()) {
      var writing = new Event();
      var holder =
          group.start(
              "the slow one",
              () ->
                  db.transaction(_ -> {
                    writing.set();
                    Tulip.sleepForever();
                  }));
      writing.await();
      var refusal =
          assertThrows(
              SqlException.ObjectNotInPrerequisiteState.class,
              () -> db.execute("insert into item values (1, 'one')"));
      assertTrue(String.valueOf(refusal.getMessage()).contains("the slow one"));
      holder.cancel("the test is over");
      holder.awaitDone();
      db.execute("insert into item values (1, 'one')");
    }
  }

  @TulipTest
  void aTaskDoesNotWaitForItself() throws IOException {
    try (var db = openWithItems()) {
      db.transaction(_ ->
          assertThrows(
              IllegalStateException.class, () -> db.execute("insert into item values (1, 'one')")));
      assertEquals(1, db.execute("insert into item values (1, 'one')"));
    }
  }

  /// Another program has a line of its own.
  @TulipTest
  void anotherProgramsLockIsWaitedForInTheDatabase() throws Exception {
    url += "?busy_timeout=50";
    try (var db = openWithItems();
        var other = SqlConnection.connect(url)) {
      other.execute("begin immediate");
      assertThrows(
          SqlException.ObjectNotInPrerequisiteState.class,
          () -> db.transaction(tx -> tx.execute("insert into item values (1, 'one')")));
      other.execute("commit");
      db.transaction(tx -> tx.execute("insert into item values (1, 'one')"));
    }
  }

  @TulipTest(clock = Clock.REAL)
  void aTransactionThatAnInterruptHasEndedIsNotGoneOnWith() throws Exception {
    try (var db = openWithItems()) {
      assertThrows(
          SqlException.TransactionRollback.class,
          () ->
              db.transaction(tx -> {
                tx.execute("insert into item values (1, 'one')");
                var slow = "insert into item select null, (" + SqliteContractTest.SLOW + ")";
                assertFalse(Tulip.moveOnAfter(ofMillis(50), () -> tx.execute(slow)));
                assertThrows(
                    SqlException.InvalidTransactionState.class,
                    () -> tx.execute("insert into item values (2, 'two')"));
              }));
      assertEquals(0, count(db));
      assertEquals(1, db.execute("insert into item values (3, 'three')"));
    }
  }

  // What statements say and values are.

  @TulipTest
  void refusalsSayWhatTheyAreAbout() throws IOException {
    try (var db = openWithItems()) {
      db.execute("insert into item values (1, 'one')");
      var twice =
          assertThrows(
              SqlException.UniqueViolation.class,
              () -> db.execute("insert into item values (2, 'one')"));
      assertEquals("item", twice.error().field(Field.TABLE));
      assertEquals("name", twice.error().field(Field.COLUMN));
      assertEquals(
          "42883", assertThrows(SqlException.class, () -> db.query("select f()")).sqlState());
      assertEquals(
          "42P07",
          assertThrows(SqlException.class, () -> db.execute("create table item (id)")).sqlState());
    }
  }

  @TulipTest
  void rowsMayBeReturnedByChanges() throws IOException {
    try (var db = openWithItems()) {
      var insert = "insert into item (name) values ($1) returning id";
      assertEquals(1, db.queryValue(Long.class, insert, "one"));
      assertEquals(2, db.queryValue(Long.class, insert, "two"));
      try (var rows = db.stream("delete from item returning name")) {
        assertEquals("one", rows.iterator().next().get("name"));
      }
      assertEquals(0, count(db));
    }
  }

  @TulipTest
  void scriptsMayMakeTriggers() throws IOException {
    try (var db = openWithItems()) {
      db.executeScript(
          "create table log (what); create trigger logs after insert on item begin"
              + " insert into log values (new.name); insert into log values ('and more'); end;");
      db.execute("insert into item values (1, 'one')");
      assertEquals(2, db.queryValue(Long.class, "select count(*) from log"));
    }
  }

  @TulipTest
  void decimalsAreExactOrTexts() throws IOException {
    try (var db = Database.open(url)) {
      for (var text : List.of("7", "0.1", "-123456.789", "9223372036854775807")) {
        var decimal = new BigDecimal(text);
        assertEquals(0, decimal.compareTo(db.queryValue(BigDecimal.class, "select $1", decimal)));
      }
      var large = new BigDecimal("12345678901234567890.0123456789");
      assertEquals(large.toPlainString(), db.queryValue(String.class, "select $1", large));
    }
  }

  @TulipTest
  void whatIsNotAsDeclaredIsReadAsItIs() throws IOException {
    try (var db = Database.open(url)) {
      db.execute("create table odd (d date, b boolean, u uuid, t timestamp with time zone)");
      db.execute("insert into odd values ('soon', 7, 'x', current_timestamp), (1.5, x'00', 2, 3)");
      var rows = db.query("select * from odd");
      assertEquals("soon", rows.get(0).get("d"));
      assertEquals(7L, rows.get(0).get("b"));
      assertEquals("x", rows.get(0).get("u"));
      assertInstanceOf(Instant.class, rows.get(0).get("t"));
      assertEquals(1.5, rows.get(1).get("d"));
      assertEquals(Bytes.ofHex("00"), rows.get(1).get("b"));
    }
  }

  /// And SQLite's own functions understand them.
  @TulipTest
  void pointsInTimeSortAsTheirTexts() throws IOException {
    try (var db = Database.open(url)) {
      var early = Instant.parse("2026-01-02T03:04:05Z");
      var later = early.plusMillis(500);
      assertTrue(db.queryValue(Boolean.class, "select $1 < $2", early, later));
      assertEquals(
          LocalDateTime.of(2026, 1, 3, 3, 4, 5),
          db.queryValue(LocalDateTime.class, "select datetime($1, '+1 day')", early));
    }
  }

  // What else there is.

  @TulipTest
  void functionsMayBeWrittenInJava() throws IOException {
    var options =
        SqliteOptions.MEMORY
            .withFunction(
                "reversed",
                it -> new StringBuilder(String.valueOf(it.getFirst())).reverse().toString())
            .withFunction("same", List::getFirst)
            .withFunction(
                "fails",
                _ -> {
                  throw new IOException("not today");
                });
    try (var connector = new SqliteConnector(options);
        var db = Database.open(connector, PoolOptions.DEFAULT)) {
      assertEquals("pilut", db.queryValue(String.class, "select reversed('tulip')"));
      for (var value : List.of(7L, 1.5, "x", Bytes.ofHex("00ff"))) {
        assertEquals(value, db.query("select same($1)", value).getFirst().get(0));
      }
      assertEquals(null, db.query("select same(null)").getFirst().get(0));
      var refusal = assertThrows(SqlException.class, () -> db.query("select fails()"));
      assertTrue(String.valueOf(refusal.getMessage()).contains("not today"));
    }
  }

  @TulipTest
  void aBackupIsADatabase() throws IOException {
    var target = folder.resolve("backup.db");
    try (var db = openWithItems()) {
      db.execute("insert into item values (1, 'one')");
      db.connected(connection -> {
        connection.unwrap(SqliteConnection.class).backup(target);
        assertThrows(
            SqlException.class, () -> connection.unwrap(SqliteConnection.class).backup(target));
        return true;
      });
      db.execute("insert into item values (2, 'two')");
    }
    try (var db = Database.open("sqlite:" + target)) {
      assertEquals(1, count(db));
    }
  }

  @TulipTest
  void whatAProgramSetsIsNotTheNextOnes() throws IOException {
    try (var db = openWithItems()) {
      db.connected(connection -> connection.executeMany("pragma cache_size = 7", List.of()));
      db.connected(connection -> {
        connection.executeScript("pragma cache_size = 7; create temp table t (id)");
        return true;
      });
      assertNotEquals(7, db.queryValue(Integer.class, "pragma cache_size"));
      assertThrows(SqlException.UndefinedTable.class, () -> db.query("select * from t"));
    }
  }

  @TulipTest
  void theDriversOwnConnectionIsAtHand() throws IOException {
    try (var connection = SqlConnection.connect(url)) {
      var name =
          connection
              .unwrap(SqliteConnection.class)
              .use(jdbc -> jdbc.getMetaData().getDatabaseProductName());
      assertEquals("SQLite", name);
    }
  }
}
