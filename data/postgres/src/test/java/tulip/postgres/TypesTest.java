// SPDX-License-Identifier: Apache-2.0
package tulip.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tulip.postgres.TypesTest.Sample.of;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;
import tulip.bytes.Bytes;
import tulip.postgres.types.BitString;
import tulip.postgres.types.Geometry;
import tulip.postgres.types.Geometry.Point;
import tulip.postgres.types.Inet;
import tulip.postgres.types.Interval;
import tulip.postgres.types.Lsn;
import tulip.postgres.types.Range;
import tulip.postgres.types.Tid;
import tulip.postgres.types.TypeCodec;
import tulip.sql.Json;
import tulip.sql.Row;
import tulip.testing.TulipTest;
import tulip.testing.TulipTest.Clock;

/// Values of all types, by a real server that prints and parses them too.
@TulipTest(clock = Clock.REAL)
@ExtendWith(SharedServer.class)
class TypesTest {
  /// @param type as SQL has it
  /// @param text as the server prints it
  /// @param value here
  record Sample(String type, String text, Object value) {
    static Sample of(String type, String text, Object value) {
      return new Sample(type, text, value);
    }
  }

  private static final String BIG = "12345678901234567890123456789012345678901234567890";

  private static List<Sample> numbers() {
    return List.of(
        of("bool", "t", true),
        of("bool", "f", false),
        of("int2", "-32768", Short.MIN_VALUE),
        of("int4", "2147483647", Integer.MAX_VALUE),
        of("int8", "-9223372036854775808", Long.MIN_VALUE),
        of("oid", "4294967295", 4_294_967_295L),
        of("xid", "7", 7L),
        of("xid8", "12345678901", 12_345_678_901L),
        of("float4", "1.5", 1.5f),
        of("float4", "NaN", Float.NaN),
        of("float8", "-0.1", -0.1),
        of("float8", "Infinity", Double.POSITIVE_INFINITY),
        of("numeric", "0", new BigDecimal("0")),
        of("numeric", "0.00", new BigDecimal("0.00")),
        of("numeric", "-1", new BigDecimal("-1")),
        of("numeric", "10000", new BigDecimal("10000")),
        of("numeric", "100000000", new BigDecimal("100000000")),
        of("numeric", "0.0001", new BigDecimal("0.0001")),
        of("numeric", "0.00001", new BigDecimal("0.00001")),
        of("numeric", "1234.56789", new BigDecimal("1234.56789")),
        of("numeric", "-0.1", new BigDecimal("-0.1")),
        of("numeric", BIG + "." + BIG, new BigDecimal(BIG + "." + BIG)),
        of("numeric", "-" + BIG + "0000", new BigDecimal("-" + BIG + "0000")),
        of("numeric", "NaN", Double.NaN),
        of("numeric", "-Infinity", Double.NEGATIVE_INFINITY),
        of("numeric(10,3)", "1.500", new BigDecimal("1.500")),
        of("money", "-$12.34", new BigDecimal("-12.34")));
  }

  private static List<Sample> texts() {
    return List.of(
        of("text", "a'b\\\"🌷\n", "a'b\\\"🌷\n"),
        of("text", "", ""),
        of("varchar(3)", "abc", "abc"),
        of("bpchar(3)", "a  ", "a  "),
        of("name", "n", "n"),
        of("\"char\"", "x", "x"),
        of("json", "{\"a\" : 1}", new Json("{\"a\" : 1}")),
        of("jsonb", "{\"a\": [1, null]}", new Json("{\"a\": [1, null]}")),
        of("jsonpath", "$.\"a\"[*]", "$.\"a\"[*]"),
        of("xml", "<a/>", "<a/>"),
        of("tsvector", "'a' 'b':1", "'a' 'b':1"),
        of("tsquery", "'a' & 'b'", "'a' & 'b'"),
        of("regclass", "pg_type", "pg_type"),
        of("regtype", "integer", "integer"),
        of("pg_snapshot", "10:20:10,14", "10:20:10,14"));
  }

  private static List<Sample> times() {
    var zone = ZoneOffset.ofHoursMinutes(5, 30);
    return List.of(
        of("date", "2000-02-29", LocalDate.of(2000, 2, 29)),
        of("date", "0044-03-15 BC", LocalDate.of(-43, 3, 15)),
        of("date", "infinity", LocalDate.MAX),
        of("date", "-infinity", LocalDate.MIN),
        of("time", "23:59:59.999999", LocalTime.of(23, 59, 59, 999_999_000)),
        of("timetz", "12:00:00+05:30", OffsetTime.of(12, 0, 0, 0, zone)),
        of(
            "timestamp",
            "1969-12-31 23:59:59.5",
            LocalDateTime.of(1969, 12, 31, 23, 59, 59, 500_000_000)),
        of("timestamp", "infinity", LocalDateTime.MAX),
        of(
            "timestamptz",
            "2001-02-03 13:05:06.000001+09",
            Instant.parse("2001-02-03T04:05:06.000001Z")),
        of("timestamptz", "-infinity", Instant.MIN),
        of("interval", "1 year 2 mons -3 days +04:05:06.5", new Interval(14, -3, 14_706_500_000L)),
        of("interval", "00:00:00", new Interval(0, 0, 0)));
  }

  private static List<Sample> others() throws IOException {
    return List.of(
        of("bytea", "\\x00ff5c", Bytes.ofHex("00ff5c")),
        of(
            "uuid",
            "123e4567-e89b-12d3-a456-426614174000",
            UUID.fromString("123e4567-e89b-12d3-a456-426614174000")),
        of("bit(3)", "101", new BitString("101")),
        of("varbit", "", new BitString("")),
        of("varbit", "1010101011", new BitString("1010101011")),
        of("pg_lsn", "16/B374D848", Lsn.parse("16/B374D848")),
        of("tid", "(42,7)", new Tid(42, 7)),
        of("inet", "192.0.2.1", Inet.of(InetAddress.ofLiteral("192.0.2.1"))),
        of("inet", "192.0.2.1/24", new Inet(InetAddress.ofLiteral("192.0.2.1"), 24)),
        of("inet", "::ffff:192.0.2.1", Inet.of(mapped())),
        of("cidr", "2001:db8::/32", new Inet(InetAddress.ofLiteral("2001:db8::"), 32)),
        of("macaddr", "08:00:2b:01:02:03", "08:00:2b:01:02:03"),
        of("macaddr8", "08:00:2b:01:02:03:04:05", "08:00:2b:01:02:03:04:05"),
        of("point", "(1.5,-2)", new Point(1.5, -2)),
        of("line", "{1,2,3}", new Geometry.Line(1, 2, 3)),
        of("lseg", "[(0,1),(2,3)]", new Geometry.Segment(new Point(0, 1), new Point(2, 3))),
        of("box", "(2,3),(0,1)", new Geometry.Box(new Point(2, 3), new Point(0, 1))),
        of(
            "path",
            "[(0,1),(2,3)]",
            new Geometry.Path(false, List.of(new Point(0, 1), new Point(2, 3)))),
        of("path", "((0,1))", new Geometry.Path(true, List.of(new Point(0, 1)))),
        of(
            "polygon",
            "((0,1),(2,3))",
            new Geometry.Polygon(List.of(new Point(0, 1), new Point(2, 3)))),
        of("circle", "<(1,2),3>", new Geometry.Circle(new Point(1, 2), 3)));
  }

  /// An address of IPv4 within IPv6.
  private static InetAddress mapped() throws IOException {
    var bytes = Bytes.ofHex("00000000000000000000ffffc0000201").toByteArray();
    return Inet6Address.getByAddress(null, bytes, -1);
  }

  private static List<Sample> made() {
    var dates = Range.of(LocalDate.of(2000, 1, 1), LocalDate.of(2000, 1, 5));
    return List.of(
        of("int4[]", "{}", List.of()),
        of("int4[]", "{1,NULL,3}", Arrays.asList(1, null, 3)),
        of("int4[]", "{{1,2},{3,4}}", List.of(List.of(1, 2), List.of(3, 4))),
        of("text[]", "{a,\"b,c\",\"\"}", List.of("a", "b,c", "")),
        of("numeric[]", "{1.5}", List.of(new BigDecimal("1.5"))),
        of("bytea[]", "{\"\\\\x01\"}", List.of(Bytes.ofHex("01"))),
        of("point[]", "{\"(1,2)\"}", List.of(new Point(1, 2))),
        of("int4range", "[1,5)", Range.of(1, 5)),
        of("int4range", "(,5)", Range.of(null, 5)),
        of("int4range", "empty", Range.empty()),
        of("numrange", "[1.5,2.5]", Range.closed(new BigDecimal("1.5"), new BigDecimal("2.5"))),
        of("daterange", "[2000-01-01,2000-01-05)", dates),
        of("tsrange", "(,)", Range.of(null, null)),
        of("int8multirange", "{[1,3),[5,7)}", List.of(Range.of(1L, 3L), Range.of(5L, 7L))),
        of("int4multirange", "{}", List.of()),
        of("int4range[]", "{\"[1,5)\"}", List.of(Range.of(1, 5))));
  }

  private static void check(PostgresConnection connection, Sample sample) throws IOException {
    var type = sample.type();
    var read = value(connection, "select %s::%s".formatted(literal(sample.text()), type));
    assertEquals(sample.value(), read, () -> "read " + sample);
    var written = value(connection, "select $1::" + type, sample.value());
    assertEquals(sample.value(), written, () -> "written and read " + sample);
    var printed = value(connection, "select format('%s', $1::" + type + ")", sample.value());
    assertEquals(sample.text(), printed, () -> "printed " + sample);
    assertNull(value(connection, "select $1::" + type, (Object) null));
    if (!type.endsWith("[]") && !type.contains("\"")) {
      var list = Arrays.asList(sample.value(), null);
      assertEquals(
          list, value(connection, "select $1::" + type + "[]", list), () -> "array of " + sample);
    }
  }

  private static @Nullable Object value(
      PostgresConnection connection, String sql, @Nullable Object... arguments) throws IOException {
    return connection.execute(sql, arguments).rows().getFirst().get(0);
  }

  private static String literal(String text) {
    return "E'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
  }

  private static void checkAll(List<Sample> samples) throws IOException {
    try (var connection = SharedServer.connect()) {
      for (var sample : samples) {
        check(connection, sample);
      }
    }
  }

  @TulipTest
  void numbersAreWhatTheServerPrints() throws IOException {
    checkAll(numbers());
  }

  @TulipTest
  void textsAreWhatTheServerPrints() throws IOException {
    var samples = new ArrayList<>(texts());
    samples.removeIf(sample ->
        List.of("tsvector", "tsquery", "regclass", "regtype", "pg_snapshot")
            .contains(sample.type()));
    checkAll(samples);
    try (var connection = SharedServer.connect()) {
      for (var sample : texts()) { // those that are printed have no arrays here
        var read =
            value(connection, "select %s::%s".formatted(literal(sample.text()), sample.type()));
        assertEquals(sample.value(), read);
        assertEquals(
            sample.value(), value(connection, "select $1::" + sample.type(), sample.value()));
      }
    }
  }

  @TulipTest
  void timesAreWhatTheServerPrints() throws IOException {
    checkAll(times());
  }

  @TulipTest
  void othersAreWhatTheServerPrints() throws IOException {
    checkAll(others());
  }

  @TulipTest
  void arraysAndRangesAreWhatTheServerPrints() throws IOException {
    checkAll(made());
  }

  @TulipTest
  void parametersMayBeOfOtherClasses() throws IOException {
    try (var connection = SharedServer.connect()) {
      assertEquals(5, value(connection, "select $1::int4", 5L));
      assertEquals(5, value(connection, "select $1::int4", new BigDecimal("5.0")));
      assertEquals(5L, value(connection, "select $1::int8", (short) 5));
      assertEquals(new BigDecimal("0.1"), value(connection, "select $1::numeric", 0.1));
      assertEquals(
          new BigDecimal("7"), value(connection, "select $1::numeric", BigInteger.valueOf(7)));
      assertEquals(Bytes.ofHex("0102"), value(connection, "select $1::bytea", new byte[] {1, 2}));
      assertEquals(List.of(1, 2), value(connection, "select $1::int4[]", new int[] {1, 2}));
      assertEquals(
          List.of("a"), value(connection, "select $1::text[]", (Object) new String[] {"a"}));
      var instant = Instant.parse("2020-01-01T00:00:00Z");
      var offset = OffsetDateTime.ofInstant(instant, ZoneOffset.ofHours(3));
      assertEquals(instant, value(connection, "select $1::timestamptz", offset));
      assertEquals(instant, value(connection, "select $1::timestamptz", offset.toZonedDateTime()));
      assertEquals(
          new Interval(0, 0, 1_500_000),
          value(connection, "select $1::interval", Duration.ofMillis(1500)));
      assertEquals(
          new Interval(13, 2, 0), value(connection, "select $1::interval", Period.of(1, 1, 2)));
      var host = InetAddress.ofLiteral("::1");
      assertEquals(Inet.of(host), value(connection, "select $1::inet", host));
      assertEquals(new Json("[1]"), value(connection, "select $1::jsonb", "[1]"));
      assertEquals("x", value(connection, "select $1::text", 'x'));
    }
  }

  @TulipTest
  void whatDoesNotFitIsRefusedAndNotSent() throws IOException {
    try (var connection = SharedServer.connect()) {
      var wrong = new HashMap<String, Object>();
      wrong.put("int2", 40_000);
      wrong.put("int4", 1.5);
      wrong.put("int8", "5");
      wrong.put("text", 5);
      wrong.put("bool", 1);
      wrong.put("uuid", "no");
      wrong.put("date", Instant.now());
      wrong.put("timestamptz", LocalDateTime.MIN);
      wrong.put("int4[]", List.of(List.of(1), List.of(1, 2)));
      wrong.put("point", "(1,2)");
      wrong.put("bytea", "text");
      wrong.put("interval", "1 day");
      wrong.put("money", 0.001);
      wrong.forEach((type, value) -> {
        var refusal =
            assertThrows(
                IllegalArgumentException.class,
                () -> value(connection, "select $1::" + type, value));
        assertTrue(
            String.valueOf(refusal.getMessage()).startsWith("$1 is of type "),
            refusal.getMessage());
      });
      assertThrows(
          IllegalArgumentException.class, () -> value(connection, "select $1::text", "a\0b"));
      assertEquals(1, value(connection, "select 1"));
    }
  }

  private enum Mood {
    SAD,
    HAPPY
  }

  private record Place(String street, @Nullable Integer number) {}

  @SuppressWarnings("ArrayRecordComponent") // programs have such records
  private record Home(int id, Place place, List<Mood> moods, int[] numbers) {}

  @TulipTest
  void typesThatUsersMakeAreLearnt() throws IOException {
    try (var connection = SharedServer.connect()) {
      connection.executeScript(
          "drop schema if exists types_test cascade; create schema types_test;"
              + "create type types_test.mood as enum ('sad', 'happy');"
              + "create type types_test.place as (street text, number int4);"
              + "create domain types_test.positive as int4 check (value > 0);"
              + "create type types_test.deep as (id types_test.positive, places types_test.place[]);"
              + "create type types_test.moods as range (subtype = types_test.mood);"
              + "create table types_test.home (id types_test.positive, place types_test.place,"
              + " moods types_test.mood[], numbers types_test.positive[])");
      var place = new Place("Elm", 7);
      connection.execute(
          "insert into types_test.home values ($1, $2, $3, $4)",
          1,
          place,
          List.of(Mood.HAPPY, Mood.SAD),
          List.of(3, 4));
      var row = connection.execute("select * from types_test.home").rows().getFirst();
      assertEquals(List.of("happy", "sad"), row.get("moods"));
      assertEquals("Elm", assertInstanceOf(Row.class, row.get("place")).get("street"));
      var home = row.to(Home.class);
      assertEquals(place, home.place());
      assertEquals(List.of(Mood.HAPPY, Mood.SAD), home.moods());
      assertEquals(List.of(3, 4), Arrays.stream(home.numbers()).boxed().toList());
      var deep = List.of(5, List.of(place, Arrays.asList("Oak", null)));
      var read = assertInstanceOf(Row.class, value(connection, "select $1::types_test.deep", deep));
      assertEquals(5, read.get("id"));
      assertEquals(List.of(place, new Place("Oak", null)), read.getList("places", Place.class));
      assertEquals(
          Range.closed("sad", "happy"),
          value(connection, "select '[sad,happy]'::types_test.moods"));
      assertEquals(
          List.of(Range.closed("sad", "sad")),
          value(
              connection,
              "select types_test.%s(types_test.moods('sad', 'sad', '[]'))"
                  .formatted(multirangeName(connection))));
      var record = assertInstanceOf(Row.class, value(connection, "select row(1, 'a', null)"));
      assertEquals(Arrays.asList(1, "a", null), Arrays.asList(record.toArray()));
      assertEquals(List.of("f1", "f2", "f3"), record.columns().names());
    }
  }

  private static String multirangeName(PostgresConnection connection) throws IOException {
    return String.valueOf(
        value(
            connection,
            "select t.typname::text from pg_range r join pg_type t on t.oid = r.rngmultitypid"
                + " where r.rngtypid = 'types_test.moods'::regtype"));
  }

  @TulipTest
  void extensionsAreLearnt() throws IOException {
    try (var connection = SharedServer.connect()) {
      connection.executeScript(
          "create extension if not exists hstore; create extension if not exists citext;"
              + "create extension if not exists ltree");
      var map = new HashMap<String, @Nullable String>(Map.of("a", "1", "b", ""));
      map.put("c", null);
      assertEquals(map, value(connection, "select 'a=>1, b=>\"\", c=>NULL'::hstore"));
      assertEquals(map, value(connection, "select $1::hstore", map));
      assertEquals(List.of(map), value(connection, "select array[$1::hstore]", map));
      assertEquals("Ab", value(connection, "select $1::citext", "Ab"));
      assertEquals("a.b", value(connection, "select $1::ltree", "a.b"));
    }
  }

  @TulipTest
  void customCodecsReplaceTheUsualOnes() throws IOException {
    var codec =
        TypeCodec.of(
            in -> List.of(in.takeText()),
            (value, out) -> out.putUtf8(value.toString().toUpperCase(Locale.ROOT)));
    var options = SharedServer.options().withCodec("json", codec).withCodec("codec_test", codec);
    try (var connection = new PostgresConnector(options).connect()) {
      assertEquals(List.of("[1]"), value(connection, "select '[1]'::json"));
      assertEquals(List.of(List.of("[2]")), value(connection, "select '{[2]}'::json[]"));
      connection.executeScript(
          "drop domain if exists codec_test; create domain codec_test as text");
      assertEquals("{ABC}", value(connection, "select $1::codec_test[]::text", List.of("abc")));
    }
  }

  /// Whatever the number is, the server prints it as Java does.
  @TulipTest
  void randomNumbersAreWhatTheServerPrints() throws IOException {
    var random = new Random(7);
    try (var connection = SharedServer.connect()) {
      var numbers = new ArrayList<BigDecimal>();
      for (int i = 0; i < 2_000; i++) {
        var digits = new BigInteger(random.nextInt(1, 200), random);
        numbers.add(
            new BigDecimal(random.nextBoolean() ? digits : digits.negate(), random.nextInt(60)));
      }
      assertEquals(numbers, value(connection, "select $1::numeric[]", numbers));
      assertEquals(
          numbers.stream().map(BigDecimal::toPlainString).toList(),
          value(connection, "select $1::numeric[]::text[]", numbers));
    }
  }
}
