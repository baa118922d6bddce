// SPDX-License-Identifier: Apache-2.0
package tulip.pool;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The connection of a session or client was lost during an exchange, or there is none any more.
public final class ConnectionLostException extends IOException {
  private static final long serialVersionUID = 1;

  private final boolean maybeExecuted;

  /// Makes one, for clients that keep their connections themselves.
  ///
  /// @param message what was lost
  /// @param maybeExecuted see [#mayHaveBeenExecuted]
  /// @param cause why, if that is known
  public ConnectionLostException(String message, boolean maybeExecuted, @Nullable Throwable cause) {
    super(message, cause);
    this.maybeExecuted = maybeExecuted;
  }

  /// Whether the other side may have done what it was asked for. If not, to ask again does no harm.
  public boolean mayHaveBeenExecuted() {
    return maybeExecuted;
  }
}
