// SPDX-License-Identifier: Apache-2.0
package tulip.pool;

import org.jspecify.annotations.Nullable;

/// Tells how far an exchange has come: before [#sending] the other side cannot have done anything.
public final class Exchange {
  /// A request and its reply, that says when the request leaves.
  ///
  /// @param <C> the connection
  /// @param <T> the result
  /// @param <X> what it throws
  @FunctionalInterface
  public interface Tracked<C, T extends @Nullable Object, X extends Exception> {
    /// Runs it; calls [Exchange#sending] before the first byte leaves.
    T run(C connection, Exchange exchange) throws X;
  }

  private boolean sent;

  Exchange() {}

  /// Says that the request leaves now.
  public void sending() {
    sent = true;
  }

  boolean isSent() {
    return sent;
  }
}
