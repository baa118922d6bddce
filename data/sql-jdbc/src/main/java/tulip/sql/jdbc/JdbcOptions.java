// SPDX-License-Identifier: Apache-2.0
package tulip.sql.jdbc;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// How connections to a database are opened and used.
///
/// @param name for messages and threads; without a password
/// @param source opens a connection; called on the connection's thread
/// @param dialect what the database does its own way; `null` to go by what the JDBC driver says
/// @param fetch how many rows of a stream are read at a time, and asked of the driver
/// @param result the largest result that is kept in memory, in bytes of its texts and byte strings
///   and eight for each other value; what is larger is for streams
/// @param generatedKeys whether a statement without rows of its own returns as rows the keys that
///   the database has made for what it has inserted
public record JdbcOptions(
    String name,
    Source source,
    @Nullable JdbcDialect dialect,
    int fetch,
    long result,
    boolean generatedKeys) {
  private static final int FETCH = 1_000;
  private static final long RESULT = 1L << 30;

  /// What opens connections.
  @FunctionalInterface
  public interface Source {
    /// Opens one. Blocks.
    Connection connect() throws SQLException;
  }

  /// Checks the limits.
  public JdbcOptions {
    if (fetch < 1 || result < 1) {
      throw new IllegalArgumentException(
          "limits of %d rows at a time and %d bytes a result".formatted(fetch, result));
    }
  }

  /// The database of a JDBC URL: 1,000 rows of a stream at a time, 1 GiB a result.
  ///
  /// @param url as the JDBC driver wants it; may have user and password
  /// @throws IllegalArgumentException if it is no JDBC URL
  public static JdbcOptions of(String url) {
    return of(url, new Properties());
  }

  /// The database of a JDBC URL.
  ///
  /// @param properties for the JDBC driver: `user`, `password` and others
  /// @throws IllegalArgumentException if it is no JDBC URL
  public static JdbcOptions of(String url, Properties properties) {
    if (!url.startsWith("jdbc:")) {
      throw new IllegalArgumentException("a JDBC URL begins with jdbc:, not as " + url);
    }
    var copy = (Properties) properties.clone();
    return of(withoutParameters(url), () -> DriverManager.getConnection(url, copy));
  }

  /// A database to which something else connects.
  ///
  /// @param name for messages and threads
  public static JdbcOptions of(String name, Source source) {
    return new JdbcOptions(name, source, null, FETCH, RESULT, false);
  }

  /// The database of a data source, which should have no pool of its own.
  ///
  /// @param name for messages and threads
  public static JdbcOptions of(String name, DataSource source) {
    return of(name, source::getConnection);
  }

  /// The URL as it may be shown: parameters and user information may be secret.
  private static String withoutParameters(String url) {
    return url.replaceFirst("[?;].*", "").replaceFirst("//[^/@]*@", "//");
  }

  /// The same with another dialect.
  public JdbcOptions withDialect(JdbcDialect dialect) {
    return new JdbcOptions(name, source, dialect, fetch, result, generatedKeys);
  }

  /// The same reading another number of a stream's rows at a time.
  public JdbcOptions withFetch(int fetch) {
    return new JdbcOptions(name, source, dialect, fetch, result, generatedKeys);
  }

  /// The same with another limit of results.
  public JdbcOptions withResult(long result) {
    return new JdbcOptions(name, source, dialect, fetch, result, generatedKeys);
  }

  /// The same with the keys that the database makes as rows, or without.
  public JdbcOptions withGeneratedKeys(boolean generatedKeys) {
    return new JdbcOptions(name, source, dialect, fetch, result, generatedKeys);
  }

  @Override
  public String toString() {
    return name;
  }
}
