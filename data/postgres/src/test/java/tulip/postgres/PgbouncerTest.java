// SPDX-License-Identifier: Apache-2.0
package tulip.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.ExtendWith;
import tulip.core.Tulip;
import tulip.net.testing.RealServer;
import tulip.pool.PoolOptions;
import tulip.postgres.testing.PostgresServer;
import tulip.sql.Database;
import tulip.testing.TulipTest;
import tulip.testing.TulipTest.Clock;

/// A pooler between, which gives each transaction another connection of the server.
@TulipTest(clock = Clock.REAL)
@ExtendWith(SharedServer.class)
class PgbouncerTest {
  private static RealServer start(String mode, int connections) throws IOException {
    return RealServer.start(place -> {
      PostgresServer.own(place.folder());
      var file = place.folder().resolve("pgbouncer.ini");
      Files.writeString(
          file,
          """
          [databases]
          postgres = host=127.0.0.1 port=%d user=test
          [pgbouncer]
          listen_addr = 127.0.0.1
          listen_port = %s
          auth_type = any
          pool_mode = %s
          default_pool_size = %d
          unix_socket_dir =
          """
              .formatted(SharedServer.server().port(), place.portText(), mode, connections));
      return Servers.PROGRAMS.command("/usr/sbin/pgbouncer", file.toString());
    });
  }

  private static Database open(RealServer pooler, String parameters) {
    return Database.open(
        Servers.url(pooler.port()) + parameters, PoolOptions.DEFAULT.withSize(0, 4));
  }

  private static void check(Database db) throws IOException {
    db.executeScript("drop table if exists bounced; create table bounced (id int4, name text)");
    var rows = IntStream.range(0, 500).mapToObj(i -> List.of(i, "n" + i)).toList();
    assertEquals(500, db.executeMany("insert into bounced values ($1, $2)", rows));
    var ids = IntStream.range(0, 100).boxed().toList();
    for (int round = 0; round < 3; round++) {
      var names =
          Tulip.gather(
              ids, id -> db.queryValue(String.class, "select name from bounced where id = $1", id));
      assertEquals(ids.stream().map(id -> "n" + id).toList(), names);
    }
    db.transaction(tx -> {
      tx.execute("update bounced set name = 'x' where id = $1", 1);
      int count = 0;
      try (var stream = tx.stream("select * from bounced")) {
        for (var _ : stream) {
          count++;
        }
      }
      assertEquals(500, count);
    });
    assertFalse(Tulip.moveOnAfter(Duration.ofMillis(50), () -> db.query("select pg_sleep(60)")));
    assertEquals("x", db.queryValue(String.class, "select name from bounced where id = 1"));
  }

  @TulipTest
  void transactionModeNeedsNoStatementsThatAreKept() throws IOException {
    try (var pooler = start("transaction", 2);
        var db = open(pooler, "&statement_cache=0")) {
      check(db);
    }
  }

  @TulipTest
  void sessionModeIsLikeTheServerItself() throws IOException {
    try (var pooler = start("session", 4);
        var db = open(pooler, "")) {
      check(db);
    }
  }
}
