// SPDX-License-Identifier: Apache-2.0
package tulip.sqlite;

import java.util.Set;
import tulip.sql.spi.Driver;

/// Finds SQLite databases by their URLs: `sqlite:bank.db`, `sqlite::memory:`.
public final class SqliteDriver implements Driver {
  /// For [java.util.ServiceLoader].
  public SqliteDriver() {}

  @Override
  public Set<String> schemes() {
    return Set.of("sqlite");
  }

  @Override
  public SqliteConnector connector(String url) {
    return new SqliteConnector(SqliteOptions.parse(url));
  }
}
