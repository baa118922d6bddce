// SPDX-License-Identifier: Apache-2.0
package tulip.postgres.types;

import java.math.BigDecimal;
import java.math.BigInteger;
import tulip.bytes.ByteWriter;
import tulip.postgres.protocol.BackendReader;
import tulip.postgres.protocol.PostgresFormatException;
import tulip.sql.spi.Decimals;

/// `numeric`: as [BigDecimal], with as many digits behind the point as the database has. What is no
/// number there, NaN and the infinities, is a [Double].
///
/// On the wire: how many groups of four decimal digits there are, how many of them but one stand
/// before the point, the sign, the digits to show behind the point, and the groups, of which zeros
/// at the end are left out.
final class NumericCodec implements TypeCodec {
  private static final int NEGATIVE = 0x4000;
  private static final int NAN = 0xC000;
  private static final int INFINITY = 0xD000;
  private static final int MINUS_INFINITY = 0xF000;
  private static final int GROUP = 4;
  private static final int BASE = 10_000;

  /// So many groups fit into a long.
  private static final int SMALL = 4;

  private static final int MAX_SCALE = 16_383;
  private static final int MAX_DIGITS = 131_072;

  @Override
  public Object decode(BackendReader in) throws PostgresFormatException {
    int groups = in.checkCount(in.takeUnsignedShort(), 0);
    int weight = in.takeShort();
    int sign = in.takeUnsignedShort();
    int scale = in.takeUnsignedShort();
    in.checkCount(groups, 2);
    return switch (sign) {
      case 0, NEGATIVE -> decimal(in, groups, weight, sign).setScale(scale);
      case NAN -> Double.NaN;
      case INFINITY -> Double.POSITIVE_INFINITY;
      case MINUS_INFINITY -> Double.NEGATIVE_INFINITY;
      default -> throw new PostgresFormatException("a numeric with the sign " + sign);
    };
  }

  private static BigDecimal decimal(BackendReader in, int groups, int weight, int sign)
      throws PostgresFormatException {
    int scale = GROUP * (groups - 1 - weight);
    if (groups <= SMALL) {
      long digits = 0;
      for (int i = 0; i < groups; i++) {
        digits = digits * BASE + in.takeUnsignedShort();
      }
      return new BigDecimal(BigInteger.valueOf(sign == 0 ? digits : -digits), scale);
    }
    var text = new StringBuilder(1 + GROUP * groups).append(sign == 0 ? "" : "-");
    for (int i = 0; i < groups; i++) {
      int group = in.takeUnsignedShort();
      for (int power = BASE / 10; power > 0; power /= 10) {
        text.append((char) ('0' + group / power % 10));
      }
    }
    return new BigDecimal(new BigInteger(text.toString()), scale);
  }

  @Override
  public void encode(Object value, ByteWriter out) {
    var number = Values.as(Number.class, value);
    double approximate = number.doubleValue();
    if (number instanceof Double || number instanceof Float) {
      if (Double.isNaN(approximate) || Double.isInfinite(approximate)) {
        encodeSpecial(approximate, out);
        return;
      }
    }
    encode(Decimals.of(number), out);
  }

  private static void encodeSpecial(double value, ByteWriter out) {
    int sign = Double.isNaN(value) ? NAN : value > 0 ? INFINITY : MINUS_INFINITY;
    out.putShort(0).putShort(0).putShort(sign).putShort(0);
  }

  private static void encode(BigDecimal value, ByteWriter out) {
    if (value.precision() - value.scale() > MAX_DIGITS || value.scale() > MAX_SCALE) {
      throw new IllegalArgumentException("a number of more digits than a numeric has");
    }
    int scale = Math.max(0, value.scale());
    int behind = (scale + GROUP - 1) / GROUP;
    var digits = value.setScale(behind * GROUP).unscaledValue().abs().toString();
    int lead = (GROUP - digits.length() % GROUP) % GROUP;
    digits = "0".repeat(lead) + digits;
    int groups = digits.length() / GROUP;
    int weight = groups - behind - 1;
    while (groups > 0 && digits.startsWith("0000", (groups - 1) * GROUP)) {
      groups--;
    }
    out.putShort(groups).putShort(groups == 0 ? 0 : weight);
    out.putShort(value.signum() < 0 ? NEGATIVE : 0).putShort(scale);
    for (int i = 0; i < groups; i++) {
      out.putShort(Integer.parseInt(digits, i * GROUP, (i + 1) * GROUP, 10));
    }
  }
}
