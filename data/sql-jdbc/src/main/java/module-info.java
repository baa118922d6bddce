// SPDX-License-Identifier: Apache-2.0

/// Any JDBC driver behind `tulip.sql`: each connection has a thread of its own.
///
/// Reading order: programs begin with [tulip.sql.Database] and a `jdbc:` URL;
/// [tulip.sql.jdbc.JdbcOptions] has what no URL says. [tulip.sql.jdbc.JdbcConnection] waits for
/// what `JdbcSession` does on its thread, and [tulip.sql.jdbc.JdbcDialect] is what a database does
/// its own way.
@org.jspecify.annotations.NullMarked
module tulip.sql.jdbc {
  requires static transitive org.jspecify;
  requires transitive java.sql;
  requires transitive tulip.bytes;
  requires transitive tulip.core;
  requires transitive tulip.pool;
  requires transitive tulip.sql;

  exports tulip.sql.jdbc;

  uses java.sql.Driver;

  provides tulip.sql.spi.Driver with
      tulip.sql.jdbc.JdbcDriver;
}
