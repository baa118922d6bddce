// SPDX-License-Identifier: Apache-2.0
package tulip.sql.jdbc;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTimeoutException;
import java.util.Objects;
import tulip.sql.SqlError;

/// What an exception of JDBC means.
final class SqlErrors {
  private static final int SQLSTATE_LENGTH = 5;
  private static final String GENERAL = "HY000";

  private SqlErrors() {}

  /// What a batch has failed by is told by another exception.
  static SQLException innermost(SQLException exception) {
    if (!(exception instanceof BatchUpdateException)) {
      return exception;
    }
    var next = exception.getNextException();
    if (next != null) {
      return next;
    }
    return exception.getCause() instanceof SQLException cause ? cause : exception;
  }

  /// With the SQLSTATE that the driver gives; those of ODBC become those of PostgreSQL, which say
  /// the same more finely.
  static SqlError standard(SQLException exception) {
    return error(exception, exception instanceof SQLTimeoutException ? "57014" : state(exception));
  }

  static SqlError error(SQLException exception, String state) {
    return new SqlError(state, Objects.toString(exception.getMessage(), "no message"));
  }

  static String state(SQLException exception) {
    var state = exception.getSQLState();
    if (state == null || state.length() != SQLSTATE_LENGTH) {
      return GENERAL;
    }
    return switch (state) {
      case "42S01" -> "42P07";
      case "42S02", "42S04" -> "42P01";
      case "42S22" -> "42703";
      case "70100" -> "57014";
      case "HYT00" -> "55P03";
      default -> state;
    };
  }

  /// Whether it says that there is no connection any more.
  static boolean isLoss(SQLException exception) {
    return exception instanceof SQLNonTransientConnectionException
        || exception instanceof SQLRecoverableException
        || state(exception).startsWith("08")
        || state(exception).startsWith("57P0"); // PostgreSQL was shut down, or ended the session
  }
}
