// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.io.IOException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/// A command has no reply, because its connection was lost or the server took too long; or there
/// was no connection.
public final class RedisConnectionException extends IOException {
  @Serial private static final long serialVersionUID = 1;

  private final boolean maybeExecuted;

  RedisConnectionException(String message, boolean maybeExecuted, @Nullable Throwable cause) {
    super(message, cause);
    this.maybeExecuted = maybeExecuted;
  }

  /// Whether the server may have executed the command. If not, to send it again does no harm.
  public boolean mayHaveBeenExecuted() {
    return maybeExecuted;
  }
}
