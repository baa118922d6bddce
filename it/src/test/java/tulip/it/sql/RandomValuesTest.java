// SPDX-License-Identifier: Apache-2.0
package tulip.it.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import tulip.bytes.Bytes;
import tulip.core.Tulip;
import tulip.net.testing.RealProcess;
import tulip.postgres.PostgresConnection;
import tulip.postgres.PostgresConnector;
import tulip.postgres.PostgresOptions;
import tulip.postgres.testing.PostgresPrograms;
import tulip.postgres.testing.PostgresServer;
import tulip.postgres.types.BitString;
import tulip.postgres.types.Inet;
import tulip.postgres.types.Lsn;
import tulip.sql.Row;
import tulip.testing.TulipTest;
import tulip.testing.TulipTest.Clock;

/// Whatever values are written, they are read as they were: by us in the binary format, by us after
/// the server has printed and parsed them, by `psql`, and by pgjdbc.
@TulipTest(clock = Clock.REAL)
class RandomValuesTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int ROWS = 150;

  /// A column.
  ///
  /// @param type as SQL has it
  /// @param make makes a value
  /// @param parse makes it of what `psql` prints; `null` if that is not tried
  /// @param read makes it of what pgjdbc reads; `null` if that is not tried
  private record Kind(
      String type,
      Function<RandomValues, ?> make,
      @Nullable Function<String, ?> parse,
      @Nullable Reading read) {
    static Kind of(String type, Function<RandomValues, ?> make) {
      return new Kind(type, make, null, null);
    }

    Kind parsed(Function<String, ?> parse) {
      return new Kind(type, make, parse, read);
    }

    Kind read(Reading read) {
      return new Kind(type, make, parse, read);
    }

    /// As pgjdbc reads it without being told a class.
    Kind readAsIs() {
      return read(ResultSet::getObject);
    }
  }

  /// Reads a value that is not NULL.
  private interface Reading {
    Object read(ResultSet rows, int column) throws SQLException;
  }

  private static List<Kind> kinds() {
    return List.of(
        Kind.of("bool", RandomValues::bool).parsed("t"::equals).readAsIs(),
        Kind.of("int2", RandomValues::int2).parsed(Short::valueOf).read(ResultSet::getShort),
        Kind.of("int4", RandomValues::int4).parsed(Integer::valueOf).readAsIs(),
        Kind.of("int8", RandomValues::int8).parsed(Long::valueOf).readAsIs(),
        Kind.of("float4", RandomValues::float4).parsed(Float::valueOf).readAsIs(),
        Kind.of("float8", RandomValues::float8).parsed(Double::valueOf).readAsIs(),
        Kind.of("numeric", RandomValues::numeric)
            .parsed(RandomValuesTest::numeric)
            .read((rows, i) -> numeric(rows.getString(i))),
        Kind.of("text", RandomValues::text).parsed(Function.identity()).readAsIs(),
        Kind.of("bytea", RandomValues::bytes)
            .parsed(text -> Bytes.ofHex(text.substring(2)))
            .read((rows, i) -> Bytes.wrap(rows.getBytes(i))),
        Kind.of("uuid", RandomValues::uuid).parsed(UUID::fromString).readAsIs(),
        Kind.of("date", RandomValues::date)
            .parsed(RandomValuesTest::date)
            .read((rows, i) -> rows.getObject(i, LocalDate.class)),
        Kind.of("time", RandomValues::time)
            .parsed(LocalTime::parse)
            .read((rows, i) -> rows.getObject(i, LocalTime.class)),
        Kind.of("timetz", RandomValues::timeWithOffset),
        Kind.of("timestamp", RandomValues::timestamp)
            .parsed(RandomValuesTest::timestamp)
            .read((rows, i) -> rows.getObject(i, LocalDateTime.class)),
        Kind.of("timestamptz", RandomValues::instant)
            .parsed(RandomValuesTest::instant)
            .read((rows, i) -> instant(rows.getObject(i, OffsetDateTime.class))),
        Kind.of("interval", RandomValues::interval),
        Kind.of("inet", RandomValues::inet)
            .parsed(RandomValuesTest::inet)
            .read((rows, i) -> inet(rows.getString(i))),
        Kind.of("varbit", RandomValues::bits)
            .parsed(BitString::new)
            .read((rows, i) -> new BitString(rows.getString(i))),
        Kind.of("pg_lsn", RandomValues::lsn)
            .parsed(Lsn::parse)
            .read((rows, i) -> Lsn.parse(rows.getString(i))),
        Kind.of("tid", RandomValues::tid),
        Kind.of("point", RandomValues::point),
        Kind.of("path", RandomValues::path),
        Kind.of("bool[]", values -> values.list(values::bool)),
        Kind.of("int8[]", values -> values.list(values::int8))
            .parsed(RandomValuesTest::longs)
            .read((rows, i) -> Arrays.asList((Object[]) rows.getArray(i).getArray())),
        Kind.of("text[]", values -> values.list(values::text))
            .read((rows, i) -> Arrays.asList((Object[]) rows.getArray(i).getArray())),
        Kind.of("numeric[]", values -> values.table(values::numeric)),
        Kind.of("date[]", values -> values.list(values::date)),
        Kind.of("timestamptz[]", values -> values.list(values::instant)),
        Kind.of("interval[]", values -> values.list(values::interval)),
        Kind.of("bytea[]", values -> values.table(values::bytes)),
        Kind.of("int4range", RandomValues::integers),
        Kind.of("numrange", RandomValues::decimals),
        Kind.of("int4range[]", values -> values.list(values::integers)),
        Kind.of("int4multirange", RandomValues::multirange),
        Kind.of("random_fields", RandomValues::fields),
        Kind.of("random_fields[]", values -> values.list(values::fields)));
  }

  // What psql prints.

  private static Object numeric(String text) {
    return switch (text) {
      case "NaN", "Infinity", "-Infinity" -> Double.valueOf(text);
      default -> new BigDecimal(text);
    };
  }

  private static LocalDate date(String text) {
    return switch (text) {
      case "infinity" -> LocalDate.MAX;
      case "-infinity" -> LocalDate.MIN;
      default -> {
        boolean before = text.endsWith(" BC");
        var fields = text.replace(" BC", "").split("-", -1);
        int year = Integer.parseInt(fields[0]);
        yield LocalDate.of(
            before ? 1 - year : year, Integer.parseInt(fields[1]), Integer.parseInt(fields[2]));
      }
    };
  }

  private static LocalDateTime timestamp(String text) {
    return switch (text) {
      case "infinity" -> LocalDateTime.MAX;
      case "-infinity" -> LocalDateTime.MIN;
      default -> {
        boolean before = text.endsWith(" BC");
        var fields = text.replace(" BC", "").split(" ", -1);
        yield date(fields[0] + (before ? " BC" : "")).atTime(LocalTime.parse(fields[1]));
      }
    };
  }

  private static Instant instant(String text) {
    return switch (text) {
      case "infinity" -> Instant.MAX;
      case "-infinity" -> Instant.MIN;
      default -> timestamp(text.replace("+00", "")).toInstant(ZoneOffset.UTC);
    };
  }

  private static Instant instant(OffsetDateTime time) {
    if (time.equals(OffsetDateTime.MAX)) {
      return Instant.MAX;
    }
    return time.equals(OffsetDateTime.MIN) ? Instant.MIN : time.toInstant();
  }

  private static Inet inet(String text) {
    var fields = text.split("/", -1);
    var address = InetAddress.ofLiteral(fields[0]);
    return fields.length == 1 ? Inet.of(address) : new Inet(address, Integer.parseInt(fields[1]));
  }

  private static List<@Nullable Long> longs(String text) {
    var list = new ArrayList<@Nullable Long>();
    for (var element : text.substring(1, text.length() - 1).split(",", -1)) {
      if (!element.isEmpty()) {
        list.add(element.equals("NULL") ? null : Long.valueOf(element));
      }
    }
    return list;
  }

  // The test.

  private final List<Kind> kinds = kinds();

  /// The columns, each as something.
  private String columns(Function<Kind, String> form) {
    return IntStream.range(0, kinds.size())
        .mapToObj(i -> form.apply(kinds.get(i)).replace("COLUMN", "c" + i))
        .collect(Collectors.joining(", "));
  }

  private List<List<@Nullable Object>> make(long seed, int count) {
    var values = new RandomValues(seed);
    var rows = new ArrayList<List<@Nullable Object>>();
    for (int row = 0; row < count; row++) {
      var made = new ArrayList<@Nullable Object>();
      for (var kind : kinds) {
        made.add(values.orNull(() -> kind.make().apply(values)));
      }
      rows.add(made);
    }
    return rows;
  }

  private void check(PostgresServer server, long seed, int count) throws Exception {
    try (var connection = new PostgresConnector(PostgresOptions.parse(server.url())).connect()) {
      connection.executeScript(
          "drop table if exists random_values; drop type if exists random_fields;"
              + "create type random_fields as (a int4, b text, c text[]);"
              + "create table random_values (row int4 primary key, "
              + columns(kind -> "COLUMN " + kind.type())
              + ")");
      var rows = make(seed, count);
      insert(connection, rows);
      var order = " from random_values order by row";
      compare(rows, read(connection, "select " + columns(_ -> "COLUMN") + order), "read");
      var printed = "COLUMN::text::";
      compare(
          rows,
          read(connection, "select " + columns(kind -> printed + kind.type()) + order),
          "printed and parsed by the server");
      compareParsed(
          rows, Tulip.blocking(() -> psql(server, "select " + columns(_ -> "COLUMN") + order)));
      compareRead(server, rows, "select " + columns(_ -> "COLUMN") + order);
    }
  }

  private void insert(PostgresConnection connection, List<List<@Nullable Object>> rows)
      throws IOException {
    var parameters =
        IntStream.rangeClosed(1, kinds.size() + 1)
            .mapToObj(i -> "$" + i)
            .collect(Collectors.joining(", "));
    var numbered = new ArrayList<@Nullable Object[]>();
    for (int i = 0; i < rows.size(); i++) {
      var row = new ArrayList<>(rows.get(i));
      row.addFirst(i);
      numbered.add(row.toArray());
    }
    connection.executeMany("insert into random_values values (" + parameters + ")", numbered);
  }

  private static List<List<@Nullable Object>> read(PostgresConnection connection, String sql)
      throws IOException {
    var rows = new ArrayList<List<@Nullable Object>>();
    for (var row : connection.execute(sql).rows()) {
      var values = new ArrayList<@Nullable Object>();
      for (int i = 0; i < row.size(); i++) {
        values.add(plain(row.get(i)));
      }
      rows.add(values);
    }
    return rows;
  }

  /// Rows within rows as lists, which is what they were written as.
  private static @Nullable Object plain(@Nullable Object value) {
    return switch (value) {
      case Row row -> plain(Arrays.asList(row.toArray()));
      case List<?> list -> {
        var all = new ArrayList<@Nullable Object>();
        list.forEach(each -> all.add(plain(each)));
        yield all;
      }
      case null, default -> value;
    };
  }

  private void compare(
      List<List<@Nullable Object>> rows, List<List<@Nullable Object>> found, String how) {
    assertEquals(rows.size(), found.size());
    for (int row = 0; row < rows.size(); row++) {
      for (int i = 0; i < kinds.size(); i++) {
        var type = kinds.get(i).type();
        assertEquals(rows.get(row).get(i), found.get(row).get(i), () -> how + ": " + type);
      }
    }
  }

  /// The values that psql prints, row by row.
  private static List<String> psql(PostgresServer server, String query) throws IOException {
    var output =
        RealProcess.run(
            server.folder(),
            LIMIT,
            "/usr/bin/env",
            "PGTZ=UTC",
            "PGCLIENTENCODING=UTF8",
            "psql",
            server.url(),
            "-XAtz0",
            "-P",
            "null=<null>",
            "-c",
            query);
    var values = new ArrayList<>(List.of(output.split("\0", -1)));
    if (values.getLast().isEmpty()) {
      values.removeLast();
    }
    return values;
  }

  private void compareParsed(List<List<@Nullable Object>> rows, List<String> printed) {
    assertEquals(rows.size() * kinds.size(), printed.size());
    for (int row = 0; row < rows.size(); row++) {
      for (int i = 0; i < kinds.size(); i++) {
        var parse = kinds.get(i).parse();
        if (parse != null) {
          var text = printed.get(row * kinds.size() + i);
          var type = kinds.get(i).type();
          assertEquals(
              rows.get(row).get(i),
              text.equals("<null>") ? null : parse.apply(text),
              () -> "printed by psql: " + type + " " + text);
        }
      }
    }
  }

  private void compareRead(PostgresServer server, List<List<@Nullable Object>> rows, String query)
      throws SQLException {
    var url =
        "jdbc:postgresql://127.0.0.1:" + server.port() + "/postgres?user=test&sslmode=disable";
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.prepareStatement(query);
        var found = statement.executeQuery()) {
      for (var row : rows) {
        found.next();
        for (int i = 0; i < kinds.size(); i++) {
          var read = kinds.get(i).read();
          if (read != null) {
            var type = kinds.get(i).type();
            @Nullable Object value =
                found.getObject(i + 1) == null ? null : read.read(found, i + 1);
            assertEquals(row.get(i), value, () -> "read by pgjdbc: " + type);
          }
        }
      }
    }
  }

  @TulipTest
  void allReadTheSame() throws Exception {
    try (var server = PostgresServer.start()) {
      check(server, 20_261_123, ROWS);
    }
  }

  @TulipTest
  void allReadTheSameFromANewerServer() throws Exception {
    try (var programs = PostgresPrograms.embedded();
        var server = PostgresServer.start(programs)) {
      check(server, 20_261_124, ROWS);
    }
  }

  @TulipTest
  @Tag("long")
  void allReadTheSameForLong() throws Exception {
    try (var server = PostgresServer.start()) {
      for (int seed = 0; seed < 50; seed++) {
        check(server, seed, 10 * ROWS);
      }
    }
  }
}
