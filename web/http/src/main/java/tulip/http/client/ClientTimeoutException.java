// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/// Says that a request took too long, and in which of its phases.
public final class ClientTimeoutException extends HttpClientException {
  @Serial private static final long serialVersionUID = 1;

  /// What was being done: see [ClientTimeouts].
  public enum Phase {
    /// Waiting for a connection.
    ACQUIRE,
    /// Opening one.
    CONNECT,
    /// Sending the request.
    WRITE,
    /// Waiting for the head of the response.
    HEAD,
    /// Waiting for more of its body.
    READ,
    /// Whatever it was: all of it together took too long.
    TOTAL
  }

  /// The phase.
  private final Phase phase;

  ClientTimeoutException(Phase phase, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.phase = phase;
  }

  /// What took too long.
  public Phase phase() {
    return phase;
  }
}
