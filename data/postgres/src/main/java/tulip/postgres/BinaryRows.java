// SPDX-License-Identifier: Apache-2.0
package tulip.postgres;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tulip.bytes.ByteWriter;
import tulip.bytes.Bytes;
import tulip.postgres.types.Element;
import tulip.postgres.types.PgType;
import tulip.sql.spi.ParameterRows;

/// Rows in the binary format of COPY: section "Binary Format" of the command's page in the manual.
///
/// @param types of the columns
record BinaryRows(List<PgType> types) {
  /// A signature, flags and the length of an extension.
  private static final Bytes HEADER = Bytes.ofHex("5047434f50590aff0d0a000000000000000000");

  private static final int END = -1;

  /// @throws IllegalArgumentException if a row does not fit, or a type has no binary format here
  void write(ParameterRows rows, CopyIn copy) throws IOException {
    for (var type : types) {
      if (type.codec().isText()) {
        throw new IllegalArgumentException(
            "there is no binary format here for " + type.name() + ": use copyIn");
      }
    }
    copy.write(HEADER);
    var each = rows.iterator();
    copy.write(out -> {
      if (each.hasNext()) {
        put(each.next(), out);
        return true;
      }
      out.putShort(END);
      return false;
    });
  }

  private void put(@Nullable Object[] row, ByteWriter out) {
    if (row.length != types.size()) {
      throw new IllegalArgumentException(
          row.length + " values for " + types.size() + " columns: " + List.of(types));
    }
    out.putShort(row.length);
    for (int i = 0; i < row.length; i++) {
      Element.encode(types.get(i).codec(), row[i], out);
    }
  }
}
