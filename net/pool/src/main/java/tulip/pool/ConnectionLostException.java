// SPDX-License-Identifier: Apache-2.0
package tulip.pool;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The connection of a session was lost during an exchange, or the session has none any more.
public final class ConnectionLostException extends IOException {
  private static final long serialVersionUID = 1;

  private final boolean maybeExecuted;

  ConnectionLostException(String message, boolean maybeExecuted, @Nullable Throwable cause) {
    super(message, cause);
    this.maybeExecuted = maybeExecuted;
  }

  /// Whether the other side may have done what it was asked for. If not, to ask again does no harm.
  public boolean mayHaveBeenExecuted() {
    return maybeExecuted;
  }
}
