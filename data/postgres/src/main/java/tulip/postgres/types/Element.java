// SPDX-License-Identifier: Apache-2.0
package tulip.postgres.types;

import org.jspecify.annotations.Nullable;
import tulip.bytes.ByteWriter;
import tulip.postgres.protocol.BackendReader;
import tulip.postgres.protocol.PostgresFormatException;

/// A value with its length before it, which is -1 for NULL: as it stands in rows, arrays, records,
/// ranges and parameters.
public final class Element {
  private static final int NULL = -1;

  private Element() {}

  /// Reads a value.
  ///
  /// @throws PostgresFormatException if it is malformed
  public static @Nullable Object decode(TypeCodec codec, BackendReader in)
      throws PostgresFormatException {
    int length = in.takeInt();
    if (length == NULL) {
      return null;
    }
    int outer = in.enter(length);
    var value = codec.decode(in);
    in.leave(outer);
    return value;
  }

  /// Writes a value.
  ///
  /// @throws IllegalArgumentException if it is none of this type
  public static void encode(TypeCodec codec, @Nullable Object value, ByteWriter out) {
    if (value == null) {
      out.putInt(NULL);
      return;
    }
    int start = out.reserveInt();
    codec.encode(value, out);
    out.patchInt(start, out.size() - start - Integer.BYTES);
  }
}
