// SPDX-License-Identifier: Apache-2.0
package tulip.sqlite;

import java.math.BigDecimal;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import tulip.pool.PoolOptions;
import tulip.sql.Database;
import tulip.sql.testing.SqlContract;

/// SQLite keeps the contract of all databases, in a file.
class SqliteContractTest extends SqlContract {
  /// Counts for ever.
  static final String SLOW =
      "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n";

  @TempDir Path folder;

  @Override
  protected Database open(PoolOptions options) {
    return Database.open("sqlite:" + folder.resolve("contract.db"), options);
  }

  /// It has no decimals but floating point.
  @Override
  protected @Nullable String typeOf(Class<?> type) {
    return type == BigDecimal.class ? null : super.typeOf(type);
  }

  @Override
  protected String slowStatement() {
    return SLOW;
  }

  @Override
  protected boolean failuresSpoilTransactions() {
    return false;
  }
}
