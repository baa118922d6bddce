// SPDX-License-Identifier: Apache-2.0

/// SQLite for tasks, embedded: xerial's driver behind `tulip.sql`.
///
/// Reading order: programs begin with [tulip.sql.Database] and `sqlite:path`;
/// [tulip.sqlite.SqliteOptions] has what no URL says, [tulip.sqlite.SqliteConnection] what only
/// SQLite has. `WriteTurn` is why tasks do not get in each other's way.
@org.jspecify.annotations.NullMarked
module tulip.sqlite {
  requires static transitive org.jspecify;
  requires transitive tulip.bytes;
  requires transitive tulip.core;
  requires transitive tulip.pool;
  requires transitive tulip.sql;
  requires transitive tulip.sql.jdbc;
  requires org.xerial.sqlitejdbc;

  exports tulip.sqlite;

  provides tulip.sql.spi.Driver with
      tulip.sqlite.SqliteDriver;
}
