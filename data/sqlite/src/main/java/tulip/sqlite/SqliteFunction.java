// SPDX-License-Identifier: Apache-2.0
package tulip.sqlite;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A function for statements, in Java.
///
/// It is called on the threads of the connections, several at a time: it must not touch what
/// belongs to a loop, and must not use the database.
@FunctionalInterface
public interface SqliteFunction {
  /// Computes the value for a row.
  ///
  /// @param arguments `null`, [Long], [Double], [String] or [tulip.bytes.Bytes] each
  /// @return one of these
  /// @throws Exception to have the statement refused
  @Nullable Object apply(List<@Nullable Object> arguments) throws Exception;
}
