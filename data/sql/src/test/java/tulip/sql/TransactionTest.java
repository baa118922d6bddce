// SPDX-License-Identifier: Apache-2.0
package tulip.sql;

import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tulip.core.EventLoop;
import tulip.core.LoopOptions.Engine;
import tulip.core.Tulip;
import tulip.pool.PoolOptions;
import tulip.sql.spi.DriverConnection;
import tulip.testing.TulipTest;

/// How transactions begin and end, whatever happens, by what the connection is asked for.
@TulipTest(engine = {Engine.CARRIER, Engine.BATON})
class TransactionTest {
  private static final PoolOptions ONE = PoolOptions.DEFAULT.withSize(0, 1);

  /// What a test does.
  private interface Block {
    void run(Database db) throws Exception;
  }

  /// @return what the connection was asked for
  private static List<String> log(Function<String, @Nullable Exception> answer, Block block)
      throws Exception {
    var connection = new FakeConnection(answer);
    try (var db = Database.open(connection.connector(), ONE)) {
      block.run(db);
      while (db.statistics().inUse() > 0) {
        Tulip.sleep(ofSeconds(1));
      }
      return List.copyOf(connection.log);
    }
  }

  private static Function<String, @Nullable Exception> failing(String step, Exception failure) {
    return what -> what.equals(step) ? failure : null;
  }

  @TulipTest
  void aBlockThatReturnsIsCommitted() throws Exception {
    var log = log(_ -> null, db -> db.transaction(tx -> tx.execute("one")));
    assertEquals(List.of("begin", "one", "commit"), log);
  }

  @TulipTest
  void aBlockThatThrowsIsRolledBack() throws Exception {
    var failure = new IOException("no");
    var log =
        log(
            failing("one", failure),
            db ->
                assertSame(
                    failure,
                    assertThrows(
                        IOException.class, () -> db.transaction(tx -> tx.execute("one")))));
    assertEquals(List.of("begin", "one", "rollback"), log);
  }

  @TulipTest
  void aNestedBlockIsASavepoint() throws Exception {
    var failure = new IOException("no");
    var log =
        log(
            failing("two", failure),
            db ->
                db.transaction(tx -> {
                  tx.transaction(inner -> inner.execute("one"));
                  assertThrows(
                      IOException.class, () -> tx.transaction(inner -> inner.execute("two")));
                }));
    assertEquals(
        List.of(
            "begin",
            "savepoint tulip_1",
            "one",
            "release savepoint tulip_1",
            "savepoint tulip_1",
            "two",
            "rollback to savepoint tulip_1; release savepoint tulip_1",
            "commit"),
        log);
  }

  @TulipTest
  void aNestedBlockIsOfTheSameKind() throws Exception {
    var other = TransactionOptions.DEFAULT.withReadOnly(true);
    log(
        _ -> null,
        db ->
            db.transaction(tx ->
                assertThrows(
                    IllegalArgumentException.class, () -> tx.transaction(other, _ -> {}))));
  }

  @TulipTest
  void whatCannotBeRolledBackIsEnded() throws Exception {
    var log =
        log(
            failing("rollback", new IOException("gone")),
            db -> {
              var failure =
                  assertThrows(
                      IllegalStateException.class,
                      () ->
                          db.transaction(_ -> {
                            throw new IllegalStateException("no");
                          }));
              assertEquals("gone", failure.getSuppressed()[0].getMessage());
            });
    assertEquals(List.of("begin", "rollback", "abort", "reset"), log);
  }

  @TulipTest
  void aCommitThatFailsIsRolledBack() throws Exception {
    var conflict = SqlException.of(new SqlError("40001", "conflict"));
    var log =
        log(
            failing("commit", conflict),
            db ->
                assertThrows(
                    SqlException.SerializationFailure.class,
                    () -> db.transaction(tx -> tx.execute("one"))));
    assertEquals(List.of("begin", "one", "commit", "rollback"), log);
  }

  @TulipTest
  void aBeginThatFailsIsRolledBack() throws Exception {
    var log =
        log(
            failing("begin", new IllegalArgumentException("no such kind")),
            db -> assertThrows(IllegalArgumentException.class, () -> db.transaction(_ -> {})));
    assertEquals(List.of("begin", "rollback"), log);
  }

  /// The pool makes the connection fit for others, and the task goes on at its deadline.
  @TulipTest
  void whoeverIsCancelledDoesNotWait() throws Exception {
    var log =
        log(
            _ -> null,
            db -> {
              long begin = EventLoop.current().time();
              assertFalse(
                  Tulip.moveOnAfter(ofSeconds(3), () -> db.transaction(tx -> tx.execute("hang"))));
              assertEquals(begin + 3_000_000_000L, EventLoop.current().time());
            });
    assertEquals(List.of("begin", "hang", "reset"), log);
  }

  @TulipTest
  void aNestedBlockThatIsCancelledIsUndoneForTheOuterOne() throws Exception {
    var log =
        log(
            _ -> null,
            db ->
                db.transaction(tx -> {
                  assertFalse(
                      Tulip.moveOnAfter(
                          ofSeconds(3), () -> tx.transaction(inner -> inner.execute("hang"))));
                  tx.execute("one");
                }));
    assertEquals(
        List.of(
            "begin",
            "savepoint tulip_1",
            "hang",
            "rollback to savepoint tulip_1; release savepoint tulip_1",
            "one",
            "commit"),
        log);
  }

  @TulipTest
  void aStreamHasATransactionOfItsOwn() throws Exception {
    var log =
        log(
            _ -> null,
            db -> {
              try (var rows = db.stream("next")) {
                rows.next();
              }
            });
    assertEquals(List.of("begin", "open", "next", "close", "commit"), log);
  }

  @TulipTest
  void aStreamThatFailsIsRolledBack() throws Exception {
    var log =
        log(
            failing("next", new IOException("no")),
            db -> {
              try (var rows = db.stream("next")) {
                assertThrows(IOException.class, rows::next);
              }
            });
    assertEquals(List.of("begin", "open", "next", "rollback"), log);
  }

  @TulipTest
  void aStreamOfSomebodyWhoIsCancelledIsLeftToThePool() throws Exception {
    var log =
        log(
            _ -> null,
            db ->
                assertFalse(
                    Tulip.moveOnAfter(
                        ofSeconds(1),
                        () -> {
                          try (var rows = db.stream("hang")) {
                            rows.next();
                          }
                        })));
    assertEquals(List.of("begin", "open", "hang", "reset"), log);
  }

  @TulipTest
  void aConnectionInAProgramsHandsIsMarked() throws Exception {
    var log =
        log(
            _ -> null,
            db -> {
              var kept = db.connected(connection -> connection);
              assertThrows(IllegalStateException.class, () -> kept.execute("one"));
              db.<Long, IOException>connected(connection -> {
                assertThrows(IllegalArgumentException.class, () -> connection.unwrap(Other.class));
                return connection.unwrap(FakeConnection.class).executeMany("many", List.of());
              });
            });
    assertEquals(List.of("changed", "changed", "many"), log);
  }

  /// Another driver's connection.
  private abstract static class Other implements DriverConnection {}

  @TulipTest
  void aUrlWithoutADriverIsRefused() {
    var refusal =
        assertThrows(IllegalArgumentException.class, () -> Database.open("nosuch://host/db"));
    assertTrue(String.valueOf(refusal.getMessage()).contains("'nosuch:'"), refusal.getMessage());
  }
}
