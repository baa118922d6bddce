// SPDX-License-Identifier: Apache-2.0
package tulip.sql.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import tulip.sql.Database;
import tulip.sql.SqlException;

/// What databases refuse.
abstract class ErrorPack extends StreamPack {
  private static <T extends SqlException> T refused(Class<T> type, Database db, String sql)
      throws Exception {
    var refusal = assertThrows(type, () -> db.execute(sql));
    assertEquals(2, names(db).size()); // the connection is good
    return refusal;
  }

  @Test
  void eachKindOfRefusalHasItsClass() throws Exception {
    withPeople(db -> {
      refused(
          SqlException.UniqueViolation.class, db, "insert into tulip_person values (1, 'Eve', 1)");
      refused(
          SqlException.NotNullViolation.class, db, "insert into tulip_person values (3, null, 1)");
      refused(
          SqlException.CheckViolation.class, db, "insert into tulip_person values (3, 'Eve', -1)");
      refused(SqlException.UndefinedTable.class, db, "select * from tulip_nothing");
      refused(SqlException.UndefinedColumn.class, db, "select shoe_size from tulip_person");
      var syntax = refused(SqlException.SyntaxError.class, db, "selekt 1");
      assertEquals("42601", syntax.sqlState());
      assertTrue(String.valueOf(syntax.getMessage()).contains("selekt"), syntax.getMessage());
    });
  }

  @Test
  void aBrokenReferenceIsRefused() throws Exception {
    withPeople(db -> {
      db.execute("drop table if exists tulip_pet");
      db.execute("create table tulip_pet (owner integer references tulip_person(id))");
      refused(SqlException.ForeignKeyViolation.class, db, "insert into tulip_pet values (77)");
      db.execute("drop table tulip_pet");
    });
  }

  @Test
  void refusalsDoNotCostConnections() throws Exception {
    withPeople(db -> {
      long opened = db.statistics().opened();
      for (int i = 0; i < 50; i++) {
        refused(SqlException.SyntaxError.class, db, "selekt " + i);
      }
      assertEquals(opened, db.statistics().opened());
    });
  }
}
