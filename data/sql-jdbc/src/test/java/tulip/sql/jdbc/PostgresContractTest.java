// SPDX-License-Identifier: Apache-2.0
package tulip.sql.jdbc;

import org.junit.jupiter.api.extension.ExtendWith;
import tulip.pool.PoolOptions;
import tulip.sql.Database;
import tulip.sql.testing.SqlContract;

/// PostgreSQL by pgjdbc keeps the contract of all databases.
@ExtendWith(SharedPostgres.class)
class PostgresContractTest extends SqlContract {
  @Override
  protected Database open(PoolOptions options) {
    return Database.open(SharedPostgres.url(), options);
  }

  @Override
  protected String slowStatement() {
    return "select pg_sleep(60)";
  }
}
