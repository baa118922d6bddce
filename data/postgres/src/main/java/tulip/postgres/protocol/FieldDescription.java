// SPDX-License-Identifier: Apache-2.0
package tulip.postgres.protocol;

import java.util.ArrayList;
import java.util.List;

/// A column as RowDescription says it.
///
/// @param name of the column
/// @param type the id of its type
/// @param binary whether its values come in the binary format
public record FieldDescription(String name, int type, boolean binary) {
  /// Reads the columns of the present message.
  ///
  /// @throws PostgresFormatException if it is malformed
  public static List<FieldDescription> read(BackendReader message) throws PostgresFormatException {
    int count = message.checkCount(message.takeUnsignedShort(), 19);
    var fields = new ArrayList<FieldDescription>(count);
    for (int i = 0; i < count; i++) {
      var name = message.takeString();
      message.takeInt(); // the table
      message.takeShort(); // the column in it
      int type = message.takeInt();
      message.takeShort(); // the type's length
      message.takeInt(); // the type's modifier
      fields.add(new FieldDescription(name, type, message.takeShort() == 1));
    }
    return fields;
  }
}
