// SPDX-License-Identifier: Apache-2.0
package tulip.postgres.types;

import org.jspecify.annotations.Nullable;
import tulip.bytes.ByteWriter;
import tulip.postgres.protocol.BackendReader;
import tulip.postgres.protocol.PostgresFormatException;

/// Ranges: a byte of flags, and the bounds that there are.
///
/// @param bound the type of the bounds
record RangeCodec(PgType bound) implements TypeCodec {
  private static final int EMPTY = 0x01;
  private static final int LOWER_INCLUSIVE = 0x02;
  private static final int UPPER_INCLUSIVE = 0x04;
  private static final int LOWER_INFINITE = 0x08;
  private static final int UPPER_INFINITE = 0x10;

  @Override
  public boolean isText() {
    return bound.codec().isText();
  }

  @Override
  public Object decode(BackendReader in) throws PostgresFormatException {
    if (isText()) {
      return in.takeText();
    }
    int flags = in.takeByte();
    if ((flags & EMPTY) != 0) {
      return Range.empty();
    }
    var lower = (flags & LOWER_INFINITE) == 0 ? Element.decode(bound.codec(), in) : null;
    var upper = (flags & UPPER_INFINITE) == 0 ? Element.decode(bound.codec(), in) : null;
    return new Range<@Nullable Object>(
        lower, upper, (flags & LOWER_INCLUSIVE) != 0, (flags & UPPER_INCLUSIVE) != 0, false);
  }

  @Override
  public void encode(Object value, ByteWriter out) {
    if (isText()) {
      TextCodecs.PRINTED.encode(value, out);
      return;
    }
    var range = Values.as(Range.class, value);
    out.putByte(flags(range));
    if (range.lower() != null) {
      Element.encode(bound.codec(), range.lower(), out);
    }
    if (range.upper() != null) {
      Element.encode(bound.codec(), range.upper(), out);
    }
  }

  private static int flags(Range<?> range) {
    if (range.isEmpty()) {
      return EMPTY;
    }
    return (range.lowerInclusive() ? LOWER_INCLUSIVE : 0)
        | (range.upperInclusive() ? UPPER_INCLUSIVE : 0)
        | (range.lower() == null ? LOWER_INFINITE : 0)
        | (range.upper() == null ? UPPER_INFINITE : 0);
  }
}
