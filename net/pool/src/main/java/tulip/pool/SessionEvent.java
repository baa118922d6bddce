// SPDX-License-Identifier: Apache-2.0
package tulip.pool;

import java.time.Duration;

/// What happens to the connection of a [ResilientSession].
public sealed interface SessionEvent {
  /// There is a connection, and all that was declared is in place on it.
  ///
  /// @param attempt how many attempts it took
  record Connected(int attempt) implements SessionEvent {}

  /// Follows [Connected] whenever there was a connection before: what the other side has sent in
  /// between is lost. Who keeps a copy of something fetches it anew.
  ///
  /// @param from when the connection before was last known to work, of the loop's time
  /// @param to when the new one was up
  record Gap(long from, long to) implements SessionEvent {
    /// How long it lasted.
    public Duration length() {
      return Duration.ofNanos(to - from);
    }
  }

  /// The connection is gone; the session opens another one.
  record Lost(Throwable cause) implements SessionEvent {}

  /// No connection could be opened.
  ///
  /// @param retryIn after which pause the session tries again, if it does
  record ConnectFailed(Throwable cause, Duration retryIn) implements SessionEvent {}

  /// The other side has refused a declaration on a new connection. It stays declared, and is tried
  /// again on the next one.
  record DeclarationFailed(Object key, Throwable cause) implements SessionEvent {}

  /// There will be no other attempt.
  ///
  /// @param cause why the last one failed
  record GivenUp(Throwable cause) implements SessionEvent {}
}
