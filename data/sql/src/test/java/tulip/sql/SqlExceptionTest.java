// SPDX-License-Identifier: Apache-2.0
package tulip.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlExceptionTest {
  private static final String[] STATES = {
    "08006", "0A000", "22012", "23505", "23503", "23502", "23514", "23P01", "25P02", "28P01",
    "40001", "40P01", "40000", "42501", "42601", "42P01", "42703", "42883", "53300", "55P03",
    "57014", "57P01", "XX000"
  };

  private static SqlException of(String state) {
    return SqlException.of(new SqlError(state, "no"));
  }

  @ParameterizedTest
  @CsvSource({
    "23505, UniqueViolation",
    "23503, ForeignKeyViolation",
    "23502, NotNullViolation",
    "23514, CheckViolation",
    "23P01, OtherViolation",
    "40001, SerializationFailure",
    "40P01, DeadlockDetected",
    "40000, OtherRollback",
    "42601, SyntaxError",
    "42P01, UndefinedTable",
    "42703, UndefinedColumn",
    "42501, InsufficientPrivilege",
    "42883, OtherSyntaxError",
    "22P02, Data",
    "08006, Connection",
    "0A000, FeatureNotSupported",
    "25006, InvalidTransactionState",
    "28P01, InvalidAuthorization",
    "53200, InsufficientResources",
    "55P03, ObjectNotInPrerequisiteState",
    "57014, QueryCanceled",
    "57P01, OperatorIntervention",
    "P0001, Other"
  })
  void eachStateHasItsClass(String state, String name) {
    assertEquals(name, of(state).getClass().getSimpleName());
    assertEquals(state, of(state).sqlState());
  }

  @Test
  void eachClassHasItsState() {
    var made = new HashSet<Class<?>>();
    for (var state : STATES) {
      made.add(of(state).getClass());
    }
    var all =
        Arrays.stream(SqlException.class.getDeclaredClasses())
            .filter(type -> !Modifier.isAbstract(type.getModifiers()))
            .toList();
    assertEquals(new HashSet<>(all), made);
  }

  @Test
  void classesOfStatesAreCaughtTogether() {
    assertInstanceOf(SqlException.IntegrityConstraintViolation.class, of("23505"));
    assertInstanceOf(SqlException.TransactionRollback.class, of("40P01"));
    assertInstanceOf(SqlException.SyntaxErrorOrAccessRuleViolation.class, of("42501"));
  }

  @Test
  void whatTheDatabaseSaidIsInTheMessage() {
    var fields = Map.of(SqlError.Field.DETAIL, "more", SqlError.Field.CONSTRAINT, "c");
    var exception = SqlException.of(new SqlError("23505", "no", fields));
    assertEquals("no (SQLSTATE 23505); more", exception.getMessage());
    assertEquals("c", exception.constraint());
    assertTrue(exception.error().field(SqlError.Field.HINT) == null);
    assertThrows(IllegalArgumentException.class, () -> new SqlError("1", "no"));
  }
}
