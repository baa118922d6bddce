// SPDX-License-Identifier: Apache-2.0
package tulip.sql;

/// Which exception an SQLSTATE means.
final class SqlStates {
  private SqlStates() {}

  static SqlException exception(SqlError error) {
    return switch (error.sqlState()) {
      case "23505" -> new SqlException.UniqueViolation(error);
      case "23503" -> new SqlException.ForeignKeyViolation(error);
      case "23502" -> new SqlException.NotNullViolation(error);
      case "23514" -> new SqlException.CheckViolation(error);
      case "40001" -> new SqlException.SerializationFailure(error);
      case "40P01" -> new SqlException.DeadlockDetected(error);
      case "42501" -> new SqlException.InsufficientPrivilege(error);
      case "42601" -> new SqlException.SyntaxError(error);
      case "42P01" -> new SqlException.UndefinedTable(error);
      case "42703" -> new SqlException.UndefinedColumn(error);
      case "57014" -> new SqlException.QueryCanceled(error);
      default -> ofClass(error);
    };
  }

  private static SqlException ofClass(SqlError error) {
    return switch (error.sqlState().substring(0, 2)) {
      case "08" -> new SqlException.Connection(error);
      case "0A" -> new SqlException.FeatureNotSupported(error);
      case "22" -> new SqlException.Data(error);
      case "23" -> new SqlException.OtherViolation(error);
      case "25" -> new SqlException.InvalidTransactionState(error);
      case "28" -> new SqlException.InvalidAuthorization(error);
      case "40" -> new SqlException.OtherRollback(error);
      case "42" -> new SqlException.OtherSyntaxError(error);
      case "53" -> new SqlException.InsufficientResources(error);
      case "55" -> new SqlException.ObjectNotInPrerequisiteState(error);
      case "57" -> new SqlException.OperatorIntervention(error);
      default -> new SqlException.Other(error);
    };
  }
}
