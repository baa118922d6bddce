// SPDX-License-Identifier: Apache-2.0
package tulip.sql.jdbc;

/// What a transaction is when a statement in it has failed.
public enum TransactionState {
  /// As if there had been no such statement.
  OPEN,
  /// The database does nothing more in it, unless it is rolled back to a savepoint.
  FAILED,
  /// The database has rolled it back. What was done now would be done outside of it.
  GONE
}
