// SPDX-License-Identifier: Apache-2.0
package tulip.postgres;

import org.junit.jupiter.api.extension.ExtendWith;
import tulip.pool.PoolOptions;
import tulip.sql.Database;
import tulip.sql.testing.SqlContract;

/// PostgreSQL keeps the contract of all databases, with prepared statements.
@ExtendWith(SharedServer.class)
class PostgresContractTest extends SqlContract {
  @Override
  protected Database open(PoolOptions options) {
    return Database.open(SharedServer.server().url(), options);
  }

  @Override
  protected String slowStatement() {
    return "select pg_sleep(60)";
  }
}
