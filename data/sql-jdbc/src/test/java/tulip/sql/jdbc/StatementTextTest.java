// SPDX-License-Identifier: Apache-2.0
package tulip.sql.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatementTextTest {
  private static StatementText standard(String sql) {
    return StatementText.parse(sql, SqlSyntax.STANDARD);
  }

  private static void assertNoParameters(String sql, SqlSyntax syntax) {
    var text = StatementText.parse(sql, syntax);
    assertEquals(sql, text.sql());
    assertEquals(0, text.parameters());
  }

  @Test
  void parametersBecomeQuestionMarksInTheirPlaces() {
    var text = standard("select $2,$10 from t where a=$1 and b=$2");
    assertEquals("select ?,? from t where a=? and b=?", text.sql());
    assertEquals(List.of(2, 10, 1, 2), text.places());
    assertEquals(10, text.parameters());
    assertEquals("select", text.verb());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select '$1'",
        "select 'it''s $1'",
        "select \"$1\"",
        "select 1 -- $1",
        "select /* $1 */ 1",
        "select a$1 from t",
        "select $0, $a, $",
        "select '$1",
        "/* $1",
        ""
      })
  void whatLooksLikeAParameterNeedNotBeOne(String sql) {
    assertNoParameters(sql, SqlSyntax.STANDARD);
  }

  @Test
  void eachDatabaseHasTextsAndCommentsOfItsOwn() {
    assertNoParameters("select 'it\\'s $1', `$1` # $1", SqlSyntax.MYSQL);
    assertNoParameters("select $$ $1 $$, $tag$ $$ $1 $tag$, e'\\'$1'", SqlSyntax.POSTGRESQL);
    assertNoParameters("select /* /* */ $1 */ 1", SqlSyntax.POSTGRESQL);
    assertNoParameters("select [$1], `$1`", SqlSyntax.SQLITE);
    assertEquals(1, StatementText.parse("select '\\', $1", SqlSyntax.POSTGRESQL).parameters());
    assertEquals(2, StatementText.parse("select a[$1], $2", SqlSyntax.POSTGRESQL).parameters());
    assertEquals(1, standard("select /* /* */ $1").parameters());
  }

  @Test
  void operatorsWithQuestionMarksAreNoParameters() {
    var text = StatementText.parse("select a ? 'b' and c ?| $1", SqlSyntax.POSTGRESQL);
    assertEquals("select a ?? 'b' and c ??| ?", text.sql());
    assertEquals(List.of(1), text.places());
  }

  @Test
  void argumentsAreAsManyAsParameters() {
    var text = standard("select $1");
    text.check(new Object[1]);
    assertThrows(IllegalArgumentException.class, () -> text.check(new Object[0]));
    assertThrows(IllegalArgumentException.class, () -> text.check(new Object[2]));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "begin",
        " BEGIN;",
        "begin immediate",
        "start transaction read only",
        "begin work"
      })
  void someStatementsBeginATransaction(String sql) {
    assertTrue(standard(sql).begins());
  }

  @ParameterizedTest
  @ValueSource(strings = {"commit", "COMMIT WORK;", "end", "rollback", "rollback transaction"})
  void someStatementsEndATransaction(String sql) {
    assertTrue(standard(sql).ends());
  }

  @ParameterizedTest
  @ValueSource(strings = {"begin p(1); end;", "start slave", "rollback to savepoint a", "select 1"})
  void othersDoNeither(String sql) {
    assertFalse(standard(sql).begins());
    assertFalse(standard(sql).ends());
  }

  @Test
  void scriptsAreDividedAtTheirSemicolons() {
    assertEquals(
        List.of("a ';' ", " b /* ; */", "\n\"d;\""),
        StatementText.split("a ';' ; b /* ; */; /* c; */ ;\n\"d;\"", SqlSyntax.STANDARD));
    assertEquals(List.of("a -- ;\n", " b"), StatementText.split("a -- ;\n; b", SqlSyntax.STANDARD));
    assertEquals(List.of(), StatementText.split(" ; -- nothing", SqlSyntax.STANDARD));
  }
}
