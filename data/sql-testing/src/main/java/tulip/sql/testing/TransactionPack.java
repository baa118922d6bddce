// SPDX-License-Identifier: Apache-2.0
package tulip.sql.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tulip.core.TaskGroup;
import tulip.core.sync.Event;
import tulip.sql.Isolation;
import tulip.sql.SqlException;
import tulip.sql.Transaction;
import tulip.sql.TransactionOptions;

/// Transactions and savepoints.
abstract class TransactionPack extends ValuePack {
  private static final String INSERT = "insert into tulip_person values ($1, $2, $3)";

  private static final class Surprise extends Exception {
    private static final long serialVersionUID = 1;
  }

  @Test
  void whatReturnsIsCommitted() throws Exception {
    withPeople(db -> {
      db.transaction(tx -> {
        tx.execute(INSERT, 3, "Eve", 1);
        tx.execute("update tulip_person set age = 2 where id = 3");
      });
      long age =
          db.inTransaction(
              tx -> tx.queryValue(Long.class, "select age from tulip_person where id = 3"));
      assertEquals(2, age);
    });
  }

  @Test
  void whatThrowsIsUndone() throws Exception {
    withPeople(db -> {
      assertThrows(
          Surprise.class,
          () ->
              db.transaction(tx -> {
                tx.execute(INSERT, 3, "Eve", 1);
                assertEquals(3, tx.query("select * from tulip_person").size());
                throw new Surprise();
              }));
      assertEquals(List.of("Ada", "Bob"), names(db));
    });
  }

  @Test
  void othersSeeNothingBeforeTheCommit() throws Exception {
    withPeople(db -> {
      db.transaction(tx -> {
        tx.execute("update tulip_person set age = 99 where id = 1");
        assertEquals(36, db.queryValue(Integer.class, "select age from tulip_person where id = 1"));
      });
      assertEquals(99, db.queryValue(Integer.class, "select age from tulip_person where id = 1"));
    });
  }

  @Test
  void aNestedBlockIsUndoneAlone() throws Exception {
    withPeople(db -> {
      db.transaction(tx -> {
        tx.execute(INSERT, 3, "Eve", 1);
        assertThrows(
            SqlException.UniqueViolation.class,
            () ->
                tx.transaction(inner -> {
                  inner.execute(INSERT, 4, "Max", 1);
                  inner.execute(INSERT, 1, "Ada", 1);
                }));
        tx.transaction(inner -> {
          inner.execute(INSERT, 5, "Zoe", 1);
          assertThrows(
              Surprise.class,
              () ->
                  inner.transaction(innermost -> {
                    innermost.execute(INSERT, 6, "Tim", 1);
                    throw new Surprise();
                  }));
        });
      });
      assertEquals(List.of("Ada", "Bob", "Eve", "Zoe"), names(db));
    });
  }

  @Test
  void aFailureThatWasSwallowedFailsTheCommit() throws Exception {
    assumeTrue(failuresSpoilTransactions());
    withPeople(db -> {
      assertThrows(
          SqlException.TransactionRollback.class,
          () ->
              db.transaction(tx -> {
                tx.execute(INSERT, 3, "Eve", 1);
                assertThrows(SqlException.class, () -> tx.execute(INSERT, 1, "Ada", 1));
              }));
      assertEquals(List.of("Ada", "Bob"), names(db));
    });
  }

  @Test
  void aTransactionThatOnlyReadsRefusesToWrite() throws Exception {
    assumeTrue(hasReadOnlyTransactions());
    withPeople(db -> {
      var options = TransactionOptions.DEFAULT.withReadOnly(true);
      db.transaction(options, tx -> assertEquals(2, tx.query("select * from tulip_person").size()));
      assertThrows(
          SqlException.class, () -> db.transaction(options, tx -> tx.execute(INSERT, 3, "Eve", 1)));
      db.execute(INSERT, 3, "Eve", 1);
      assertEquals(3, names(db).size());
    });
  }

  @Test
  void aTransactionOfAKindThatThereIsNotIsRefused() throws Exception {
    assumeTrue(!hasReadOnlyTransactions());
    withPeople(db -> {
      var options = TransactionOptions.DEFAULT.withReadOnly(true);
      assertThrows(SqlException.FeatureNotSupported.class, () -> db.transaction(options, _ -> {}));
      assertEquals(2, names(db).size());
      assertEquals(1, db.statistics().opened());
    });
  }

  @Test
  void aSerializableTransactionCanBeHad() throws Exception {
    withPeople(db -> {
      var options = TransactionOptions.DEFAULT.withIsolation(Isolation.SERIALIZABLE);
      db.transaction(options, tx -> tx.execute(INSERT, 3, "Eve", 1));
      assertEquals(3, names(db).size());
    });
  }

  @Test
  void whenItsBlockIsOverATransactionIsToo() throws Exception {
    withPeople(db -> {
      var kept = new ArrayList<Transaction>();
      db.transaction(tx -> {
        kept.add(tx);
        tx.transaction(kept::add);
        assertThrows(
            IllegalStateException.class, () -> kept.getLast().execute(INSERT, 3, "Eve", 1));
      });
      assertTrue(kept.getFirst().isOver());
      assertThrows(IllegalStateException.class, () -> kept.getFirst().execute(INSERT, 3, "Eve", 1));
      assertThrows(IllegalStateException.class, () -> kept.getFirst().transaction(_ -> {}));
      assertEquals(2, names(db).size());
    });
  }

  @Test
  void theOuterTransactionIsNotUsedWithinANestedBlock() throws Exception {
    withPeople(db ->
        db.transaction(tx ->
            tx.transaction(inner -> {
              assertThrows(IllegalStateException.class, () -> tx.execute(INSERT, 3, "Eve", 1));
              assertThrows(IllegalStateException.class, () -> tx.transaction(_ -> {}));
              assertEquals(2, inner.query("select * from tulip_person").size());
            })));
  }

  @Test
  void childTasksTakePart() throws Exception {
    withPeople(db -> {
      assertThrows(
          Surprise.class,
          () ->
              db.transaction(tx -> {
                try (var group = TaskGroup.open()) {
                  for (int i = 3; i < 20; i++) {
                    int id = i;
                    group.start(() -> tx.execute(INSERT, id, "n" + id, 1));
                  }
                  group.join();
                }
                assertEquals(19, tx.query("select * from tulip_person").size());
                throw new Surprise();
              }));
      assertEquals(2, names(db).size());
    });
  }

  @Test
  void childTasksWaitForTheEndOfANestedBlock() throws Exception {
    withPeople(db -> {
      db.transaction(tx -> {
        var inside = new Event();
        try (var group = TaskGroup.open()) {
          group.start(() ->
              assertThrows(
                  Surprise.class,
                  () ->
                      tx.transaction(inner -> {
                        inside.set();
                        settle();
                        inner.execute(INSERT, 3, "Eve", 1);
                        throw new Surprise();
                      })));
          inside.await();
          group.start(() -> tx.execute(INSERT, 4, "Max", 1));
          group.start(() -> tx.transaction(inner -> inner.execute(INSERT, 5, "Zoe", 1)));
          group.join();
        }
      });
      assertEquals(List.of("Ada", "Bob", "Max", "Zoe"), names(db));
    });
  }

  @Test
  void manyRowsWithinATransactionAreUndoneWithIt() throws Exception {
    withPeople(db -> {
      assertThrows(
          Surprise.class,
          () ->
              db.transaction(tx -> {
                tx.executeMany(INSERT, List.of(new Person(3, "Eve", 1), new Person(4, "Max", 1)));
                throw new Surprise();
              }));
      assertEquals(2, names(db).size());
    });
  }

  @Test
  void aConnectionHasTransactionsOfItsOwn() throws Exception {
    withPeople(db -> {
      long count =
          db.connected(connection -> {
            connection.transaction(tx -> tx.execute(INSERT, 3, "Eve", 1));
            assertThrows(
                IllegalStateException.class,
                () -> connection.transaction(_ -> connection.execute(INSERT, 4, "Max", 1)));
            return connection.queryValue(Long.class, "select count(*) from tulip_person");
          });
      assertEquals(3, count);
    });
  }
}
