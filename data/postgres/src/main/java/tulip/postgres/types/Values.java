// SPDX-License-Identifier: Apache-2.0
package tulip.postgres.types;

import tulip.sql.spi.Decimals;

/// Parameters as the classes that codecs want.
final class Values {
  private Values() {}

  /// @throws IllegalArgumentException if the value is of another class
  static <T> T as(Class<T> type, Object value) {
    if (!type.isInstance(value)) {
      throw unfit(value, type.getSimpleName());
    }
    return type.cast(value);
  }

  static IllegalArgumentException unfit(Object value, String wanted) {
    return new IllegalArgumentException(
        value + " (" + value.getClass().getSimpleName() + ") is no " + wanted);
  }

  /// A whole number within limits.
  static long integer(Object value, long min, long max) {
    long number =
        switch (value) {
          case Integer i -> i;
          case Long l -> l;
          case Short s -> s;
          case Byte b -> b;
          case Number other -> exact(other);
          default -> throw unfit(value, "whole number");
        };
    if (number < min || number > max) {
      throw new IllegalArgumentException(number + " is not within " + min + " to " + max);
    }
    return number;
  }

  private static long exact(Number number) {
    try {
      return Decimals.of(number).longValueExact();
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(number + " is no whole number of 64 bits", e);
    }
  }
}
