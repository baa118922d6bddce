// SPDX-License-Identifier: Apache-2.0
package tulip.pool;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What happens in a pool, for metrics: [PoolOptions#listener].
public sealed interface PoolEvent {
  /// Why a pool ends a connection.
  enum CloseReason {
    /// It was seen not to work, or its user said so.
    BROKEN,
    /// An exchange on it may have been cut in the middle.
    CUT,
    /// [Connector#check] failed before it was lent.
    CHECK_FAILED,
    /// [Connector#reset] failed after it came back.
    RESET_FAILED,
    /// It was older than [PoolOptions#maxAge].
    EXPIRED,
    /// It was idle for longer than [PoolOptions#maxIdle].
    IDLE,
    /// It was lent [PoolOptions#maxUses] times.
    USED_UP,
    /// It was opened before [ConnectionPool#expireAll].
    OUTDATED,
    /// There are more than the pool may have since it was resized.
    SURPLUS,
    /// The room was needed for another key of a [PoolMap].
    EVICTED,
    /// The pool was closed.
    POOL_CLOSED
  }

  /// The name of the pool.
  String pool();

  /// A connection was opened.
  ///
  /// @param took how long that took
  record Opened(String pool, Duration took) implements PoolEvent {}

  /// A connection could not be opened.
  record ConnectFailed(String pool, Throwable cause) implements PoolEvent {}

  /// A connection was lent.
  ///
  /// @param waited how long its user waited for it
  record Acquired(String pool, Duration waited) implements PoolEvent {}

  /// Nobody could be lent a connection in time.
  ///
  /// @param waited how long
  record AcquireTimedOut(String pool, Duration waited) implements PoolEvent {}

  /// A lease ended.
  ///
  /// @param held how long it lasted
  record Released(String pool, Duration held) implements PoolEvent {}

  /// The pool ends a connection.
  ///
  /// @param cause what went wrong, if something was thrown
  record Closed(String pool, CloseReason reason, @Nullable Throwable cause) implements PoolEvent {}
}
