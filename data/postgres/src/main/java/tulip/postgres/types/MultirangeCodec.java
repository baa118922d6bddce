// SPDX-License-Identifier: Apache-2.0
package tulip.postgres.types;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tulip.bytes.ByteWriter;
import tulip.postgres.protocol.BackendReader;
import tulip.postgres.protocol.PostgresFormatException;

/// Multiranges: lists of ranges here.
///
/// @param range the type of the ranges
record MultirangeCodec(PgType range) implements TypeCodec {
  @Override
  public boolean isText() {
    return range.codec().isText();
  }

  @Override
  public Object decode(BackendReader in) throws PostgresFormatException {
    if (isText()) {
      return in.takeText();
    }
    int count = in.checkCount(in.takeInt(), Integer.BYTES);
    var ranges = new ArrayList<@Nullable Object>(count);
    for (int i = 0; i < count; i++) {
      ranges.add(Element.decode(range.codec(), in));
    }
    return ranges;
  }

  @Override
  public void encode(Object value, ByteWriter out) {
    if (isText()) {
      TextCodecs.PRINTED.encode(value, out);
      return;
    }
    List<?> ranges = Values.as(List.class, value);
    out.putInt(ranges.size());
    for (var each : ranges) {
      Element.encode(range.codec(), each, out);
    }
  }
}
