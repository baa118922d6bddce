// SPDX-License-Identifier: Apache-2.0
package tulip.sql.jdbc;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// What a connection's thread does for a task.
@FunctionalInterface
interface Work<T extends @Nullable Object> {
  /// Does it.
  ///
  /// @param call which it tells its statements, and asks between them whether to go on
  T run(Call<?> call) throws SQLException;
}
