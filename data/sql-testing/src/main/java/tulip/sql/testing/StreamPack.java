// SPDX-License-Identifier: Apache-2.0
package tulip.sql.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tulip.sql.SqlException;

/// Rows that come as they are taken.
abstract class StreamPack extends TransactionPack {
  private static final int MANY = 5_000;

  private record Counted(int n) {}

  @Test
  void aStreamHasAllRowsInOrder() throws Exception {
    run(db -> {
      try (var rows = db.stream(numbers(MANY))) {
        assertEquals(List.of("n"), rows.columns().names());
        int next = 1;
        for (var row : rows) {
          assertEquals(next++, row.get(0, Integer.class));
        }
        assertEquals(MANY + 1, next);
        assertNull(rows.next());
      }
    });
  }

  @Test
  void aStreamOfRecords() throws Exception {
    run(db -> {
      var read = new ArrayList<Counted>();
      try (var rows = db.stream(Counted.class, numbers(3))) {
        rows.forEach(read::add);
      }
      assertEquals(List.of(new Counted(1), new Counted(2), new Counted(3)), read);
    });
  }

  @Test
  void aStreamWithoutRowsIsAtItsEnd() throws Exception {
    withPeople(db -> {
      try (var rows = db.stream("select * from tulip_person where id = $1", 77)) {
        assertNull(rows.next());
      }
    });
  }

  @Test
  void aStreamThatIsLeftEarlyLeavesNothingBehind() throws Exception {
    run(db -> {
      for (int i = 0; i < 10; i++) {
        try (var rows = db.stream(numbers(MANY))) {
          assertNotNull(rows.next());
        }
      }
      assertEquals(1, db.queryValue(Integer.class, numbers(1)));
      assertEquals(1, db.statistics().opened());
    });
  }

  @Test
  void aClosedStreamGivesNoRows() throws Exception {
    run(db -> {
      var rows = db.stream(numbers(MANY));
      rows.close();
      rows.close();
      assertThrows(IllegalStateException.class, rows::next);
    });
  }

  @Test
  void aStreamThatCannotBeginLeavesNothingBehind() throws Exception {
    run(db -> {
      assertThrows(SqlException.class, () -> db.stream("select * from tulip_nothing"));
      assertEquals(1, db.queryValue(Integer.class, numbers(1)));
      assertEquals(1, db.statistics().opened());
    });
  }

  @Test
  void otherStatementsMayRunBesideAStreamOfTheirTransaction() throws Exception {
    withPeople(db -> {
      db.transaction(tx -> {
        try (var rows = tx.stream(numbers(300))) {
          for (var row : rows) {
            tx.execute("update tulip_person set age = $1 where id = 2", row.get(0));
          }
        }
      });
      assertEquals(300, db.queryValue(Integer.class, "select age from tulip_person where id = 2"));
    });
  }
}
