// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.time.Duration;
import tulip.pool.PoolOptions;
import tulip.pool.SessionOptions;
import tulip.redis.protocol.RespLimits;

/// How a client connects and works.
///
/// @param endpoint where the server is
/// @param login who the client is
/// @param commandTimeout how long a command waits for its reply, 10 s; zero for no limit. Commands
///   that block on purpose have none. One that could not even be written in this time costs the
///   connection
/// @param maxPending how many commands of one connection may wait for their replies; further ones
///   wait before they are sent. 10,000
/// @param failFast whether a command fails at once while there is no connection; else it waits for
///   one as long as [SessionOptions#awaitTimeout] says
/// @param limits what a server may make the client keep in memory
/// @param session how the shared connection is kept up
/// @param pool the connections for commands that block and for transactions with WATCH
public record RedisOptions(
    Endpoint endpoint,
    Login login,
    Duration commandTimeout,
    int maxPending,
    boolean failFast,
    RespLimits limits,
    SessionOptions session,
    PoolOptions pool) {
  /// Checks them.
  public RedisOptions {
    if (commandTimeout.isNegative() || maxPending < 1) {
      throw new IllegalArgumentException(
          "time for a command %s, %d commands at once".formatted(commandTimeout, maxPending));
    }
  }

  /// The usual options for a server.
  public static RedisOptions of(Endpoint endpoint) {
    var name = "redis " + endpoint;
    return new RedisOptions(
        endpoint,
        Login.ANONYMOUS,
        Duration.ofSeconds(10),
        10_000,
        false,
        RespLimits.DEFAULT,
        SessionOptions.DEFAULT.withName(name),
        PoolOptions.DEFAULT.withName(name));
  }

  /// Reads a URL:
  ///
  /// - `redis://user:password@host:6379/0`, of which all but the host can be left out;
  ///   `redis://:password@host` is the user `default`
  /// - `rediss://...` for TLS, with the authorities that the JDK trusts
  /// - `unix://user:password@/run/redis.sock?db=0`
  ///
  /// Reserved characters are percent-encoded. Behind `?` may stand `db`, `name` for `CLIENT LIST`,
  /// `protocol` (2 or 3) and `timeout` (seconds for a command).
  ///
  /// @throws IllegalArgumentException if it is none of these, or says something else
  public static RedisOptions parse(String url) {
    return RedisUrl.parse(url);
  }

  /// The same with another login.
  public RedisOptions withLogin(Login login) {
    return new RedisOptions(
        endpoint, login, commandTimeout, maxPending, failFast, limits, session, pool);
  }

  /// The same with another server.
  public RedisOptions withEndpoint(Endpoint endpoint) {
    return new RedisOptions(
        endpoint, login, commandTimeout, maxPending, failFast, limits, session, pool);
  }

  /// The same with another time for a command; zero for no limit.
  public RedisOptions withCommandTimeout(Duration commandTimeout) {
    return new RedisOptions(
        endpoint, login, commandTimeout, maxPending, failFast, limits, session, pool);
  }

  /// The same with another number of commands that may wait for their replies.
  public RedisOptions withMaxPending(int maxPending) {
    return new RedisOptions(
        endpoint, login, commandTimeout, maxPending, failFast, limits, session, pool);
  }

  /// The same, failing at once while there is no connection, or not.
  public RedisOptions withFailFast(boolean failFast) {
    return new RedisOptions(
        endpoint, login, commandTimeout, maxPending, failFast, limits, session, pool);
  }

  /// The same with other limits of replies.
  public RedisOptions withLimits(RespLimits limits) {
    return new RedisOptions(
        endpoint, login, commandTimeout, maxPending, failFast, limits, session, pool);
  }

  /// The same with other options of the shared connection.
  public RedisOptions withSession(SessionOptions session) {
    return new RedisOptions(
        endpoint, login, commandTimeout, maxPending, failFast, limits, session, pool);
  }

  /// The same with other options of the pool.
  public RedisOptions withPool(PoolOptions pool) {
    return new RedisOptions(
        endpoint, login, commandTimeout, maxPending, failFast, limits, session, pool);
  }
}
