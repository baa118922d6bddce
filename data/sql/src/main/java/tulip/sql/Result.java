// SPDX-License-Identifier: Apache-2.0
package tulip.sql;

import java.util.List;

/// All that a statement gives.
///
/// @param columns of the rows; none if the statement returns no rows
/// @param rows in order
/// @param affected how many rows were inserted, updated, deleted, returned or copied
/// @param status what the database calls the deed, such as `INSERT 0 1`
public record Result(Columns columns, List<Row> rows, long affected, String status) {
  /// The only row.
  ///
  /// @param sql for the message
  /// @throws RowCountException if there is none, or more
  Row only(String sql) {
    if (rows.size() != 1) {
      throw new RowCountException(rows.size(), sql);
    }
    return rows.getFirst();
  }
}
