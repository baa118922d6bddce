// SPDX-License-Identifier: Apache-2.0
package tulip.postgres;

import java.util.Set;
import tulip.sql.spi.Driver;

/// Finds PostgreSQL databases by their URLs: `postgresql://host/database`.
public final class PostgresDriver implements Driver {
  /// For [java.util.ServiceLoader].
  public PostgresDriver() {}

  @Override
  public Set<String> schemes() {
    return Set.of("postgresql", "postgres");
  }

  @Override
  public PostgresConnector connector(String url) {
    return new PostgresConnector(PostgresOptions.parse(url));
  }
}
