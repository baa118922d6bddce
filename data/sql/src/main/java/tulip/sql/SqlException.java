// SPDX-License-Identifier: Apache-2.0
package tulip.sql;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/// The database has refused a statement. The connection is as good as before, unless it is one of
/// [Connection] or [OperatorIntervention].
///
/// ```java
/// try {
///   db.execute("insert into account (owner) values ($1)", owner);
/// } catch (SqlException.UniqueViolation e) {
///   return Response.conflict(e.constraint());
/// }
/// ```
///
/// Each class stands for a class of SQLSTATE, or for one condition of it that programs act upon.
/// All that the database said is in [#error]. Lost connections are no errors of the database: they
/// are [java.io.IOException]s.
@SuppressWarnings("JavaLangClash") // a connection's trouble is called so in the standard
public abstract sealed class SqlException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  private final transient SqlError error;

  private SqlException(SqlError error) {
    super(error.toString());
    this.error = error;
  }

  /// The exception for an error, by its SQLSTATE. For drivers.
  public static SqlException of(SqlError error) {
    return SqlStates.exception(error);
  }

  /// What the database said.
  public final SqlError error() {
    return error;
  }

  /// Five characters of the SQL standard.
  public final String sqlState() {
    return error.sqlState();
  }

  /// The constraint that this is about; `null` if it is about none.
  public final @Nullable String constraint() {
    return error.field(SqlError.Field.CONSTRAINT);
  }

  /// 08: the database has trouble with the connection.
  public static final class Connection extends SqlException {
    @Serial private static final long serialVersionUID = 1;

    Connection(SqlError error) {
      super(error);
    }
  }

  /// 0A: the database cannot do this.
  public static final class FeatureNotSupported extends SqlException {
    @Serial private static final long serialVersionUID = 1;

    FeatureNotSupported(SqlError error) {
      super(error);
    }
  }

  /// 22: a value is wrong: out of range, no number, division by zero.
  public static final class Data extends SqlException {
    @Serial private static final long serialVersionUID = 1;

    Data(SqlError error) {
      super(error);
    }
  }

  /// 23: a constraint would be violated.
  public abstract static sealed class IntegrityConstraintViolation extends SqlException {
    @Serial private static final long serialVersionUID = 1;

    private IntegrityConstraintViolation(SqlError error) {
      super(error);
    }
  }

  /// 23505: there is a row with this key already.
  public static final class UniqueViolation extends IntegrityConstraintViolation {
    @Serial private static final long serialVersionUID = 1;

    UniqueViolation(SqlError error) {
      super(error);
    }
  }

  /// 23503: there is no row with this key, or others refer to it.
  public static final class ForeignKeyViolation extends IntegrityConstraintViolation {
    @Serial private static final long serialVersionUID = 1;

    ForeignKeyViolation(SqlError error) {
      super(error);
    }
  }

  /// 23502: a NULL where none may be.
  public static final class NotNullViolation extends IntegrityConstraintViolation {
    @Serial private static final long serialVersionUID = 1;

    NotNullViolation(SqlError error) {
      super(error);
    }
  }

  /// 23514: a check is not met.
  public static final class CheckViolation extends IntegrityConstraintViolation {
    @Serial private static final long serialVersionUID = 1;

    CheckViolation(SqlError error) {
      super(error);
    }
  }

  /// Another of class 23.
  public static final class OtherViolation extends IntegrityConstraintViolation {
    @Serial private static final long serialVersionUID = 1;

    OtherViolation(SqlError error) {
      super(error);
    }
  }

  /// 25: not in this state of the transaction: it has failed, or only reads.
  public static final class InvalidTransactionState extends SqlException {
    @Serial private static final long serialVersionUID = 1;

    InvalidTransactionState(SqlError error) {
      super(error);
    }
  }

  /// 28: the database does not know this user, or not with this password.
  public static final class InvalidAuthorization extends SqlException {
    @Serial private static final long serialVersionUID = 1;

    InvalidAuthorization(SqlError error) {
      super(error);
    }
  }

  /// 40: the database has rolled the transaction back, because of others. Repeat it from its
  /// beginning.
  public abstract static sealed class TransactionRollback extends SqlException {
    @Serial private static final long serialVersionUID = 1;

    private TransactionRollback(SqlError error) {
      super(error);
    }
  }

  /// 40001: it could not be as if the transactions ran one after the other.
  public static final class SerializationFailure extends TransactionRollback {
    @Serial private static final long serialVersionUID = 1;

    SerializationFailure(SqlError error) {
      super(error);
    }
  }

  /// 40P01: transactions waited for each other.
  public static final class DeadlockDetected extends TransactionRollback {
    @Serial private static final long serialVersionUID = 1;

    DeadlockDetected(SqlError error) {
      super(error);
    }
  }

  /// Another of class 40; also a COMMIT that the database has answered with a rollback.
  public static final class OtherRollback extends TransactionRollback {
    @Serial private static final long serialVersionUID = 1;

    OtherRollback(SqlError error) {
      super(error);
    }
  }

  /// 42: the statement is wrong, or not allowed to this user.
  public abstract static sealed class SyntaxErrorOrAccessRuleViolation extends SqlException {
    @Serial private static final long serialVersionUID = 1;

    private SyntaxErrorOrAccessRuleViolation(SqlError error) {
      super(error);
    }
  }

  /// 42501: this user may not do that.
  public static final class InsufficientPrivilege extends SyntaxErrorOrAccessRuleViolation {
    @Serial private static final long serialVersionUID = 1;

    InsufficientPrivilege(SqlError error) {
      super(error);
    }
  }

  /// 42601: no SQL.
  public static final class SyntaxError extends SyntaxErrorOrAccessRuleViolation {
    @Serial private static final long serialVersionUID = 1;

    SyntaxError(SqlError error) {
      super(error);
    }
  }

  /// 42P01: there is no such table.
  public static final class UndefinedTable extends SyntaxErrorOrAccessRuleViolation {
    @Serial private static final long serialVersionUID = 1;

    UndefinedTable(SqlError error) {
      super(error);
    }
  }

  /// 42703: there is no such column.
  public static final class UndefinedColumn extends SyntaxErrorOrAccessRuleViolation {
    @Serial private static final long serialVersionUID = 1;

    UndefinedColumn(SqlError error) {
      super(error);
    }
  }

  /// Another of class 42.
  public static final class OtherSyntaxError extends SyntaxErrorOrAccessRuleViolation {
    @Serial private static final long serialVersionUID = 1;

    OtherSyntaxError(SqlError error) {
      super(error);
    }
  }

  /// 53: the database is out of memory, disk or connections.
  public static final class InsufficientResources extends SqlException {
    @Serial private static final long serialVersionUID = 1;

    InsufficientResources(SqlError error) {
      super(error);
    }
  }

  /// 55: something is not as it must be for this: in use, or locked by others.
  public static final class ObjectNotInPrerequisiteState extends SqlException {
    @Serial private static final long serialVersionUID = 1;

    ObjectNotInPrerequisiteState(SqlError error) {
      super(error);
    }
  }

  /// 57014: somebody has cancelled the statement, or its time was over.
  public static final class QueryCanceled extends SqlException {
    @Serial private static final long serialVersionUID = 1;

    QueryCanceled(SqlError error) {
      super(error);
    }
  }

  /// 57: somebody has stopped the database, or the connection.
  public static final class OperatorIntervention extends SqlException {
    @Serial private static final long serialVersionUID = 1;

    OperatorIntervention(SqlError error) {
      super(error);
    }
  }

  /// Any other.
  public static final class Other extends SqlException {
    @Serial private static final long serialVersionUID = 1;

    Other(SqlError error) {
      super(error);
    }
  }
}
