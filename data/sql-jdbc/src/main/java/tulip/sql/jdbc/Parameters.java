// SPDX-License-Identifier: Apache-2.0
package tulip.sql.jdbc;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;
import tulip.sql.Json;

/// Parameters in the classes of JDBC.
final class Parameters {
  /// What arrays of such elements are called.
  private static final Map<Class<?>, String> ELEMENT_TYPES =
      Map.of(
          Boolean.class, "boolean",
          Short.class, "smallint",
          Integer.class, "integer",
          Long.class, "bigint",
          Float.class, "real",
          Double.class, "float8",
          BigDecimal.class, "numeric",
          String.class, "varchar",
          UUID.class, "uuid",
          LocalDate.class, "date");

  private Parameters() {}

  /// Sets a parameter as the standard wants it.
  ///
  /// @param index from 1
  /// @throws IllegalArgumentException if no type is known for the class
  static void bind(PreparedStatement statement, int index, Object value) throws SQLException {
    switch (value) {
      case Boolean b -> statement.setBoolean(index, b);
      case Byte b -> statement.setShort(index, b);
      case Short s -> statement.setShort(index, s);
      case Integer i -> statement.setInt(index, i);
      case Long l -> statement.setLong(index, l);
      case Float f -> statement.setFloat(index, f);
      case Double d -> statement.setDouble(index, d);
      case BigDecimal d -> statement.setBigDecimal(index, d);
      case BigInteger i -> statement.setBigDecimal(index, new BigDecimal(i));
      case String s -> statement.setString(index, s);
      case Character c -> statement.setString(index, c.toString());
      case Enum<?> e -> statement.setString(index, e.name());
      case Json json -> statement.setString(index, json.text());
      case byte[] bytes -> statement.setBytes(index, bytes);
      case Bytes bytes -> statement.setBytes(index, bytes.toByteArray());
      case Instant time -> statement.setObject(index, time.atOffset(ZoneOffset.UTC));
      case ZonedDateTime time -> statement.setObject(index, time.toOffsetDateTime());
      case UUID _, LocalDate _, LocalTime _, LocalDateTime _ -> statement.setObject(index, value);
      case OffsetDateTime _, OffsetTime _ -> statement.setObject(index, value);
      case List<?> list -> bindArray(statement, index, list.toArray());
      case Object[] array -> bindArray(statement, index, array);
      default -> throw unknown(value, index);
    }
  }

  private static void bindArray(PreparedStatement statement, int index, @Nullable Object[] elements)
      throws SQLException {
    var present = Arrays.stream(elements).filter(Objects::nonNull).findFirst();
    var element = present.isPresent() ? present.get().getClass() : String.class;
    var type = ELEMENT_TYPES.get(element);
    if (type == null) {
      throw unknown(present.get(), index);
    }
    statement.setArray(index, statement.getConnection().createArrayOf(type, elements));
  }

  static IllegalArgumentException unknown(Object value, int index) {
    return new IllegalArgumentException(
        "argument " + index + " is a " + value.getClass().getName() + ", which is no SQL type");
  }
}
