// SPDX-License-Identifier: Apache-2.0
package tulip.sql;

/// How much a transaction sees of the others: the levels of the SQL standard.
public enum Isolation {
  /// Whatever the database is set to.
  DEFAULT,
  /// Also what is not committed; many databases give [#READ_COMMITTED].
  READ_UNCOMMITTED,
  /// What was committed before each statement.
  READ_COMMITTED,
  /// What was committed before the first statement.
  REPEATABLE_READ,
  /// As if the transactions ran one after the other. Be ready to repeat one that fails with
  /// [SqlException.TransactionRollback].
  SERIALIZABLE
}
