// SPDX-License-Identifier: Apache-2.0
package tulip.postgres;

import static java.time.Duration.ofMillis;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;
import tulip.bytes.Bytes;
import tulip.core.LoopOptions.Engine;
import tulip.core.Task;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.sql.SqlException;
import tulip.testing.TulipTest;
import tulip.testing.TulipTest.Clock;

/// COPY in both directions.
@TulipTest(
    clock = Clock.REAL,
    engine = {Engine.CARRIER, Engine.BATON})
@ExtendWith(SharedServer.class)
class CopyTest {
  private static final String MANY =
      "copy (select n, repeat('x', 100) from generate_series(1, 50000) n) to stdout";

  private record Item(int id, @Nullable String name, BigDecimal price) {}

  private static PostgresConnection connect() throws IOException {
    var connection = SharedServer.connect();
    connection.executeScript(
        "drop table if exists item; create table item (id int4 unique, name text, price numeric)");
    return connection;
  }

  private static long count(PostgresConnection connection) throws IOException {
    return connection.execute("select count(*) from item").rows().getFirst().get(0, Long.class);
  }

  @TulipTest
  void textGoesInAndOut() throws IOException {
    try (var connection = connect()) {
      try (var copy = connection.copyIn("copy item from stdin (format csv)")) {
        copy.write(Bytes.ofUtf8("1,\"a,b\",1.50\n2,"));
        copy.write(Bytes.ofUtf8(",2\n"));
        assertEquals(2, copy.finish());
      }
      var lines = new ArrayList<String>();
      try (var copy = connection.copyOut("copy item to stdout (format csv)")) {
        for (var piece : copy) {
          lines.add(piece.utf8());
        }
        assertNull(copy.next());
      }
      assertEquals(List.of("1,\"a,b\",1.50\n", "2,,2\n"), lines);
      assertEquals(2, count(connection));
    }
  }

  @TulipTest
  void binaryGoesOutOfOneTableAndIntoAnother() throws IOException {
    try (var connection = connect();
        var other = SharedServer.connect()) {
      connection.execute("insert into item select n, 'n' || n, n from generate_series(1, 1000) n");
      other.executeScript("drop table if exists copied; create table copied (like item)");
      try (var from = connection.copyOut("copy item to stdout (format binary)");
          var to = other.copyIn("copy copied from stdin (format binary)")) {
        for (var piece : from) {
          to.write(piece);
        }
        assertEquals(1000, to.finish());
      }
    }
  }

  @TulipTest
  void rowsAreCopied() throws IOException {
    try (var connection = connect()) {
      var columns = List.of("id", "name", "price");
      var items =
          IntStream.range(0, 20_000)
              .mapToObj(i -> new Item(i, i % 2 == 0 ? null : "n" + i, BigDecimal.valueOf(i, 2)))
              .toList();
      assertEquals(20_000, connection.copyRows("item", columns, items));
      var odd = connection.execute("select * from item where id = 7").rows().getFirst();
      assertEquals(items.get(7), odd.to(Item.class));
      var twice = List.of(new Item(50_000, "new", BigDecimal.ONE), items.get(3));
      assertThrows(
          SqlException.UniqueViolation.class, () -> connection.copyRows("item", columns, twice));
      var wrong = List.of(new Object[] {1, "a"});
      assertThrows(
          IllegalArgumentException.class, () -> connection.copyRows("item", columns, wrong));
      assertEquals(20_000, count(connection));
    }
  }

  @TulipTest
  void whatIsNotFinishedIsNotCopied() throws IOException {
    try (var connection = connect()) {
      try (var copy = connection.copyIn("copy item from stdin")) {
        copy.write(Bytes.ofUtf8("1\ta\t1\n"));
      }
      assertEquals(0, count(connection));
      assertFalse(
          Tulip.moveOnAfter(
              ofMillis(50),
              () -> {
                try (var copy = connection.copyIn("copy item from stdin")) {
                  for (int i = 0; ; i++) {
                    copy.write(Bytes.ofUtf8(i + "\ta\t1\n"));
                  }
                }
              }));
      assertEquals(0, count(connection));
    }
  }

  @TulipTest
  void whatTheServerRefusesIsTold() throws IOException {
    try (var connection = connect()) {
      assertThrows(
          SqlException.UndefinedTable.class, () -> connection.copyIn("copy nothing from stdin"));
      assertThrows(
          SqlException.UndefinedTable.class, () -> connection.copyOut("copy nothing to stdout"));
      assertThrows(
          SqlException.Data.class,
          () -> {
            try (var copy = connection.copyIn("copy item from stdin")) {
              copy.write(Bytes.ofUtf8("no number\ta\t1\n"));
              copy.finish();
            }
          });
      assertThrows(
          SqlException.Data.class,
          () -> {
            try (var copy = connection.copyIn("copy item from stdin")) {
              while (true) {
                copy.write(Bytes.ofUtf8("no number\ta\t1\n"));
              }
            }
          });
      assertEquals(0, count(connection));
    }
  }

  @TulipTest
  void aCopyThatIsLeftEarlyLeavesTheConnectionUsable() throws IOException {
    try (var connection = connect()) {
      for (int i = 0; i < 3; i++) {
        try (var copy = connection.copyOut(MANY)) {
          assertNotNull(copy.next());
        }
        assertEquals(0, count(connection));
      }
    }
  }

  @TulipTest
  void whoDoesNotTakeHasTheServerWait() throws IOException {
    try (var connection = connect();
        var other = SharedServer.connect()) {
      int rows = 0;
      try (var copy =
          connection.copyOut(
              "copy (select repeat('x', 1000) from generate_series(1, 100000)) to stdout")) {
        assertNotNull(copy.next());
        var waits =
            "select wait_event from pg_stat_activity where wait_event = 'ClientWrite' and pid = $1";
        while (other.execute(waits, connection.processId()).rows().isEmpty()) {
          Tulip.yield();
        }
        rows++;
        while (copy.next() != null) {
          rows++;
        }
      }
      assertEquals(100_000, rows);
    }
  }

  @TulipTest
  void othersWaitForTheEndOfACopy() throws IOException {
    try (var connection = connect();
        var group = TaskGroup.open()) {
      Task<Long> other;
      try (var copy = connection.copyIn("copy item from stdin")) {
        copy.write(Bytes.ofUtf8("1\ta\t1\n"));
        other = group.start(() -> count(connection));
        assertThrows(IllegalStateException.class, () -> count(connection));
        for (int i = 0; i < 10; i++) {
          Tulip.yield();
        }
        copy.finish();
        assertFalse(other.isDone());
      }
      assertEquals(1, other.await());
    }
  }

  @TulipTest
  void aCopyWhereNoneIsExpectedIsRefused() throws IOException {
    try (var connection = connect()) {
      for (var sql : List.of("copy item from stdin", "copy item to stdout")) {
        assertThrows(IllegalArgumentException.class, () -> connection.execute(sql));
        assertThrows(IllegalArgumentException.class, () -> connection.executeScript(sql));
        assertEquals(0, count(connection));
      }
      for (var sql : List.of("select 1", "copy item to stdout", "delete from item")) {
        assertThrows(IllegalArgumentException.class, () -> connection.copyIn(sql));
      }
      for (var sql : List.of("select 1", "copy item from stdin", "delete from item")) {
        assertThrows(IllegalArgumentException.class, () -> connection.copyOut(sql));
      }
      assertEquals(0, count(connection));
      assertTrue(connection.isOpen());
    }
  }

  @TulipTest
  void aLostConnectionEndsACopy() throws IOException {
    try (var connection = connect();
        var other = SharedServer.connect()) {
      var copy = connection.copyOut(MANY);
      other.execute("select pg_terminate_backend($1)", connection.processId());
      assertThrows(
          IOException.class,
          () -> {
            while (copy.next() != null) {}
          });
      copy.close();
      assertFalse(connection.isOpen());
    }
  }
}
