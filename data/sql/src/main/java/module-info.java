// SPDX-License-Identifier: Apache-2.0

/// SQL databases for tasks: one face, whatever the database.
///
/// Reading order: [tulip.sql.Database] is where programs begin; [tulip.sql.Queries] is what
/// databases, connections and transactions have in common; [tulip.sql.Row] is what comes back, and
/// [tulip.sql.SqlException] what goes wrong. [tulip.sql.spi.Driver] is what a database brings.
@org.jspecify.annotations.NullMarked
module tulip.sql {
  requires static transitive org.jspecify;
  requires transitive tulip.bytes;
  requires transitive tulip.core;
  requires transitive tulip.pool;

  exports tulip.sql;
  exports tulip.sql.spi;

  uses tulip.sql.spi.Driver;
}
