// SPDX-License-Identifier: Apache-2.0
package tulip.sql.jdbc;

import java.util.Set;
import tulip.sql.spi.Driver;

/// Finds databases by their JDBC URLs: `jdbc:mariadb://host/database`. The JDBC driver is one of
/// those that [java.sql.DriverManager] knows: its jar on the path is enough.
public final class JdbcDriver implements Driver {
  /// For [java.util.ServiceLoader].
  public JdbcDriver() {}

  @Override
  public Set<String> schemes() {
    return Set.of("jdbc");
  }

  @Override
  public JdbcConnector connector(String url) {
    return new JdbcConnector(JdbcOptions.of(url));
  }
}
