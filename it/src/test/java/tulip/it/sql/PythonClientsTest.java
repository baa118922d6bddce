// SPDX-License-Identifier: Apache-2.0
package tulip.it.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tulip.bytes.Bytes;
import tulip.core.Tulip;
import tulip.core.queue.Channel;
import tulip.net.testing.RealProcess;
import tulip.postgres.Notification;
import tulip.postgres.PostgresConnection;
import tulip.postgres.testing.PostgresServer;
import tulip.sql.SqlConnection;
import tulip.sql.SqlException;
import tulip.testing.TulipTest;
import tulip.testing.TulipTest.Clock;

/// One scenario by asyncpg, by aiopg and by ours has the same results: the program beside this in
/// Python, and here.
@TulipTest(clock = Clock.REAL)
class PythonClientsTest {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSX", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  @SuppressWarnings("NullAway.Init")
  private static PostgresServer server;

  private final List<String> said = new ArrayList<>();

  @BeforeAll
  static void start() throws IOException {
    server = PostgresServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static final List<Map.Entry<String, Object>> VALUES =
      List.of(
          Map.entry("bool", true),
          Map.entry("int2", (short) -5),
          Map.entry("int8", 9_007_199_254_740_993L),
          Map.entry("numeric", new BigDecimal("-1234.5600")),
          Map.entry("float8", 0.125),
          Map.entry("text", "d\u00E9j\u00E0 'vu' \\ $1 %s \uD83C\uDF37"),
          Map.entry("bytea", Bytes.ofHex("00ff27")),
          Map.entry("date", LocalDate.of(1999, 12, 31)),
          Map.entry("timestamptz", Instant.parse("2024-02-29T23:59:59.123456Z")),
          Map.entry("uuid", UUID.fromString("123e4567-e89b-12d3-a456-426614174000")),
          Map.entry("int4[]", Arrays.asList(1, null, 3)),
          Map.entry("text[]", List.of("a,b", "c\"d", "")));

  /// A value as both languages print it.
  private static String form(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case Bytes bytes -> bytes.hex();
      case List<?> list ->
          list.stream().map(PythonClientsTest::form).collect(Collectors.joining(",", "[", "]"));
      case Instant instant -> TIME.format(instant);
      case Double number -> String.format(Locale.ROOT, "%.6f", number);
      default -> value.toString();
    };
  }

  private void say(String name, @Nullable Object... values) {
    said.add(
        name
            + ": "
            + Arrays.stream(values).map(PythonClientsTest::form).collect(Collectors.joining(" ")));
  }

  private void refused(
      SqlConnection connection, String name, String sql, @Nullable Object... arguments)
      throws IOException {
    try {
      connection.execute(sql, arguments);
      say(name, "accepted");
    } catch (SqlException e) {
      say(name, e.sqlState());
    }
  }

  /// @param late whether a statement takes longer than the server allows
  private void run(String schema, boolean late) throws IOException {
    try (var connection = SqlConnection.connect(server.url())) {
      connection.execute("create schema " + schema);
      connection.execute("set search_path to " + schema);
      connection.execute("set timezone to 'UTC'");
      connection.execute(
          "create table account (id int4 primary key, owner text unique not null,"
              + " balance numeric(12,2) check (balance >= 0))");
      var owners = List.of("Ada", "B\u00F6rn", "'; drop table account; --");
      for (int i = 0; i < owners.size(); i++) {
        connection.execute("insert into account values ($1, $2, $3)", i, owners.get(i), 100);
      }
      for (var row : connection.query("select id, owner, balance from account order by id")) {
        say("account", row.toArray());
      }
      for (var each : VALUES) {
        var type = each.getKey();
        var sql = "select $1::%s, null::%s".formatted(type, type);
        say(type, connection.queryOne(sql, each.getValue()).toArray());
      }
      refuseMuch(connection);
      if (late) {
        refuseLate(connection);
      }
      transactions(connection);
      say(
          "balances",
          connection.queryValues(BigDecimal.class, "select balance from account order by id"));
      say(
          "sum",
          connection
              .queryOne("select sum(balance), count(*), avg(balance) from account")
              .toArray());
      notifications(connection);
      var numbers = connection.query("select n, n * n from generate_series(1, $1) n", 2_000);
      long sum = numbers.stream().mapToLong(row -> row.get(1, Integer.class)).sum();
      say("numbers", numbers.size(), sum);
      connection.execute("drop schema " + schema + " cascade");
    }
  }

  private void refuseMuch(SqlConnection connection) throws IOException {
    refused(connection, "unique", "insert into account values ($1, 'x', 0)", 1);
    refused(connection, "null", "insert into account values (7, null, 0)");
    refused(connection, "check", "update account set balance = $1", -1);
    refused(connection, "table", "select * from nothing_here");
    refused(connection, "syntax", "selekt 1");
    refused(connection, "zero", "select 1 / 0");
    refused(connection, "range", "select 40000::int2");
  }

  private void refuseLate(SqlConnection connection) throws IOException {
    connection.execute("set statement_timeout to 50");
    refused(connection, "late", "select pg_sleep(60)");
    connection.execute("set statement_timeout to 0");
  }

  private void transactions(SqlConnection connection) throws IOException {
    connection.transaction(outer -> {
      outer.execute("update account set balance = balance - 10 where id = $1", 0);
      try {
        outer.transaction(inner -> {
          inner.execute("update account set balance = 0");
          inner.execute("select 1 / 0");
        });
      } catch (SqlException e) {
        say("inner", e.sqlState());
      }
      outer.execute("update account set balance = balance + 10 where id = $1", 1);
    });
    try {
      connection.transaction(transaction -> {
        transaction.execute("delete from account");
        throw new IllegalStateException();
      });
    } catch (IllegalStateException e) {
      say("undone");
    }
  }

  private void notifications(SqlConnection connection) throws IOException {
    var news = Channel.<Notification>open(2);
    connection
        .unwrap(PostgresConnection.class)
        .onNotification(notification -> news.sender().trySend(notification));
    connection.execute("listen news");
    connection.execute("notify news, 'first'");
    connection.execute("select pg_notify($1, $2)", "news", "second");
    for (int i = 0; i < 2; i++) {
      var notification = news.receiver().receive();
      say("news", notification.channel(), notification.payload());
    }
    news.sender().close();
    news.receiver().close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"asyncpg", "aiopg"})
  @TulipTest(clock = Clock.REAL)
  void theSameResults(String client) throws Exception {
    var url =
        Objects.requireNonNull(PythonClientsTest.class.getResource("scenario.py"), "scenario.py");
    var program = Path.of(url.toURI()).toString();
    var theirs =
        Tulip.blocking(() ->
            RealProcess.run(
                server.folder(),
                Duration.ofSeconds(60),
                "/usr/bin/env",
                "PYTHONIOENCODING=UTF-8",
                "/usr/bin/python3",
                program,
                client,
                "" + server.port(),
                client));
    run("ours", client.equals("asyncpg"));
    assertTrue(said.size() >= 29, () -> "only " + said);
    assertEquals(theirs.strip(), String.join("\n", said).strip());
  }
}
