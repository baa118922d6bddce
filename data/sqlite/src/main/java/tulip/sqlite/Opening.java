// SPDX-License-Identifier: Apache-2.0
package tulip.sqlite;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;
import tulip.sql.jdbc.JdbcOptions;

/// Opens a connection, and makes it what the options say.
///
/// @param options of the database
/// @param file where it is
record Opening(SqliteOptions options, DatabaseFile file) implements JdbcOptions.Source {
  private static final String JOURNAL_MODE = "journal_mode";

  @Override
  public Connection connect() throws SQLException {
    var config = new SQLiteConfig();
    config.setReadOnly(options.readOnly());
    config.setBusyTimeout(Math.toIntExact(options.busyTimeout().toMillis()));
    var connection = JDBC.createConnection(JDBC.PREFIX + path(), config.toProperties());
    try {
      configure(connection);
      for (var function : options.functions().entrySet()) {
        JavaFunction.register(connection, function.getKey(), function.getValue());
      }
      return connection;
    } catch (Throwable t) {
      connection.close();
      throw t;
    }
  }

  private String path() throws SQLException {
    try {
      return file.path().toAbsolutePath().toString();
    } catch (IOException e) {
      throw new SQLException("no place for a temporary database", "58030", e);
    }
  }

  private void configure(Connection connection) throws SQLException {
    var settings = new ArrayList<>(file.pragmas());
    options.pragmas().forEach((name, value) -> settings.add(name + " = " + value));
    if (options.readOnly()) {
      settings.removeIf(setting -> setting.startsWith(JOURNAL_MODE)); // that would be a change
    }
    try (var statement = connection.createStatement()) {
      for (var setting : settings) {
        statement.execute("pragma " + setting);
      }
    }
  }
}
