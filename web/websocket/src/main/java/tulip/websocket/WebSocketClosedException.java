// SPDX-License-Identifier: Apache-2.0
package tulip.websocket;

import java.io.IOException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;
import tulip.websocket.protocol.CloseStatus;

/// The connection is closed, and not in a way that a reader expects; or something was sent after
/// the end.
public final class WebSocketClosedException extends IOException {
  @Serial private static final long serialVersionUID = 1;

  private final int code;
  private final String reason;

  WebSocketClosedException(CloseStatus status, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = status.code();
    this.reason = status.reason();
  }

  /// Why: what the peer has said, or what it was told if it broke the protocol;
  /// [CloseStatus#ABNORMAL] if the connection broke.
  public CloseStatus status() {
    return new CloseStatus(code, reason);
  }
}
