// SPDX-License-Identifier: Apache-2.0
package tulip.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqliteOptionsTest {
  private static @org.jspecify.annotations.Nullable Path file(String url) {
    return SqliteOptions.parse(url).file();
  }

  @Test
  void aUrlNamesAFile() {
    assertEquals(Path.of("bank.db"), file("sqlite:bank.db"));
    assertEquals(Path.of("data/bank.db"), file("SQLite:data/bank.db"));
    assertEquals(Path.of("/var/bank.db"), file("sqlite:/var/bank.db"));
    assertEquals(Path.of("/var/bank.db"), file("sqlite:///var/bank.db"));
    assertNull(file("sqlite::memory:"));
  }

  @Test
  void aUrlHasOptions() {
    var options =
        SqliteOptions.parse(
            "sqlite:a?mode=ro&busy_timeout=250&synchronous=normal&cache_size=-8000");
    assertTrue(options.readOnly());
    assertEquals(Duration.ofMillis(250), options.busyTimeout());
    assertEquals("normal", options.pragmas().get("synchronous"));
    assertEquals("-8000", options.pragmas().get("cache_size"));
    assertEquals("on", options.pragmas().get("foreign_keys"));
    assertEquals("sqlite:a", options.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sqlite:",
        "sqlite:?mode=ro",
        "postgresql://host",
        "sqlite:a?mode=maybe",
        "sqlite:a?busy_timeout=-1",
        "sqlite:a?busy_timeout=soon",
        "sqlite:a?synchronous",
        "sqlite:a?synchronous=off;drop table t",
        "sqlite:a?x%20=1"
      })
  void whatIsNoUrlIsRefused(String url) {
    assertThrows(IllegalArgumentException.class, () -> SqliteOptions.parse(url));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select 1",
        "\n -- insert\n SELECT 1",
        "/* update */ values (1)",
        "with a as (select 1) select * from a",
        "explain query plan delete from t",
        "pragma user_version"
      })
  void someStatementsOnlyRead(String sql) {
    assertEquals(false, Statements.mayWrite(sql));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "insert into t values (1)",
        "with a as (select 1) insert into t select * from a",
        "create table t (a)",
        "vacuum",
        "selection",
        ""
      })
  void othersMayWrite(String sql) {
    assertTrue(Statements.mayWrite(sql));
  }
}
