// SPDX-License-Identifier: Apache-2.0

/// What all clients share: pools of connections, back-off, and sessions that outlive their
/// connections.
///
/// Reading order: [tulip.pool.Connector] is what a client tells about its connections,
/// [tulip.pool.ConnectionPool] lends them, [tulip.pool.PoolMap] does so for many servers,
/// [tulip.pool.Backoff] says when to try again, and [tulip.pool.ResilientSession] keeps one
/// connection up.
@org.jspecify.annotations.NullMarked
module tulip.pool {
  requires static transitive org.jspecify;
  requires transitive tulip.core;

  exports tulip.pool;
}
