// SPDX-License-Identifier: Apache-2.0
package tulip.postgres;

import org.junit.jupiter.api.extension.ExtendWith;
import tulip.pool.PoolOptions;
import tulip.sql.Database;
import tulip.sql.testing.SqlContract;

/// And without any statement that the server keeps, as pgbouncer's transaction mode wants it.
@ExtendWith(SharedServer.class)
class UnpreparedContractTest extends SqlContract {
  @Override
  protected Database open(PoolOptions options) {
    return Database.open(SharedServer.server().url() + "&statement_cache=0", options);
  }

  @Override
  protected String slowStatement() {
    return "select pg_sleep(60)";
  }
}
