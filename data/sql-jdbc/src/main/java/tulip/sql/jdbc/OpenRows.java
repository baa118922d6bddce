// SPDX-License-Identifier: Apache-2.0
package tulip.sql.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import tulip.sql.Columns;
import tulip.sql.Row;

/// A result set that is read some rows at a time. For the connection's thread.
///
/// @param statement whose rows they are
record OpenRows(PreparedStatement statement, RowReader reader) {
  Columns columns() {
    return reader.columns();
  }

  /// The next rows; fewer than are wanted at the end.
  List<Row> take(Call<?> call, int count) throws SQLException {
    call.watch(statement);
    return reader.take(count);
  }

  void close() throws SQLException {
    statement.close();
  }
}
