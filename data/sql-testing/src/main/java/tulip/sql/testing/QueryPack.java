// SPDX-License-Identifier: Apache-2.0
package tulip.sql.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tulip.core.Tulip;
import tulip.sql.ConversionException;
import tulip.sql.RowCountException;
import tulip.sql.SqlException;

/// Statements, rows and records.
abstract class QueryPack extends Databases {
  private static final String ALL = "select id, full_name, age from tulip_person order by id";

  private record Name(String fullName) {}

  private record Age(int age) {}

  private record Stranger(String shoeSize) {}

  private enum Pet {
    CAT,
    DOG
  }

  @Test
  void rowsHaveValuesByIndexAndByName() throws Exception {
    withPeople(db -> {
      var rows = db.query(ALL);
      assertEquals(2, rows.size());
      var ada = rows.getFirst();
      assertEquals(1, ada.get(0, Integer.class));
      assertEquals(1L, ada.get("id", Long.class));
      assertEquals("Ada", ada.get("full_name"));
      assertEquals("Ada", ada.get("FULL_NAME", String.class));
      assertEquals(List.of("id", "full_name", "age"), ada.columns().names());
      assertNull(rows.get(1).get("age"));
      assertNull(rows.get(1).find("age", Integer.class));
      assertThrows(ConversionException.class, () -> rows.get(1).get("age", Integer.class));
      assertThrows(NoSuchElementException.class, () -> ada.get("shoe_size"));
    });
  }

  @Test
  void rowsBecomeRecords() throws Exception {
    withPeople(db -> {
      var people = List.of(new Person(1, "Ada", 36), new Person(2, "Bob", null));
      assertEquals(people, db.query(Person.class, ALL));
      assertEquals(new Name("Bob"), db.queryFirst(Name.class, ALL + " limit 1 offset 1"));
      assertThrows(ConversionException.class, () -> db.query(Stranger.class, ALL));
      assertThrows(ConversionException.class, () -> db.query(Age.class, ALL));
    });
  }

  @Test
  void oneRowIsNeitherNoneNorTwo() throws Exception {
    withPeople(db -> {
      var one = "select * from tulip_person where id = $1";
      assertEquals("Ada", db.queryOne(one, 1).get("full_name"));
      assertEquals(new Person(1, "Ada", 36), db.queryOne(Person.class, one, 1));
      assertEquals(0, assertThrows(RowCountException.class, () -> db.queryOne(one, 3)).rows());
      assertEquals(2, assertThrows(RowCountException.class, () -> db.queryOne(ALL)).rows());
      assertNull(db.queryFirst(one, 3));
      assertNull(db.queryFirst(Person.class, one, 3));
      assertEquals(new Person(1, "Ada", 36), db.queryFirst(Person.class, ALL));
    });
  }

  @Test
  void valuesStandInTheFirstColumn() throws Exception {
    withPeople(db -> {
      assertEquals(2, db.queryValue(Integer.class, "select count(*) from tulip_person"));
      assertEquals(List.of(1L, 2L), db.queryValues(Long.class, ALL));
      var age = "select age from tulip_person where id = $1";
      assertEquals(36, db.queryFirstValue(Integer.class, age, 1));
      assertNull(db.queryFirstValue(Integer.class, age, 2));
      assertNull(db.queryFirstValue(Integer.class, age, 3));
      assertThrows(ConversionException.class, () -> db.queryValue(Integer.class, age, 2));
      assertThrows(RowCountException.class, () -> db.queryValue(Integer.class, age, 3));
    });
  }

  @Test
  void deedsTellHowManyRowsTheyConcern() throws Exception {
    withPeople(db -> {
      assertEquals(2, db.execute("update tulip_person set age = 1"));
      assertEquals(1, db.execute("delete from tulip_person where id = $1", 1));
      assertEquals(0, db.execute("delete from tulip_person where id = $1", 1));
      assertEquals(1, db.execute("insert into tulip_person values ($1, $2, $3)", 3, "Eve", null));
    });
  }

  @Test
  void parametersAreNeverPartOfTheStatement() throws Exception {
    withPeople(db -> {
      var evil = List.of("x'; drop table tulip_person; --", "\\", "$1", "''", "\" or 1 = 1", "?");
      for (var name : evil) {
        assertEquals(0, db.query("select * from tulip_person where full_name = $1", name).size());
        db.execute("update tulip_person set full_name = $2 where id = $1", 1, name);
        assertEquals(name, names(db).getFirst());
      }
      var same = "select count(*) from tulip_person where full_name = $1 or full_name = $1";
      assertEquals(1, db.queryValue(Integer.class, same, "Bob"));
      var swapped = "select id from tulip_person where full_name = $2 and id = $1";
      assertEquals(2, db.queryValue(Integer.class, swapped, 2, "Bob"));
      assertEquals("$1", db.queryValue(String.class, "select '$1' from tulip_person where id = 1"));
    });
  }

  @Test
  void aWrongNumberOfParametersIsRefused() throws Exception {
    withPeople(db -> {
      var one = "select * from tulip_person where id = $1";
      assertThrows(IllegalArgumentException.class, () -> db.query(one));
      assertThrows(IllegalArgumentException.class, () -> db.query(one, 1, 2));
      assertThrows(IllegalArgumentException.class, () -> db.query(one, new Object()));
      assertEquals(1, db.query(one, 1).size());
    });
  }

  @Test
  void enumsAreTheirNames() throws Exception {
    withPeople(db -> {
      db.execute("update tulip_person set full_name = $1 where id = 1", Pet.DOG);
      assertEquals(Pet.DOG, db.queryOne(ALL + " limit 1").get("full_name", Pet.class));
    });
  }

  @Test
  void manyRowsOfParametersAreAllOrNothing() throws Exception {
    withPeople(db -> {
      var insert = "insert into tulip_person values ($1, $2, $3)";
      var rows =
          List.of(new Object[] {3, "Eve", 20}, List.of(4, "Max", 30), new Person(5, "Zoe", null));
      assertEquals(3, db.executeMany(insert, rows));
      assertEquals(0, db.executeMany(insert, List.of()));
      var many = IntStream.range(10, 2_000).mapToObj(i -> new Person(i, "n" + i, i)).toList();
      assertEquals(many.size(), db.executeMany(insert, many));
      var bad = List.of(new Person(6, "Tim", 1), new Person(1, "Ada", 1), new Person(7, "Kim", 1));
      assertThrows(SqlException.UniqueViolation.class, () -> db.executeMany(insert, bad));
      var wrong = List.of(new Object[] {6, "Tim", 1}, new Object[] {7});
      assertThrows(IllegalArgumentException.class, () -> db.executeMany(insert, wrong));
      assertEquals(0, db.query("select * from tulip_person where id in (6, 7)").size());
      assertEquals("Ada", names(db).getFirst());
    });
  }

  @Test
  void scriptsHaveManyStatements() throws Exception {
    withPeople(db -> {
      db.executeScript(
          "delete from tulip_person where id = 1; -- Ada; goes\n"
              + "insert into tulip_person values (3, 'a;b', 4);");
      assertEquals(List.of("Bob", "a;b"), names(db));
    });
  }

  @Test
  void statementsAreDescribed() throws Exception {
    withPeople(db -> {
      var description = db.describe("select id, full_name from tulip_person where id = $1");
      assertEquals(1, description.parameters().size());
      assertEquals(List.of("id", "full_name"), description.columns().names());
      assertTrue(db.describe("delete from tulip_person").columns().names().isEmpty());
      assertEquals(2, names(db).size());
    });
  }

  @Test
  void manyTasksShareFewConnections() throws Exception {
    withPeople(db -> {
      var ids = IntStream.range(0, 200).map(i -> 1 + i % 2).boxed().toList();
      var found =
          Tulip.gather(
              ids,
              id -> db.queryValue(Integer.class, "select id from tulip_person where id = $1", id));
      assertEquals(ids, found);
      assertTrue(db.statistics().opened() <= POOL.maxSize());
    });
  }
}
