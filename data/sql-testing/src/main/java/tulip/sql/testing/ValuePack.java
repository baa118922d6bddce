// SPDX-License-Identifier: Apache-2.0
package tulip.sql.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tulip.bytes.Bytes;
import tulip.sql.Json;

/// Values of each type, there and back.
abstract class ValuePack extends QueryPack {
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  private <T> void roundTrip(Class<T> type, T... values) throws Exception {
    var name = typeOf(type);
    if (name == null) {
      return;
    }
    run(db -> {
      db.execute("drop table if exists tulip_value");
      db.execute("create table tulip_value (id integer primary key, v " + name + ")");
      var find = "select v from tulip_value where id = $1";
      for (int i = 0; i < values.length; i++) {
        db.execute("insert into tulip_value values ($1, $2)", i, values[i]);
        assertEquals(values[i], db.queryValue(type, find, i));
      }
      db.execute("insert into tulip_value values ($1, $2)", -1, null);
      assertNull(db.queryFirstValue(type, find, -1));
      db.execute("drop table tulip_value");
    });
  }

  @Test
  void truthValues() throws Exception {
    roundTrip(Boolean.class, true, false);
  }

  @Test
  void integers() throws Exception {
    roundTrip(Integer.class, 0, 1, -1, Integer.MIN_VALUE, Integer.MAX_VALUE);
    roundTrip(Long.class, 0L, 1L, -1L, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  @Test
  void floatingPoint() throws Exception {
    roundTrip(Double.class, 0.0, 0.1, -1e300, Double.MIN_VALUE, Double.MAX_VALUE);
  }

  @Test
  void decimals() throws Exception {
    roundTrip(
        BigDecimal.class,
        new BigDecimal("0.1000000000"),
        new BigDecimal("-12345678901234567890.0123456789"),
        new BigDecimal("99999999999999999999.9999999999"));
  }

  @Test
  void texts() throws Exception {
    roundTrip(String.class, "", " ", "'\"\\$1?;--\n\t", "žluťoučký", "漢字", "🌷", "x".repeat(1000));
  }

  @Test
  void bytes() throws Exception {
    roundTrip(Bytes.class, Bytes.EMPTY, Bytes.ofHex("00"), Bytes.ofHex("00ff80275c"));
  }

  @Test
  void uniqueIdentifiers() throws Exception {
    roundTrip(UUID.class, new UUID(0, 0), new UUID(-1, -1), new UUID(0x123456789abcL, 1));
  }

  @Test
  void dates() throws Exception {
    roundTrip(
        LocalDate.class,
        LocalDate.EPOCH,
        LocalDate.of(2000, 2, 29),
        LocalDate.of(1, 1, 1),
        LocalDate.of(9999, 12, 31));
  }

  @Test
  void timesOfDay() throws Exception {
    roundTrip(
        LocalTime.class,
        LocalTime.MIDNIGHT,
        LocalTime.of(12, 34, 56),
        LocalTime.of(23, 59, 59, 999_999_000));
  }

  @Test
  void datesWithTimes() throws Exception {
    roundTrip(
        LocalDateTime.class,
        LocalDateTime.of(1970, 1, 1, 0, 0),
        LocalDateTime.of(1950, 6, 7, 8, 9, 10, 123_456_000),
        LocalDateTime.of(2262, 4, 12, 23, 59, 59, 1_000));
  }

  @Test
  void pointsInTime() throws Exception {
    roundTrip(
        Instant.class,
        Instant.EPOCH,
        Instant.parse("1950-06-07T08:09:10.123456Z"),
        Instant.parse("2262-04-12T23:59:59.000001Z"));
  }

  @Test
  void json() throws Exception {
    roundTrip(Json.class, new Json("null"), new Json("{\"a\": [1, \"ü\", {}]}"), new Json("\"\""));
  }

  @Test
  void numbersOfOtherClassesAreTheSame() throws Exception {
    run(db -> {
      db.execute("drop table if exists tulip_value");
      db.execute("create table tulip_value (id integer primary key, n " + typeOf(Long.class) + ")");
      for (Number one : List.<Number>of((byte) 1, (short) 1, 1, 1L)) {
        db.execute("delete from tulip_value");
        db.execute("insert into tulip_value values ($1, $2)", one, one);
        var row = db.queryOne("select id, n from tulip_value");
        assertEquals(1, row.get("id", Integer.class));
        assertEquals((short) 1, row.get("n", Short.class));
        assertEquals(BigDecimal.ONE, row.get("n", BigDecimal.class));
      }
      db.execute("drop table tulip_value");
    });
  }
}
