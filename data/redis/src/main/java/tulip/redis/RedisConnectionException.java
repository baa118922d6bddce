// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.io.IOException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;
import tulip.pool.ConnectionLostException;

/// A command has no reply, because its connection was lost or the server took too long; or there
/// was no connection.
public final class RedisConnectionException extends IOException {
  @Serial private static final long serialVersionUID = 1;

  private final boolean maybeExecuted;

  RedisConnectionException(String message, boolean maybeExecuted, @Nullable Throwable cause) {
    super(message, cause);
    this.maybeExecuted = maybeExecuted;
  }

  static RedisConnectionException notSent(String why, @Nullable Throwable cause) {
    return new RedisConnectionException(why + "; the command was not sent", false, cause);
  }

  /// Whether a command that failed so may have been executed: what else can fail does so before
  /// anything is sent.
  static boolean mayHaveBeenExecuted(IOException failure) {
    return switch (failure) {
      case RedisConnectionException lost -> lost.mayHaveBeenExecuted();
      case ConnectionLostException lost -> lost.mayHaveBeenExecuted();
      default -> false;
    };
  }

  /// Whether the server may have executed the command. If not, to send it again does no harm.
  public boolean mayHaveBeenExecuted() {
    return maybeExecuted;
  }
}
