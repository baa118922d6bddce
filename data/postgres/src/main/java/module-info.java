// SPDX-License-Identifier: Apache-2.0

/// PostgreSQL for tasks, natively: no JDBC, no threads.
///
/// Reading order: programs begin with [tulip.sql.Database]; what only PostgreSQL has is in
/// [tulip.postgres.PostgresConnection] and [tulip.postgres.PostgresOptions]; its types are in
/// `tulip.postgres.types`, the codec is `tulip.postgres.protocol`.
@org.jspecify.annotations.NullMarked
module tulip.postgres {
  requires static transitive org.jspecify;
  requires transitive tulip.bytes;
  requires transitive tulip.core;
  requires transitive tulip.net;
  requires tulip.pipelining;
  requires transitive tulip.pool;
  requires tulip.sasl;
  requires transitive tulip.sql;

  exports tulip.postgres;
  exports tulip.postgres.protocol;
  exports tulip.postgres.replication;
  exports tulip.postgres.types;

  provides tulip.sql.spi.Driver with
      tulip.postgres.PostgresDriver;
}
