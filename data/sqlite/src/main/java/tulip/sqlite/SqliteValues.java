// SPDX-License-Identifier: Apache-2.0
package tulip.sqlite;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;
import tulip.sql.Json;
import tulip.sql.jdbc.ColumnReader;

/// SQLite keeps integers, floating point, texts and bytes. The rest is texts, which the declared
/// type of a column makes values again.
///
/// Points in time are in UTC and have microseconds always, so that their order is that of the
/// texts, and SQLite's own functions read them.
final class SqliteValues {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSS");

  private static final DateTimeFormatter DATE_TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);

  private SqliteValues() {}

  // Parameters.

  /// A parameter in the class that is kept; `null` if there is none for it.
  static @Nullable Object plain(Object value) {
    return switch (value) {
      case Boolean _, Byte _, Short _, Integer _, Long _, Double _, String _, byte[] _ -> value;
      case Float f -> f.doubleValue();
      case BigInteger integer -> number(new BigDecimal(integer));
      case BigDecimal decimal -> number(decimal);
      case Character c -> c.toString();
      case Enum<?> constant -> constant.name();
      case Bytes bytes -> bytes.toByteArray();
      case UUID _, LocalDate _, Json _ -> value.toString();
      case LocalTime time -> TIME.format(time);
      case LocalDateTime time -> DATE_TIME.format(time);
      case Instant time -> inUtc(time);
      case OffsetDateTime time -> inUtc(time.toInstant());
      case ZonedDateTime time -> inUtc(time.toInstant());
      default -> null;
    };
  }

  private static String inUtc(Instant time) {
    return DATE_TIME.format(time.atOffset(ZoneOffset.UTC)) + "Z";
  }

  /// An integer or floating point, if it is one; else a text, so that nothing is lost.
  private static Object number(BigDecimal decimal) {
    if (decimal.stripTrailingZeros().scale() <= 0
        && decimal.toBigInteger().bitLength() < Long.SIZE) {
      return decimal.longValue();
    }
    double nearest = decimal.doubleValue();
    boolean exact = Double.isFinite(nearest) && BigDecimal.valueOf(nearest).compareTo(decimal) == 0;
    return exact ? (Object) nearest : decimal.toPlainString();
  }

  // Columns.

  /// What reads a column of a declared type. What is not as declared, which SQLite allows, is read
  /// as it is.
  static ColumnReader reader(String type) {
    return switch (type.toLowerCase(Locale.ROOT).strip()) {
      case "boolean", "bool" -> (rows, column) -> truth(kept(rows.getObject(column)));
      case "date" -> text(LocalDate::parse);
      case "time" -> text(LocalTime::parse);
      case "timestamp", "datetime" -> text(text -> LocalDateTime.parse(withT(text)));
      case "timestamp with time zone", "timestamptz" -> text(SqliteValues::instant);
      case "uuid" -> text(UUID::fromString);
      case "json" -> (rows, column) -> json(kept(rows.getObject(column)));
      default -> (rows, column) -> kept(rows.getObject(column));
    };
  }

  /// As a value without a declared type.
  private static @Nullable Object kept(@Nullable Object value) {
    return switch (value) {
      case Integer number -> number.longValue();
      case byte[] bytes -> Bytes.copyOf(bytes);
      case null, default -> value;
    };
  }

  private static ColumnReader text(Function<String, Object> parser) {
    return (rows, column) -> {
      var value = kept(rows.getObject(column));
      try {
        return value instanceof String text ? parser.apply(text) : value;
      } catch (DateTimeException | IllegalArgumentException e) {
        return value;
      }
    };
  }

  private static @Nullable Object truth(@Nullable Object value) {
    return value instanceof Long number && (number == 0 || number == 1) ? number == 1 : value;
  }

  private static @Nullable Object json(@Nullable Object value) {
    return value == null || value instanceof Bytes ? value : new Json(value.toString());
  }

  private static String withT(String text) {
    return text.replace(' ', 'T');
  }

  /// What has no zone, such as `current_timestamp`, is in UTC.
  private static Instant instant(String text) {
    boolean hasZone = text.endsWith("Z") || text.lastIndexOf('+') > 0 || text.lastIndexOf('-') > 7;
    return OffsetDateTime.parse(withT(hasZone ? text : text + "Z")).toInstant();
  }
}
