// SPDX-License-Identifier: Apache-2.0
package tulip.sql;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/// Numbers as other numbers, exactly: what does not fit throws [ArithmeticException]. Only floating
/// point may round.
final class Numbers {
  private Numbers() {}

  /// @return null if the value is no number, or the class none of these
  static @Nullable Object convert(Object value, Class<?> type) {
    if (value instanceof Long number && type == Integer.class) {
      return Math.toIntExact(number); // the usual ones, without a detour
    } else if (value instanceof Integer number && type == Long.class) {
      return number.longValue();
    }
    if (!(value instanceof Number number)) {
      return null;
    }
    return switch (type.getSimpleName()) {
      case "Byte" -> decimal(number).byteValueExact();
      case "Short" -> decimal(number).shortValueExact();
      case "Integer" -> decimal(number).intValueExact();
      case "Long" -> decimal(number).longValueExact();
      case "Float" -> number.floatValue();
      case "Double" -> number.doubleValue();
      case "BigInteger" -> decimal(number).toBigIntegerExact();
      case "BigDecimal" -> decimal(number);
      default -> null;
    };
  }

  private static BigDecimal decimal(Number number) {
    return switch (number) {
      case BigDecimal decimal -> decimal;
      case BigInteger integer -> new BigDecimal(integer);
      case Double d -> BigDecimal.valueOf(d);
      case Float f -> new BigDecimal(f.toString());
      default -> BigDecimal.valueOf(number.longValue());
    };
  }
}
