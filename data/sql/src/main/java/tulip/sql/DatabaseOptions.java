// SPDX-License-Identifier: Apache-2.0
package tulip.sql;

import tulip.pool.PoolOptions;

/// How a [Database] uses its connections.
///
/// @param pool of the connections
/// @param sharing how many single statements may be under way on one connection at most. With 1
///   each has a connection for itself. With more, tasks that find no idle connection share one that
///   is in use: their statements leave together, and each waits for those before it
public record DatabaseOptions(PoolOptions pool, int sharing) {
  /// The usual pool, whose connections are not shared.
  public static final DatabaseOptions DEFAULT =
      new DatabaseOptions(PoolOptions.DEFAULT.withName("database"), 1);

  /// Checks them.
  public DatabaseOptions {
    if (sharing < 1) {
      throw new IllegalArgumentException("a connection has one statement at least: " + sharing);
    }
  }

  /// The same with another pool.
  public DatabaseOptions withPool(PoolOptions pool) {
    return new DatabaseOptions(pool, sharing);
  }

  /// The same with another number of statements on a connection.
  public DatabaseOptions withSharing(int sharing) {
    return new DatabaseOptions(pool, sharing);
  }
}
