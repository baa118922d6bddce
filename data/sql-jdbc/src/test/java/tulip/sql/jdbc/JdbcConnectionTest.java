// SPDX-License-Identifier: Apache-2.0
package tulip.sql.jdbc;

import static java.time.Duration.ofMillis;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tulip.core.Tulip;
import tulip.core.sync.Barrier;
import tulip.pool.ConnectionLostException;
import tulip.pool.PoolOptions;
import tulip.sql.Database;
import tulip.sql.Isolation;
import tulip.sql.Json;
import tulip.sql.SqlConnection;
import tulip.sql.SqlException;
import tulip.sql.Transaction;
import tulip.sql.TransactionOptions;
import tulip.testing.TulipTest;

/// What the contract leaves open, on H2.
@TulipTest
class JdbcConnectionTest {
  private static final String URL = H2.url("connections");

  private static Database open(JdbcOptions options) {
    return Database.open(new JdbcConnector(options), PoolOptions.DEFAULT);
  }

  private static JdbcConnection jdbc(SqlConnection connection) {
    return connection.unwrap(JdbcConnection.class);
  }

  @TulipTest
  void keysThatTheDatabaseHasMadeAreRowsOnRequest() throws IOException {
    try (var db = open(JdbcOptions.of(URL).withGeneratedKeys(true))) {
      db.execute("create table keyed (id bigint generated always as identity, name varchar)");
      var insert = "insert into keyed (name) values ($1)";
      assertEquals(1, db.queryValue(Long.class, insert, "Ada"));
      assertEquals(2, db.queryOne(insert, "Bob").get("id", Long.class));
      assertEquals(1, db.execute(insert, "Eve"));
      assertEquals(3, db.query("select * from keyed").size());
      db.execute("drop table keyed");
    }
  }

  @TulipTest
  void aResultThatIsTooLargeIsForAStream() throws IOException {
    var numbers = "select *, 'text' from system_range(1, 1000)";
    try (var db = open(JdbcOptions.of(URL).withResult(5_000).withFetch(7))) {
      var refusal = assertThrows(IllegalStateException.class, () -> db.query(numbers));
      assertTrue(String.valueOf(refusal.getMessage()).contains("5000 bytes"));
      int count = 0;
      try (var rows = db.stream(numbers)) {
        for (var _ : rows) {
          count++;
        }
      }
      assertEquals(1_000, count);
    }
  }

  @TulipTest
  void arraysAreLists() throws IOException {
    try (var db = Database.open(URL)) {
      var id = new UUID(1, 2);
      var row =
          db.queryOne(
              "select cast($1 as integer array) a, cast($2 as varchar array) b, cast($3 as uuid) c",
              List.of(1, 2),
              new String[] {"x", null},
              id);
      assertEquals(List.of(1, 2), row.getList("a", Integer.class));
      assertEquals(Arrays.asList("x", null), row.get("b"));
      assertEquals(id, row.get("c"));
      assertThrows(IllegalArgumentException.class, () -> db.query("select $1", List.of(this)));
    }
  }

  @TulipTest
  void jsonIsNoText() throws IOException {
    try (var db = Database.open(URL)) {
      for (var json :
          List.of(new Json("null"), new Json("{\"a\":[1,\"ü\",{}]}"), new Json("\"\""))) {
        assertEquals(json, db.queryOne("select cast($1 as json)", json).get(0));
      }
    }
  }

  @TulipTest
  void theUsualIsolationComesBackAfterATransaction() throws IOException {
    var serializable = TransactionOptions.DEFAULT.withIsolation(Isolation.SERIALIZABLE);
    try (var connection = SqlConnection.connect(URL)) {
      int usual = jdbc(connection).use(Connection::getTransactionIsolation);
      connection.transaction(
          serializable,
          _ ->
              assertEquals(
                  Connection.TRANSACTION_SERIALIZABLE,
                  jdbc(connection).use(Connection::getTransactionIsolation)));
      assertEquals(usual, jdbc(connection).use(Connection::getTransactionIsolation));
    }
  }

  /// A transaction that a program begins by itself is none of the driver's.
  @TulipTest
  void transactionsByHandAreSeen() throws IOException {
    try (var connection = SqlConnection.connect(URL)) {
      connection.execute("begin");
      assertTrue(jdbc(connection).isInTransaction());
      assertThrows(IllegalStateException.class, () -> connection.transaction(_ -> {}));
      connection.execute("commit");
      connection.transaction(_ -> {});
    }
  }

  /// What is left of it must not be committed alone.
  @TulipTest(clock = TulipTest.Clock.REAL)
  void aTransactionThatADeadlockHasEndedIsNotGoneOnWith() throws Exception {
    try (var db = Database.open(URL)) {
      db.execute("create table locked (id integer primary key, n integer)");
      db.executeMany("insert into locked values ($1, 0)", List.of(List.of(1), List.of(2)));
      var both = new Barrier(2);
      var undone =
          Tulip.gather(
              List.of(1, 2),
              id -> {
                try {
                  db.transaction(tx -> lockBoth(tx, both, id));
                  return false;
                } catch (SqlException.TransactionRollback e) {
                  return true;
                }
              });
      assertEquals(1, undone.stream().filter(it -> it).count());
      assertEquals(List.of(1, 1), db.queryValues(Integer.class, "select n from locked"));
      db.execute("drop table locked");
    }
  }

  /// Goes on after a deadlock, as a program should not.
  private static void lockBoth(Transaction tx, Barrier both, int first) throws Exception {
    var add = "update locked set n = n + 1 where id = $1";
    tx.execute(add, first);
    both.await();
    try {
      tx.execute(add, 3 - first);
    } catch (SqlException.SerializationFailure e) {
      assertThrows(SqlException.InvalidTransactionState.class, () -> tx.execute(add, first));
    }
  }

  @TulipTest
  void aConnectionThatWasLentWholeIsNotLentAgain() throws IOException {
    try (var db = Database.open(URL)) {
      db.connected(connection -> connection.execute("set @secret = 7"));
      assertEquals(2, db.queryValue(Integer.class, "select coalesce(@secret, 2)"));
      assertEquals(2, db.statistics().opened());
    }
  }

  @TulipTest
  void aCancelledBatchIsUndone() throws IOException {
    try (var connection = SqlConnection.connect(URL)) {
      connection.execute("create table batched (id bigint)");
      var rows = IntStream.iterate(1, i -> i + 1).mapToObj(List::of).limit(100_000);
      var cancelled =
          Tulip.createTask(() -> {
            connection.executeMany("insert into batched values ($1)", rows.toList());
            return null;
          });
      Tulip.yield();
      Tulip.yield();
      cancelled.cancel("the test wants to see what follows");
      cancelled.awaitDone();
      assertFalse(jdbc(connection).isInTransaction());
      assertEquals(0, connection.queryValue(Long.class, "select count(*) from batched"));
      connection.execute("drop table batched");
    }
  }

  @TulipTest
  void aDriverThatIsNotThereIsMissed() {
    try (var db = Database.open("jdbc:nothing://host/db?password=secret")) {
      var failure = assertThrows(IOException.class, () -> db.query("select 1"));
      assertInstanceOf(SqlException.class, failure.getCause());
      assertFalse(String.valueOf(db).contains("secret"));
    }
  }

  @TulipTest
  void aLostConnectionIsReplaced() throws IOException {
    try (var db = Database.open(URL)) {
      assertThrows(
          ConnectionLostException.class,
          () ->
              db.connected(connection -> {
                jdbc(connection)
                    .use(raw -> {
                      raw.close();
                      return true;
                    });
                return connection.query("select 1");
              }));
      assertEquals(1, db.queryValue(Integer.class, "select 1"));
    }
  }

  @TulipTest
  void whatAnEndedConnectionIsAskedForIsNotExecuted() throws IOException {
    try (var connection = SqlConnection.connect(URL)) {
      jdbc(connection).abort();
      jdbc(connection).abort();
      var lost = assertThrows(ConnectionLostException.class, () -> connection.query("select 1"));
      assertFalse(lost.mayHaveBeenExecuted());
    }
  }

  @TulipTest(clock = TulipTest.Clock.REAL)
  void whoWaitsIsToldThatTheConnectionWasEnded() throws IOException {
    try (var connection = SqlConnection.connect(URL)) {
      var waiting = Tulip.createTask(() -> connection.query(H2.SLOW));
      Tulip.sleep(ofMillis(20));
      jdbc(connection).abort();
      waiting.awaitDone();
      var lost = assertInstanceOf(ConnectionLostException.class, waiting.exception());
      assertTrue(lost.mayHaveBeenExecuted());
    }
  }

  /// A connection that comes when nobody wants it any more is closed.
  @TulipTest(clock = TulipTest.Clock.REAL)
  void aCancelledConnectLeavesNothingOpen() throws Exception {
    var opened = new LinkedBlockingQueue<Connection>();
    var go = new CountDownLatch(1);
    var options =
        JdbcOptions.of(
            "slow",
            () -> {
              awaitQuietly(go);
              var connection = DriverManager.getConnection(URL);
              opened.add(connection);
              return connection;
            });
    assertFalse(Tulip.moveOnAfter(ofMillis(20), () -> new JdbcConnector(options).connect()));
    go.countDown();
    var connection = Tulip.blocking(opened::take);
    while (!connection.isClosed()) {
      Tulip.yield();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) throws SQLException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new SQLException(e);
    }
  }

  @TulipTest(clock = TulipTest.Clock.REAL)
  void aDriverThatHangsInItsFarewellIsCutOff() throws IOException {
    var freed = new CountDownLatch(1);
    var options =
        JdbcOptions.of("hanging", () -> hanging(freed))
            .withDialect(new StandardDialect(SqlSyntax.STANDARD));
    var connection = new JdbcConnector(options).connect();
    assertFalse(Tulip.moveOnAfter(ofMillis(20), connection::close));
    connection.abort();
    assertThrows(ConnectionLostException.class, () -> connection.execute("select 1"));
  }

  /// A connection that closes when it is told to abort.
  private static Connection hanging(CountDownLatch freed) {
    return (Connection)
        Proxy.newProxyInstance(
            JdbcConnectionTest.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (_, method, _) -> {
              switch (method.getName()) {
                case "close" -> awaitQuietly(freed);
                case "abort" -> freed.countDown();
                default -> {}
              }
              return null;
            });
  }

  @Test
  void urlsAreShownWithoutWhatMayBeSecret() {
    assertEquals(
        "jdbc:mariadb://host/db", JdbcOptions.of("jdbc:mariadb://u:p@host/db?x=1").toString());
    assertEquals("jdbc:h2:mem:a", JdbcOptions.of("jdbc:h2:mem:a;PASSWORD=b").toString());
    assertThrows(IllegalArgumentException.class, () -> JdbcOptions.of("postgresql://host"));
  }
}
