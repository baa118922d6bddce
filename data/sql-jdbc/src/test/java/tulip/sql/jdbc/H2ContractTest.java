// SPDX-License-Identifier: Apache-2.0
package tulip.sql.jdbc;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;
import tulip.pool.PoolOptions;
import tulip.sql.Database;
import tulip.sql.Json;
import tulip.sql.testing.SqlContract;

/// H2 by its JDBC driver keeps the contract of all databases.
class H2ContractTest extends SqlContract {
  @Override
  protected Database open(PoolOptions options) {
    return Database.open(H2.url("contract"), options);
  }

  /// It keeps the meaning of JSON, and not its blanks: see [JdbcConnectionTest].
  @Override
  protected @Nullable String typeOf(Class<?> type) {
    if (type == LocalTime.class) {
      return "time(9)";
    } else if (type == LocalDateTime.class) {
      return "timestamp(9)";
    }
    if (type == Json.class) {
      return null;
    }
    return type == Instant.class ? "timestamp(9) with time zone" : super.typeOf(type);
  }

  @Override
  protected String slowStatement() {
    return H2.SLOW;
  }

  @Override
  protected boolean failuresSpoilTransactions() {
    return false;
  }

  @Override
  protected boolean hasReadOnlyTransactions() {
    return false;
  }
}
