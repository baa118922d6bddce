// SPDX-License-Identifier: Apache-2.0
package tulip.postgres.types;

import java.math.BigDecimal;
import java.math.RoundingMode;
import tulip.postgres.protocol.BackendReader;
import tulip.sql.spi.Decimals;

/// Truth values, whole numbers and floating point. Parameters may be any number that fits.
final class NumberCodecs {
  private static final int CENTS = 2;

  static final TypeCodec BOOL =
      TypeCodec.of(
          in -> in.takeByte() != 0,
          (value, out) -> out.putByte(Values.as(Boolean.class, value) ? 1 : 0));

  static final TypeCodec INT2 =
      TypeCodec.of(
          BackendReader::takeShort,
          (value, out) ->
              out.putShort((int) Values.integer(value, Short.MIN_VALUE, Short.MAX_VALUE)));

  static final TypeCodec INT4 =
      TypeCodec.of(
          BackendReader::takeInt,
          (value, out) ->
              out.putInt((int) Values.integer(value, Integer.MIN_VALUE, Integer.MAX_VALUE)));

  static final TypeCodec INT8 =
      TypeCodec.of(
          BackendReader::takeLong,
          (value, out) -> out.putLong(Values.integer(value, Long.MIN_VALUE, Long.MAX_VALUE)));

  /// Whole numbers from 0 to 2^32 - 1, as [Long].
  static final TypeCodec OID =
      TypeCodec.of(
          in -> Integer.toUnsignedLong(in.takeInt()),
          (value, out) -> out.putInt((int) Values.integer(value, 0, 0xFFFF_FFFFL)));

  static final TypeCodec FLOAT4 =
      TypeCodec.of(
          in -> Float.intBitsToFloat(in.takeInt()),
          (value, out) ->
              out.putInt(Float.floatToRawIntBits(Values.as(Number.class, value).floatValue())));

  static final TypeCodec FLOAT8 =
      TypeCodec.of(
          in -> Double.longBitsToDouble(in.takeLong()),
          (value, out) ->
              out.putLong(
                  Double.doubleToRawLongBits(Values.as(Number.class, value).doubleValue())));

  /// With two digits behind the point, as most currencies have.
  static final TypeCodec MONEY =
      TypeCodec.of(
          in -> BigDecimal.valueOf(in.takeLong(), CENTS),
          (value, out) -> out.putLong(cents(Values.as(Number.class, value))));

  private NumberCodecs() {}

  private static long cents(Number amount) {
    try {
      return Decimals.of(amount)
          .setScale(CENTS, RoundingMode.UNNECESSARY)
          .unscaledValue()
          .longValueExact();
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(amount + " is no amount of money with two digits", e);
    }
  }
}
