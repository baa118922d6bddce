// SPDX-License-Identifier: Apache-2.0
package tulip.sql.spi;

import java.math.BigDecimal;
import java.math.BigInteger;

/// Numbers of all classes as decimal ones, for drivers.
public final class Decimals {
  private Decimals() {}

  /// The number itself; floating point as it is printed, so that 0.1 is one tenth.
  ///
  /// @throws NumberFormatException if it is not finite
  public static BigDecimal of(Number number) {
    return switch (number) {
      case BigDecimal decimal -> decimal;
      case BigInteger integer -> new BigDecimal(integer);
      case Double d -> BigDecimal.valueOf(d);
      case Float f -> new BigDecimal(f.toString());
      default -> BigDecimal.valueOf(number.longValue());
    };
  }
}
