// SPDX-License-Identifier: Apache-2.0
package tulip.sql.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.Parameter;
import tulip.bytes.Bytes;
import tulip.core.ErrorContext;
import tulip.core.LoopOptions;
import tulip.core.LoopOptions.Engine;
import tulip.core.Runner;
import tulip.core.Tulip;
import tulip.pool.PoolOptions;
import tulip.sql.Database;
import tulip.sql.Json;

/// How the cases of a [SqlContract] get their databases.
abstract class Databases {
  static final PoolOptions POOL = PoolOptions.DEFAULT.withName("contract").withSize(0, 3);

  @Parameter private Engine engine = Engine.AUTO;

  /// A case.
  @FunctionalInterface
  interface DatabaseBlock {
    void run(Database db) throws Exception;
  }

  /// Opens the database, in which the cases may make tables. In a task.
  protected abstract Database open(PoolOptions options);

  /// What the database calls a type for values of a Java class.
  ///
  /// @return `null` if it has none; the cases for it are left out
  protected @Nullable String typeOf(Class<?> type) {
    if (type == Boolean.class) {
      return "boolean";
    } else if (type == Integer.class) {
      return "integer";
    } else if (type == Long.class) {
      return "bigint";
    } else if (type == Double.class) {
      return "double precision";
    } else if (type == BigDecimal.class) {
      return "numeric(30,10)";
    } else if (type == String.class) {
      return "varchar(1000)";
    } else if (type == Bytes.class) {
      return "bytea";
    } else if (type == UUID.class) {
      return "uuid";
    } else if (type == Json.class) {
      return "json";
    }
    return timeTypeOf(type);
  }

  private static @Nullable String timeTypeOf(Class<?> type) {
    if (type == LocalDate.class) {
      return "date";
    } else if (type == LocalTime.class) {
      return "time";
    } else if (type == LocalDateTime.class) {
      return "timestamp";
    }
    return type == Instant.class ? "timestamp with time zone" : null;
  }

  /// A statement that takes a minute at least, if nobody cancels it; `null` if there is none.
  protected @Nullable String slowStatement() {
    return null;
  }

  /// A query of the numbers from 1 to `count`, in order, in a column `n`.
  protected String numbers(int count) {
    return "with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < "
        + count
        + ") select n from numbers order by n";
  }

  /// Whether a transaction in which a statement has failed can do nothing more.
  protected boolean failuresSpoilTransactions() {
    return true;
  }

  /// Whether there are transactions that only read. If not, beginning one must be refused.
  protected boolean hasReadOnlyTransactions() {
    return true;
  }

  void run(DatabaseBlock block) throws Exception {
    List<ErrorContext> errors = new ArrayList<>();
    var options = LoopOptions.DEFAULT.withEngine(engine);
    try (var runner = Runner.open(options.withInterruptible(false))) {
      runner.loop().callSoonThreadSafe(() -> runner.loop().setExceptionHandler(errors::add));
      runner.run(() -> {
        try (var db = open(POOL)) {
          block.run(db);
          while (db.statistics().inUse() > 0) {
            Tulip.yield(); // those of cancelled tasks are made fit by the pool
          }
        }
        assertEquals(1, runner.loop().taskCount(), "tasks left: " + runner.loop().allTasks());
        return null;
      });
    }
    assertEquals(List.of(), errors);
  }

  /// A case with the table `tulip_person`, in which are Ada and Bob.
  void withPeople(DatabaseBlock block) throws Exception {
    run(db -> {
      db.execute("drop table if exists tulip_person");
      db.execute(
          "create table tulip_person (id integer primary key, full_name varchar(100) not null"
              + " unique, age integer check (age >= 0))");
      db.executeMany(
          "insert into tulip_person values ($1, $2, $3)",
          List.of(new Person(1, "Ada", 36), new Person(2, "Bob", null)));
      block.run(db);
      db.execute("drop table tulip_person");
    });
  }

  record Person(int id, String fullName, @Nullable Integer age) {}

  static List<String> names(Database db) throws Exception {
    return db.queryValues(String.class, "select full_name from tulip_person order by id");
  }

  /// Lets everything happen that can happen without us.
  static void settle() {
    for (int i = 0; i < 20; i++) {
      Tulip.yield();
    }
  }
}
