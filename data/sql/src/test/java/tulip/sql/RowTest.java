// SPDX-License-Identifier: Apache-2.0
package tulip.sql;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tulip.bytes.Bytes;

/// Rows, and what becomes of their values.
class RowTest {
  private enum Mood {
    HAPPY,
    Sad
  }

  private enum Twins {
    TWIN,
    twin
  }

  private record Pair(int first, @Nullable Long second) {}

  @SuppressWarnings("ArrayRecordComponent") // programs have such records
  private record Deep(String userName, Pair pair, List<Pair> pairs, long[] numbers, Mood mood) {}

  private record Strict(int id) {
    @SuppressWarnings("UnusedMethod") // by reflection
    Strict {
      if (id < 0) {
        throw new IllegalArgumentException("negative");
      }
    }
  }

  private static Row row(@Nullable Object... namesAndValues) {
    int count = namesAndValues.length / 2;
    var columns = new Column[count];
    var values = new @Nullable Object[count];
    for (int i = 0; i < count; i++) {
      columns[i] = new Column(String.valueOf(namesAndValues[2 * i]), "type");
      values[i] = namesAndValues[2 * i + 1];
    }
    return Row.of(Columns.of(List.of(columns)), values);
  }

  private static <T> T convert(Object value, Class<T> type) {
    return row("c", value).get("c", type);
  }

  private static void refuse(Object value, Class<?> type) {
    assertThrows(ConversionException.class, () -> convert(value, type));
  }

  @Test
  void numbersBecomeOtherNumbersExactly() {
    assertEquals(7L, convert(7, Long.class));
    assertEquals(7, convert(7L, Integer.class));
    assertEquals((short) 7, convert(new BigDecimal("7.0"), Short.class));
    assertEquals((byte) 7, convert(7, Byte.class));
    assertEquals(BigInteger.TEN, convert(10, BigInteger.class));
    assertEquals(new BigDecimal("0.1"), convert(0.1, BigDecimal.class));
    assertEquals(new BigDecimal("0.1"), convert(0.1f, BigDecimal.class));
    assertEquals(7.0, convert(7, Double.class));
    assertEquals(7.5f, convert(new BigDecimal("7.5"), Float.class));
    assertEquals(7, convert(7, int.class));
    refuse(1L << 40, Integer.class);
    refuse(7.5, Integer.class);
    refuse(new BigDecimal("1e30"), Long.class);
    refuse(Double.NaN, BigDecimal.class);
    refuse("7", Integer.class);
  }

  @Test
  void truthIsOneAndZeroToo() {
    assertEquals(true, convert(1L, Boolean.class));
    assertEquals(false, convert(0, Boolean.class));
    refuse(2, Boolean.class);
    refuse("t", Boolean.class);
  }

  @Test
  void mostValuesHaveATextAndSomeTextsAreValues() {
    assertEquals("7", convert(7, String.class));
    assertEquals("true", convert(true, String.class));
    assertEquals("[1]", convert(new Json("[1]"), String.class));
    assertEquals("2000-01-01", convert(LocalDate.of(2000, 1, 1), String.class));
    refuse(Bytes.EMPTY, String.class);
    refuse(List.of(), String.class);
    var id = new UUID(1, 2);
    assertEquals(id, convert(id.toString(), UUID.class));
    refuse("no", UUID.class);
    assertEquals(new Json("1"), convert("1", Json.class));
    assertEquals('x', convert("x", Character.class));
    refuse("xy", Character.class);
    assertEquals(Mood.HAPPY, convert("HAPPY", Mood.class));
    assertEquals(Mood.HAPPY, convert("happy", Mood.class));
    assertEquals(Mood.Sad, convert("SAD", Mood.class));
    assertEquals(Twins.twin, convert("twin", Twins.class));
    refuse("Twin", Twins.class);
    refuse("bored", Mood.class);
    refuse(1, Mood.class);
  }

  @Test
  void pointsInTimeBecomeEachOther() {
    var instant = Instant.parse("2000-01-02T03:04:05Z");
    var offset = OffsetDateTime.ofInstant(instant, ZoneOffset.ofHours(2));
    assertEquals(
        offset.toInstant().atOffset(ZoneOffset.UTC), convert(instant, OffsetDateTime.class));
    assertEquals(instant.atZone(ZoneOffset.UTC), convert(instant, ZonedDateTime.class));
    assertEquals(instant, convert(offset, Instant.class));
    assertEquals(instant, convert(offset.toZonedDateTime(), Instant.class));
    assertEquals(offset.toZonedDateTime(), convert(offset, ZonedDateTime.class));
    assertEquals(offset, convert(offset.toZonedDateTime(), OffsetDateTime.class));
    assertEquals(instant, convert("2000-01-02 05:04:05+02:00", Instant.class));
    assertEquals(offset, convert("2000-01-02T05:04:05+02:00", OffsetDateTime.class));
    assertEquals(
        offset.toZonedDateTime(), convert("2000-01-02T05:04:05+02:00", ZonedDateTime.class));
    assertEquals(LocalDate.EPOCH, convert("1970-01-01", LocalDate.class));
    assertEquals(LocalTime.NOON, convert("12:00", LocalTime.class));
    assertEquals(
        LocalDateTime.of(2000, 1, 1, 12, 0), convert("2000-01-01 12:00:00", LocalDateTime.class));
    assertEquals(Duration.ofHours(1), convert("PT1H", Duration.class));
    refuse(instant, LocalDateTime.class);
    refuse(LocalDateTime.MIN, Instant.class);
    refuse("soon", Instant.class);
  }

  @Test
  void listsBecomeArrays() {
    assertArrayEquals(new int[] {1, 2}, convert(List.of(1L, 2L), int[].class));
    assertArrayEquals(new String[] {"a", null}, convert(Arrays.asList("a", null), String[].class));
    assertArrayEquals(
        new long[][] {{1}, {}}, convert(List.of(List.of(1), List.of()), long[][].class));
    refuse(Arrays.asList(1, null), int[].class);
    refuse("a", String[].class);
    assertArrayEquals(new byte[] {1}, convert(Bytes.ofHex("01"), byte[].class));
    assertEquals(Bytes.ofHex("01"), convert(new byte[] {1}, Bytes.class));
    assertEquals(List.of(1L, 2L), row("a", List.of(1, 2)).getList("a", Long.class));
    assertThrows(
        ConversionException.class, () -> row("a", Arrays.asList(1, null)).getList("a", Long.class));
  }

  @Test
  void rowsBecomeRecords() {
    var pair = row("first", 1, "second", null);
    assertEquals(new Pair(1, null), pair.to(Pair.class));
    var deep =
        row(
                "USER_NAME",
                "ada",
                "pair",
                pair,
                "pairs",
                List.of(pair, row("second", 5, "first", 4L)),
                "numbers",
                List.of(1, 2),
                "mood",
                "sad",
                "more",
                1)
            .to(Deep.class);
    assertEquals("ada", deep.userName());
    assertEquals(List.of(new Pair(1, null), new Pair(4, 5L)), deep.pairs());
    assertArrayEquals(new long[] {1, 2}, deep.numbers());
    assertEquals(Mood.Sad, deep.mood());
  }

  @Test
  void whatFitsNoRecordSaysWhy() {
    var missing = assertThrows(ConversionException.class, () -> row("a", 1).to(Pair.class));
    assertEquals("no column for Pair.first among [a]", missing.getMessage());
    var none = row("first", null, "second", 1);
    var isNull = assertThrows(ConversionException.class, () -> none.to(Pair.class));
    assertTrue(
        String.valueOf(isNull.getMessage()).contains("column first is NULL"), isNull.getMessage());
    var refused = assertThrows(ConversionException.class, () -> row("id", -1).to(Strict.class));
    assertTrue(String.valueOf(refused.getCause()).contains("negative"));
    var wrong = assertThrows(ConversionException.class, () -> row("id", "x").to(Strict.class));
    assertTrue(
        String.valueOf(wrong.getMessage())
            .contains("column id of type type is no int: x (String)"));
  }

  @Test
  void namesAreFoundWithoutRegardToCase() {
    var row = row("A", 1, "b", 2, "b", 3, "c", null);
    assertEquals(1, row.get("a"));
    assertEquals(2, row.get("B"));
    assertEquals(3, row.get(2));
    assertNull(row.find("c", String.class));
    assertThrows(ConversionException.class, () -> row.get("c", String.class));
    assertThrows(NoSuchElementException.class, () -> row.get("d"));
    assertEquals(
        Map.of("A", 1, "b", 2), Map.of("A", row.toMap().get("A"), "b", row.toMap().get("b")));
    assertEquals("{A=1, b=2, c=null}", row.toString());
  }

  @Test
  void rowsAreEqualIfTheirValuesAre() {
    assertEquals(row("a", 1, "b", null), row("x", 1, "y", null));
    assertEquals(row("a", 1).hashCode(), row("b", 1).hashCode());
    assertNotEquals(row("a", 1), row("a", 2));
    assertThrows(IllegalArgumentException.class, () -> Row.of(Columns.NONE, 1));
  }
}
