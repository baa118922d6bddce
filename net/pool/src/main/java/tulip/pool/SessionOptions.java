// SPDX-License-Identifier: Apache-2.0
package tulip.pool;

import java.time.Duration;

/// How a session works.
///
/// @param name for messages
/// @param backoff how long it pauses between attempts to connect, and when it gives up
/// @param connectTimeout how long [Connector#connect] may take
/// @param hookTimeout how long [Connector#check], [Connector#close] and each declaration on a new
///   connection may take
/// @param awaitTimeout how long tasks wait for a connection at most
/// @param checkAfter how long a connection may be silent before it is checked
/// @param grace how long [ResilientSession#close] waits for exchanges to end
public record SessionOptions(
    String name,
    Backoff backoff,
    Duration connectTimeout,
    Duration hookTimeout,
    Duration awaitTimeout,
    Duration checkAfter,
    Duration grace) {
  /// Tries for ever, and checks after 30 s of silence.
  public static final SessionOptions DEFAULT =
      new SessionOptions(
          "session",
          Backoff.DEFAULT,
          Duration.ofSeconds(15),
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          Duration.ofSeconds(10));

  /// Checks the limits.
  public SessionOptions {
    if (!connectTimeout.isPositive()
        || !hookTimeout.isPositive()
        || !awaitTimeout.isPositive()
        || !checkAfter.isPositive()
        || grace.isNegative()) {
      throw new IllegalArgumentException("times of a session are positive");
    }
  }

  /// The same with another name.
  public SessionOptions withName(String name) {
    return new SessionOptions(
        name, backoff, connectTimeout, hookTimeout, awaitTimeout, checkAfter, grace);
  }

  /// The same with other pauses.
  public SessionOptions withBackoff(Backoff backoff) {
    return new SessionOptions(
        name, backoff, connectTimeout, hookTimeout, awaitTimeout, checkAfter, grace);
  }

  /// The same with another time for connecting.
  public SessionOptions withConnectTimeout(Duration connectTimeout) {
    return new SessionOptions(
        name, backoff, connectTimeout, hookTimeout, awaitTimeout, checkAfter, grace);
  }

  /// The same with another time for checks, closing and declarations.
  public SessionOptions withHookTimeout(Duration hookTimeout) {
    return new SessionOptions(
        name, backoff, connectTimeout, hookTimeout, awaitTimeout, checkAfter, grace);
  }

  /// The same with another time for tasks to wait.
  public SessionOptions withAwaitTimeout(Duration awaitTimeout) {
    return new SessionOptions(
        name, backoff, connectTimeout, hookTimeout, awaitTimeout, checkAfter, grace);
  }

  /// The same with another time of silence; [PoolOptions#FOREVER] to check never.
  public SessionOptions withCheckAfter(Duration checkAfter) {
    return new SessionOptions(
        name, backoff, connectTimeout, hookTimeout, awaitTimeout, checkAfter, grace);
  }

  /// The same with another time for closing.
  public SessionOptions withGrace(Duration grace) {
    return new SessionOptions(
        name, backoff, connectTimeout, hookTimeout, awaitTimeout, checkAfter, grace);
  }
}
