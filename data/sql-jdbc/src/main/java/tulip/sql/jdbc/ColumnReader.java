// SPDX-License-Identifier: Apache-2.0
package tulip.sql.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// Reads the values of a column in the class that fits its type best. On the connection's thread.
@FunctionalInterface
public interface ColumnReader {
  /// Reads the value in the current row; `null` for NULL.
  ///
  /// @param column from 1, as JDBC counts
  @Nullable Object read(ResultSet rows, int column) throws SQLException;
}
