// SPDX-License-Identifier: Apache-2.0
package tulip.postgres;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import tulip.bytes.Bytes;
import tulip.core.LoopOptions.Engine;
import tulip.core.Tulip;
import tulip.net.testing.FaultProxy;
import tulip.pool.Backoff;
import tulip.pool.SessionOptions;
import tulip.postgres.replication.LogicalReplication;
import tulip.postgres.replication.ReplicationEvent;
import tulip.postgres.replication.ReplicationEvent.Begin;
import tulip.postgres.replication.ReplicationEvent.Commit;
import tulip.postgres.replication.ReplicationEvent.Delete;
import tulip.postgres.replication.ReplicationEvent.Insert;
import tulip.postgres.replication.ReplicationEvent.Message;
import tulip.postgres.replication.ReplicationEvent.Restart;
import tulip.postgres.replication.ReplicationEvent.Truncate;
import tulip.postgres.replication.ReplicationEvent.Update;
import tulip.postgres.replication.ReplicationOptions;
import tulip.postgres.testing.PostgresServer;
import tulip.postgres.types.Lsn;
import tulip.sql.SqlException;
import tulip.testing.TulipTest;
import tulip.testing.TulipTest.Clock;

/// Changes of a real server, by its own output plugin.
@TulipTest(
    clock = Clock.REAL,
    engine = {Engine.CARRIER, Engine.BATON})
class LogicalReplicationTest {
  private static final AtomicInteger COUNT = new AtomicInteger();

  private static final SessionOptions QUICK =
      SessionOptions.DEFAULT
          .withCheckAfter(ofMillis(20))
          .withBackoff(Backoff.DEFAULT.withDelays(ofMillis(1), ofMillis(20), 2));

  @SuppressWarnings("NullAway.Init")
  private static PostgresServer server;

  @BeforeAll
  static void start() throws IOException {
    server = Servers.start("wal_level=logical", "max_replication_slots=60", "max_wal_senders=60");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /// A table of one test, with all that replicates it.
  ///
  /// @param name of the table, its publication and its slot
  /// @param writer who changes it
  private record Place(String name, PostgresConnection writer) implements AutoCloseable {
    static Place make(String columns) throws IOException {
      var name = "t" + COUNT.incrementAndGet();
      var writer = Servers.connect(Servers.options(server));
      writer.executeScript(
          "create table %1$s (%2$s); create publication %1$s for table %1$s"
              .formatted(name, columns));
      writer.execute("select pg_create_logical_replication_slot($1, 'pgoutput')", name);
      return new Place(name, writer);
    }

    LogicalReplication open(PostgresOptions where) throws IOException {
      return LogicalReplication.open(
          where, ReplicationOptions.of(name, name).withReport(ofMillis(100)), QUICK);
    }

    LogicalReplication open() throws IOException {
      return open(Servers.options(server));
    }

    void run(String script) throws IOException {
      writer.executeScript(script.replace("TABLE", name));
    }

    @Override
    public void close() throws IOException {
      writer.close();
    }
  }

  private static <E extends ReplicationEvent> E next(Class<E> type, LogicalReplication from)
      throws IOException {
    return assertInstanceOf(type, from.receive());
  }

  private static List<Object> values(tulip.sql.Row row) {
    return Arrays.asList(row.toArray());
  }

  /// The numbers that one transaction inserts.
  private static List<Integer> inserted(LogicalReplication from, boolean acknowledge)
      throws IOException {
    next(Begin.class, from);
    var numbers = new ArrayList<Integer>();
    while (true) {
      var event = from.receive();
      if (event instanceof Commit commit) {
        if (acknowledge) {
          from.acknowledge(commit.end());
        }
        return numbers;
      }
      numbers.add(assertInstanceOf(Insert.class, event).row().get(0, Integer.class));
    }
  }

  @TulipTest
  void changesComeAsTheyAreCommitted() throws IOException {
    try (var place = Place.make("id int4 primary key, name text");
        var changes = place.open()) {
      place.run("insert into TABLE values (1, 'a'), (2, null)");
      place.run("update TABLE set name = 'b' where id = 1; update TABLE set id = 3 where id = 2");
      place.run("begin; insert into TABLE values (7, 'never'); rollback");
      place.run("delete from TABLE where id = 1; truncate TABLE restart identity");
      var begin = next(Begin.class, changes);
      var first = next(Insert.class, changes);
      assertEquals("public." + place.name(), first.relation().toString());
      assertEquals(List.of("id", "name"), first.relation().columns().names());
      assertEquals("int4", first.relation().columns().get(0).type());
      assertEquals(List.of("id"), first.relation().key());
      assertEquals(List.of(1, "a"), values(first.row()));
      assertEquals(Arrays.asList(2, null), values(next(Insert.class, changes).row()));
      var commit = next(Commit.class, changes);
      assertEquals(begin.position(), commit.position());
      assertEquals(begin.time(), commit.time());
      assertTrue(commit.end().compareTo(commit.position()) > 0);
      next(Begin.class, changes);
      var renamed = next(Update.class, changes);
      assertNull(renamed.before());
      assertEquals(List.of(1, "b"), values(renamed.row()));
      var moved = next(Update.class, changes);
      assertEquals(Arrays.asList(2, null), values(Objects.requireNonNull(moved.before())));
      assertEquals(Arrays.asList(3, null), values(moved.row()));
      next(Commit.class, changes);
      next(Begin.class, changes);
      assertEquals(Arrays.asList(1, null), values(next(Delete.class, changes).before()));
      var truncate = next(Truncate.class, changes);
      assertEquals(place.name(), truncate.relations().getFirst().name());
      assertTrue(truncate.restartIdentity() && !truncate.cascade());
      next(Commit.class, changes);
    }
  }

  @TulipTest
  void aWholeRowBeforeIfTheTableSaysSo() throws IOException {
    try (var place = Place.make("id int4, name text");
        var changes = place.open()) {
      place.run("alter table TABLE replica identity full; insert into TABLE values (1, 'a')");
      place.run("update TABLE set name = 'b'; delete from TABLE");
      inserted(changes, true);
      next(Begin.class, changes);
      assertEquals(
          List.of(1, "a"), values(Objects.requireNonNull(next(Update.class, changes).before())));
      assertEquals(List.of(1, "b"), values(next(Delete.class, changes).before()));
    }
  }

  @TulipTest
  void valuesAreThoseOfQueries() throws IOException {
    try (var place = Place.make("id int4 primary key, n numeric, l int8[], v tsvector, big text")) {
      place.run(
          "create type mood_TABLE as enum ('sad', 'glad'); alter table TABLE add m mood_TABLE");
      try (var changes = place.open()) {
        place.run(
            "alter table TABLE alter big set storage external;"
                + "insert into TABLE values (1, 1.50, '{1,NULL}', 'a', repeat('x', 9000), 'glad')");
        place.run("update TABLE set n = 'NaN'");
        next(Begin.class, changes);
        var row = next(Insert.class, changes).row();
        assertEquals(new BigDecimal("1.50"), row.get("n"));
        assertEquals(Arrays.asList(1L, null), row.get("l"));
        assertInstanceOf(Bytes.class, row.get("v"));
        assertEquals(9_000, row.get("big", String.class).length());
        assertEquals("glad", row.get("m"));
        next(Commit.class, changes);
        next(Begin.class, changes);
        var changed = next(Update.class, changes).row();
        assertEquals(Double.NaN, changed.get("n"));
        assertSame(ReplicationEvent.UNCHANGED, changed.get("big"));
      }
    }
  }

  @TulipTest
  void aTableMayChangeOnTheWay() throws IOException {
    try (var place = Place.make("id int4 primary key");
        var changes = place.open()) {
      place.run("insert into TABLE values (1)");
      place.run("alter table TABLE add name text; insert into TABLE values (2, 'b')");
      assertEquals(List.of(1), inserted(changes, true));
      next(Begin.class, changes);
      var second = next(Insert.class, changes);
      assertEquals(List.of("id", "name"), second.relation().columns().names());
      assertEquals(List.of(2, "b"), values(second.row()));
    }
  }

  @TulipTest
  void whatWasNotAcknowledgedComesToTheNextOne() throws IOException {
    try (var place = Place.make("id int4")) {
      try (var changes = place.open()) {
        for (int i = 0; i < 4; i++) {
          place.run("insert into TABLE values (%d)".formatted(i));
        }
        assertEquals(List.of(0), inserted(changes, true));
        assertEquals(List.of(1), inserted(changes, true));
        assertEquals(List.of(2), inserted(changes, false));
      }
      try (var changes = place.open()) {
        assertEquals(List.of(2), inserted(changes, true));
        assertEquals(List.of(3), inserted(changes, true));
      }
    }
  }

  @TulipTest
  void aLostConnectionBeginsAgainWithWhatWasNotAcknowledged() throws IOException {
    try (var place = Place.make("id int4");
        var changes = place.open()) {
      place.run("insert into TABLE values (0)");
      place.run("insert into TABLE values (1), (2)");
      assertEquals(List.of(0), inserted(changes, true));
      next(Begin.class, changes);
      assertEquals(List.of(1), values(next(Insert.class, changes).row()));
      place
          .writer()
          .execute(
              "select pg_terminate_backend(active_pid, 5000) from pg_replication_slots"
                  + " where slot_name = $1",
              place.name());
      ReplicationEvent event = changes.receive();
      while (!(event instanceof Restart)) {
        event = changes.receive(); // it had come before the end
      }
      assertEquals(changes.acknowledged(), ((Restart) event).acknowledged());
      assertEquals(List.of(1, 2), inserted(changes, true));
    }
  }

  /// However the network breaks, each transaction that is acknowledged was received whole and once.
  @TulipTest
  void badNetworksNeitherLoseNorRepeatWhatWasAcknowledged() throws IOException {
    try (var place = Place.make("id int4");
        var proxy = FaultProxy.open(server.address());
        var changes = place.open(Servers.options(proxy))) {
      var seen = new ArrayList<Integer>();
      for (int round = 0; round < 12; round++) {
        place.run("insert into TABLE values (%d), (%d)".formatted(2 * round, 2 * round + 1));
        if (round % 3 == 1) {
          proxy.reset();
        }
        while (seen.size() < 2 * round + 2) {
          seen.addAll(transaction(changes));
        }
      }
      assertEquals(24, seen.size());
      for (int i = 0; i < seen.size(); i++) {
        assertEquals(i, seen.get(i));
      }
    }
  }

  /// The rows of the next transaction that comes whole.
  private static List<Integer> transaction(LogicalReplication changes) throws IOException {
    var rows = new ArrayList<Integer>();
    while (true) {
      switch (changes.receive()) {
        case Insert insert -> rows.add(insert.row().get(0, Integer.class));
        case Commit commit -> {
          changes.acknowledge(commit.end());
          return rows;
        }
        default -> rows.clear();
      }
    }
  }

  @TulipTest
  void whoeverIsCancelledHasTakenNothing() throws IOException {
    try (var place = Place.make("id int4");
        var changes = place.open()) {
      var seen = new ArrayList<Integer>();
      for (int i = 0; i < 20; i++) {
        int delay = i;
        Tulip.moveOnAfter(
            ofMillis(delay),
            () -> {
              while (true) {
                if (changes.receive() instanceof Insert insert) {
                  seen.add(insert.row().get(0, Integer.class));
                }
              }
            });
        place.run("insert into TABLE values (%d)".formatted(i));
      }
      while (seen.size() < 20) {
        if (changes.receive() instanceof Insert insert) {
          seen.add(insert.row().get(0, Integer.class));
        }
      }
      for (int i = 0; i < 20; i++) {
        assertEquals(i, seen.get(i));
      }
    }
  }

  /// Else the server would keep its log for as long as nothing is published.
  @TulipTest
  void whatOthersChangeElsewhereIsAcknowledgedByItself() throws IOException {
    try (var place = Place.make("id int4");
        var changes = place.open()) {
      place.run("create table other_TABLE as select * from generate_series(1, 1000)");
      var now = place.writer().execute("select pg_current_wal_lsn()").rows().getFirst();
      while (changes.acknowledged().compareTo(now.get(0, Lsn.class)) < 0) {
        Tulip.moveOnAfter(ofMillis(50), changes::receive);
      }
      place.run("insert into TABLE values (5)");
      assertEquals(List.of(5), inserted(changes, true));
    }
  }

  @TulipTest
  void messagesComeIfTheyAreWanted() throws IOException {
    try (var place = Place.make("id int4");
        var changes =
            LogicalReplication.open(
                Servers.options(server),
                ReplicationOptions.of(place.name(), place.name()).withMessages(true))) {
      place.run("select pg_logical_emit_message(false, 'TABLE', 'hello')");
      var message = next(Message.class, changes);
      while (!message.prefix().equals(place.name())) {
        message = next(Message.class, changes); // other tests have theirs
      }
      assertEquals("hello", message.content().utf8());
    }
  }

  @TulipTest
  void aSlotThatIsNotThereIsToldAtOnce() {
    var failure =
        assertThrows(
            IOException.class,
            () ->
                Tulip.timeout(
                    ofSeconds(10),
                    () ->
                        LogicalReplication.open(
                            Servers.options(server), ReplicationOptions.of("nothing", "p"))));
    var cause = Objects.requireNonNull(failure.getCause()).getCause();
    assertEquals("42704", assertInstanceOf(SqlException.class, cause).sqlState());
  }

  @TulipTest
  void namesAreCheckedAndQuoted() throws IOException {
    assertThrows(IllegalArgumentException.class, () -> ReplicationOptions.of("a; drop", "p"));
    assertThrows(IllegalArgumentException.class, () -> ReplicationOptions.of("a"));
    try (var place = Place.make("id int4")) {
      place.run("create publication \"It's \"\"odd\"\" TABLE\" for table TABLE");
      var odd = ReplicationOptions.of(place.name(), "It's \"odd\" " + place.name());
      try (var changes = LogicalReplication.open(Servers.options(server), odd)) {
        place.run("insert into TABLE values (1)");
        assertEquals(List.of(1), inserted(changes, true));
      }
    }
  }

  @TulipTest
  void theConnectionIsForNothingElse() throws IOException {
    try (var place = Place.make("id int4")) {
      var options = Servers.options(server).withSetting("replication", "database");
      try (var connection = Servers.connect(options)) {
        assertThrows(SqlException.class, () -> connection.copyBoth("START_REPLICATION SLOT no"));
      }
      try (var connection = Servers.connect(options)) {
        var command = ReplicationOptions.of(place.name(), place.name());
        try (var copy =
            connection.copyBoth(
                "START_REPLICATION SLOT %s LOGICAL 0/0 (proto_version '1', publication_names '%s')"
                    .formatted(command.slot(), place.name()))) {
          assertThrows(IllegalStateException.class, () -> connection.executeScript("select 1"));
          copy.awaitPiece();
        }
      }
    }
  }

  @TulipTest
  void oneTaskAtATimeReceives() throws IOException {
    try (var place = Place.make("id int4");
        var changes = place.open()) {
      Tulip.moveOnAfter(
          ofMillis(10),
          () ->
              Tulip.gather(
                  List.of(1, 2),
                  n ->
                      n == 1
                          ? changes.receive()
                          : assertThrows(IllegalStateException.class, changes::receive)));
    }
  }
}
