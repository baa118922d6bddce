// SPDX-License-Identifier: Apache-2.0
package tulip.sql;

import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import tulip.core.LoopOptions.Engine;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.pool.PoolOptions;
import tulip.testing.TulipTest;

/// Statements that share a connection.
@TulipTest(engine = {Engine.CARRIER, Engine.BATON})
class SharedConnectionsTest {
  private static DatabaseOptions options(int sharing) {
    return DatabaseOptions.DEFAULT
        .withPool(PoolOptions.DEFAULT.withSize(0, 1).withAcquireTimeout(ofSeconds(2)))
        .withSharing(sharing);
  }

  @TulipTest
  void statementsOfManyTasksAreUnderWayAtOnce() throws IOException {
    var connection = new FakeConnection(_ -> null);
    try (var db = Database.open(connection.connector(), options(3));
        var group = TaskGroup.open()) {
      db.execute("first");
      for (int i = 0; i < 3; i++) {
        group.start(() -> db.execute("hang"));
      }
      Tulip.sleep(ofSeconds(1));
      assertEquals(List.of("first", "hang", "hang", "hang"), connection.log);
      assertEquals(1, db.statistics().inUse());
      assertThrows(IOException.class, () -> db.execute("one too many")); // it waits at the pool
      group.cancel();
      group.join();
      assertEquals(1, db.statistics().idle());
    }
  }

  @TulipTest
  void nobodySharesABrokenConnection() throws IOException {
    var connection =
        new FakeConnection(what -> what.equals("fail") ? new IOException("cut") : null);
    try (var db = Database.open(connection.connector(), options(3));
        var group = TaskGroup.open()) {
      db.execute("first");
      var hanging = group.start(() -> db.execute("hang"));
      Tulip.sleep(ofSeconds(1));
      assertThrows(IOException.class, () -> db.execute("fail"));
      var waiting = group.start(() -> db.execute("next"));
      Tulip.sleep(ofSeconds(1));
      assertFalse(connection.log.contains("next"));
      hanging.cancel("the test has seen enough");
      assertEquals(1, waiting.await());
    }
  }

  @TulipTest
  void aTransactionHasItsConnectionAlone() throws IOException {
    var connection = new FakeConnection(_ -> null);
    try (var db = Database.open(connection.connector(), options(3));
        var group = TaskGroup.open()) {
      var log = new ArrayList<String>();
      db.transaction(tx -> {
        group.start(() -> {
          db.execute("outside");
          log.add("outside");
        });
        Tulip.sleep(ofSeconds(1));
        tx.execute("inside");
        log.add("inside");
      });
      group.join();
      assertEquals(List.of("inside", "outside"), log);
      assertTrue(Collections.indexOfSubList(connection.log, List.of("commit", "outside")) > 0);
    }
    assertThrows(IllegalArgumentException.class, () -> options(0));
  }
}
