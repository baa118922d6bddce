// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.io.IOException;
import tulip.pool.Connector;

/// What pools and sessions have to know about connections to Redis.
///
/// @param opening how one begins
record RedisConnector(Opening opening) implements Connector<RedisConnection> {
  /// Opens a connection that is logged in.
  interface Opening {
    /// Opens it; leaves nothing open if it fails.
    RedisConnection open() throws IOException;
  }

  /// For a server that stays where it is.
  static RedisConnector to(RedisOptions options) {
    return new RedisConnector(() -> RedisConnection.connect(options));
  }

  @Override
  public RedisConnection connect() throws IOException {
    return opening.open();
  }

  @Override
  public void abort(RedisConnection connection) {
    connection.abort();
  }

  @Override
  public void close(RedisConnection connection) {
    connection.close();
  }

  @Override
  public boolean isAlive(RedisConnection connection) {
    return connection.isOpen();
  }

  @Override
  public void check(RedisConnection connection) throws IOException {
    connection.check();
  }

  /// Replies find their place whoever was cancelled, so that only what is still owed, or what is no
  /// more as it was, makes a connection unfit for the next one.
  @Override
  public Verdict judge(RedisConnection connection, boolean cut) {
    if (!connection.isOpen() || connection.isChanged() || (cut && connection.isOwed())) {
      return Verdict.DISCARD;
    }
    return connection.isWatching() ? Verdict.RESET : Verdict.REUSE;
  }

  @Override
  public void reset(RedisConnection connection) throws IOException {
    connection.call("UNWATCH");
  }

  @Override
  public void awaitLost(RedisConnection connection) throws IOException {
    connection.awaitLost();
  }
}
