// SPDX-License-Identifier: Apache-2.0
package tulip.pool;

import java.io.IOException;
import tulip.core.Tulip;

/// What a client tells about its connections: how one begins, whether it still works, how it ends.
///
/// Two methods are enough, [#connect] and [#abort]. A connection is anything that is dear to open
/// and serves one user after the other; it is compared by identity.
///
/// All methods are called on the loop. Those that may wait are called in a task, and with a
/// deadline; they are cancelled when it passes.
///
/// @param <C> a connection
public interface Connector<C> {
  /// What becomes of a connection that its user has given back.
  enum Verdict {
    /// It is lent on as it is.
    REUSE,
    /// It is lent on after [Connector#reset].
    RESET,
    /// It is aborted.
    DISCARD
  }

  /// Opens a connection, with all that belongs to it: encryption, logging in. May wait.
  ///
  /// If it is cancelled it leaves nothing open.
  C connect() throws IOException;

  /// Ends a connection at once, whatever it is doing. Never waits, and never throws.
  void abort(C connection);

  /// Ends a connection that nobody uses, as its protocol wants it: says goodbye, for instance. May
  /// wait. If it fails or is late, [#abort] follows.
  default void close(C connection) throws IOException {
    abort(connection);
  }

  /// Whether a connection still works, as far as that can be told without asking the other side: no
  /// end was read, no error was seen. Cheap, and never waits.
  default boolean isAlive(C connection) {
    return true;
  }

  /// Asks the other side of an idle connection for a sign of life: a ping. May wait.
  ///
  /// @throws IOException if the connection does not work any more
  default void check(C connection) throws IOException {
    // what there is to see without asking, isAlive has seen
  }

  /// Judges a connection that its user gives back. Cheap, and never waits.
  ///
  /// Who knows its protocol overrides this: a connection is good even after a cut if no reply is
  /// owed on it, and it is bad even without one if a reply is.
  ///
  /// @param cut whether an exchange may have been cut in the middle: the user was cancelled or
  ///   failed. If nothing else is said that is the end of the connection: a reply that comes late
  ///   would go to the wrong user
  default Verdict judge(C connection, boolean cut) {
    return cut ? Verdict.DISCARD : Verdict.REUSE;
  }

  /// Takes back what a user has changed in a connection: an open transaction, settings. May wait,
  /// and is not cancelled with the user.
  ///
  /// @throws IOException if that failed, and the connection must not be lent on
  default void reset(C connection) throws IOException {
    // nothing of it can be changed
  }

  /// Waits until a connection is lost. For [ResilientSession] only, which learns by it at once what
  /// it would else notice at the next exchange or [#check].
  ///
  /// @throws IOException why it was lost; returning says that the other side has ended it in order
  default void awaitLost(C connection) throws IOException {
    Tulip.sleepForever();
  }
}
