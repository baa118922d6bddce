// SPDX-License-Identifier: Apache-2.0
package tulip.sql.jdbc;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;
import tulip.sql.Json;

/// Readers for the types of JDBC.
final class ColumnReaders {
  static final ColumnReader JSON =
      (rows, column) -> {
        var text = rows.getString(column);
        return text == null ? null : new Json(text);
      };

  static final ColumnReader INSTANT =
      (rows, column) -> {
        var time = rows.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
      };

  /// Goes by the class that the driver gives.
  static final ColumnReader BY_CLASS =
      (rows, column) -> {
        var value = plain(rows.getObject(column));
        return value instanceof Strange ? rows.getString(column) : value;
      };

  /// A value of a class that nobody knows.
  private enum Strange {
    VALUE
  }

  private ColumnReaders() {}

  /// The reader for a type of the standard.
  ///
  /// @param column from 1
  static ColumnReader standard(ResultSetMetaData columns, int column) throws SQLException {
    boolean signed = columns.isSigned(column);
    return switch (columns.getColumnType(column)) {
      case Types.TINYINT, Types.SMALLINT ->
          orNull(signed ? ResultSet::getShort : ResultSet::getInt);
      case Types.INTEGER -> orNull(signed ? ResultSet::getInt : ResultSet::getLong);
      case Types.BIGINT -> signed ? orNull(ResultSet::getLong) : BY_CLASS;
      case Types.REAL -> orNull(ResultSet::getFloat);
      case Types.FLOAT, Types.DOUBLE -> orNull(ResultSet::getDouble);
      case Types.CHAR,
          Types.VARCHAR,
          Types.LONGVARCHAR,
          Types.NCHAR,
          Types.NVARCHAR,
          Types.LONGNVARCHAR,
          Types.CLOB,
          Types.NCLOB,
          Types.SQLXML ->
          ResultSet::getString;
      case Types.BLOB ->
          (rows, i) -> {
            var bytes = rows.getBytes(i);
            return bytes == null ? null : Bytes.copyOf(bytes);
          };
      case Types.DATE -> as(LocalDate.class);
      case Types.TIME -> as(LocalTime.class);
      case Types.TIMESTAMP -> as(LocalDateTime.class);
      case Types.TIME_WITH_TIMEZONE -> as(OffsetTime.class);
      case Types.TIMESTAMP_WITH_TIMEZONE -> INSTANT;
      default -> BY_CLASS;
    };
  }

  static ColumnReader as(Class<?> type) {
    return (rows, column) -> rows.getObject(column, type);
  }

  /// A reader that gives something for NULL too.
  private static ColumnReader orNull(ColumnReader primitive) {
    return (rows, column) -> {
      var value = primitive.read(rows, column);
      return rows.wasNull() ? null : value;
    };
  }

  /// What a driver gives, in the classes of `tulip.sql`.
  private static @Nullable Object plain(@Nullable Object value) throws SQLException {
    return switch (value) {
      case null -> null;
      case String _, Boolean _, UUID _, BigDecimal _, BigInteger _ -> value;
      case Byte _, Short _, Integer _, Long _, Float _, Double _ -> value;
      case LocalDate _, LocalTime _, LocalDateTime _, OffsetTime _, Instant _ -> value;
      case byte[] bytes -> Bytes.copyOf(bytes);
      case OffsetDateTime time -> time.toInstant();
      case ZonedDateTime time -> time.toInstant();
      case Date date -> date.toLocalDate();
      case Time time -> time.toLocalTime();
      case Timestamp time -> time.toLocalDateTime();
      case Clob clob -> clob.getSubString(1, Math.toIntExact(clob.length()));
      case Blob blob -> Bytes.copyOf(blob.getBytes(1, Math.toIntExact(blob.length())));
      case Array array -> array.getArray() instanceof Object[] all ? list(all) : Strange.VALUE;
      case Object[] all -> list(all);
      default -> Strange.VALUE;
    };
  }

  private static List<@Nullable Object> list(@Nullable Object[] elements) throws SQLException {
    var list = new ArrayList<@Nullable Object>(elements.length);
    for (var element : elements) {
      var value = plain(element);
      list.add(value instanceof Strange ? String.valueOf(element) : value);
    }
    return list;
  }
}
