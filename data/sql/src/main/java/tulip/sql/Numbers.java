// SPDX-License-Identifier: Apache-2.0
package tulip.sql;

import org.jspecify.annotations.Nullable;
import tulip.sql.spi.Decimals;

/// Numbers as other numbers, exactly: what does not fit throws [ArithmeticException]. Only floating
/// point may round.
final class Numbers {
  private Numbers() {}

  /// The number as another one; null if the value is no number, or the class none of these.
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
      case "Byte" -> Decimals.of(number).byteValueExact();
      case "Short" -> Decimals.of(number).shortValueExact();
      case "Integer" -> Decimals.of(number).intValueExact();
      case "Long" -> Decimals.of(number).longValueExact();
      case "Float" -> number.floatValue();
      case "Double" -> number.doubleValue();
      case "BigInteger" -> Decimals.of(number).toBigIntegerExact();
      case "BigDecimal" -> Decimals.of(number);
      default -> null;
    };
  }
}
