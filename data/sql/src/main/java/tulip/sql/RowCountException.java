// SPDX-License-Identifier: Apache-2.0
package tulip.sql;

import java.io.Serial;

/// A query that was to have exactly one row had none, or several.
public final class RowCountException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  private final int rows;

  RowCountException(int rows, String sql) {
    super("exactly one row was expected, and there were " + rows + ": " + sql);
    this.rows = rows;
  }

  /// How many rows there were.
  public int rows() {
    return rows;
  }
}
