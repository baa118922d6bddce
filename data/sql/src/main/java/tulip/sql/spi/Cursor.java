// SPDX-License-Identifier: Apache-2.0
package tulip.sql.spi;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import tulip.sql.Columns;
import tulip.sql.Row;

/// The rows of a statement, as they are taken.
public interface Cursor extends AutoCloseable {
  /// The columns of the rows.
  Columns columns();

  /// The next row; `null` at the end. May wait.
  ///
  /// @throws tulip.sql.SqlException if the database fails midway
  /// @throws IOException if the connection is lost
  @Nullable Row next() throws IOException;

  /// Ends the statement. May wait; is called once, if [#abandon] is not.
  @Override
  void close() throws IOException;

  /// Says that nobody wants the rows any more, and that the transaction will end soon, with which
  /// the statement ends too. Never waits.
  default void abandon() {
    // the end of the transaction does the rest
  }
}
