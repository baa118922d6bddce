// SPDX-License-Identifier: Apache-2.0
package tulip.sqlite;

import tulip.pool.PoolOptions;
import tulip.sql.Database;

/// And where nobody else sees it.
class TemporaryContractTest extends SqliteContractTest {
  @Override
  protected Database open(PoolOptions options) {
    return Database.open("sqlite::memory:", options);
  }
}
