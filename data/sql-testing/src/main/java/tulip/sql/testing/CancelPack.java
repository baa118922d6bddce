// SPDX-License-Identifier: Apache-2.0
package tulip.sql.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import tulip.core.TaskGroup;
import tulip.core.Tulip;

/// Tasks that are cancelled.
abstract class CancelPack extends ErrorPack {
  private String slow() {
    var slow = slowStatement();
    assumeTrue(slow != null);
    return String.valueOf(slow);
  }

  @Test
  void aCancelledStatementLeavesItsResultToNobody() throws Exception {
    withPeople(db -> {
      for (int i = 0; i < 10; i++) {
        assertFalse(Tulip.moveOnAfter(Duration.ofMillis(20), () -> db.query(slow())));
        assertEquals(1, db.queryValue(Integer.class, numbers(1)));
      }
    });
  }

  @Test
  void aCancelledTransactionIsUndone() throws Exception {
    withPeople(db -> {
      assertFalse(
          Tulip.moveOnAfter(
              Duration.ofMillis(50),
              () ->
                  db.transaction(tx -> {
                    tx.execute("delete from tulip_person");
                    tx.query(slow());
                  })));
      assertEquals(2, names(db).size());
    });
  }

  @Test
  void aCancelledStreamIsEnded() throws Exception {
    run(db -> {
      assertFalse(
          Tulip.moveOnAfter(
              Duration.ofMillis(20),
              () -> {
                try (var rows = db.stream(numbers(100))) {
                  rows.next();
                  Tulip.sleepForever();
                }
              }));
      assertEquals(1, db.queryValue(Integer.class, numbers(1)));
    });
  }

  /// Whenever a task is cancelled, whoever comes after it gets what they asked for.
  @Test
  void tasksThatAreCancelledAtAnyMomentDoNotDisturbOthers() throws Exception {
    withPeople(db -> {
      for (int yields = 0; yields < 40; yields++) {
        int turns = yields;
        try (var group = TaskGroup.open()) {
          var cut = group.start(() -> db.queryValue(Integer.class, numbers(1) + " limit 7"));
          group.start(() -> assertEquals(2, names(db).size()));
          for (int i = 0; i < turns; i++) {
            Tulip.yield();
          }
          cut.cancel("the test wants to see what follows");
        }
        assertEquals(2, names(db).size());
      }
    });
  }
}
