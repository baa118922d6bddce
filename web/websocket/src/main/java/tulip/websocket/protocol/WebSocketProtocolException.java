// SPDX-License-Identifier: Apache-2.0
package tulip.websocket.protocol;

import java.io.Serial;

/// Says that the peer broke the protocol, or sent more than it may.
///
/// Nothing more can be received. Send a close frame with [#status], and close the connection
/// without waiting for another one.
public final class WebSocketProtocolException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  private final int code;

  private WebSocketProtocolException(int code, String message) {
    super(message);
    this.code = code;
  }

  static WebSocketProtocolException of(int code, String message) {
    return new WebSocketProtocolException(code, message);
  }

  static WebSocketProtocolException malformed(String message) {
    return of(CloseStatus.PROTOCOL_ERROR, message);
  }

  static WebSocketProtocolException tooBig(String what, long limit) {
    return of(CloseStatus.TOO_BIG, what + " is larger than " + limit);
  }

  /// What the peer is to be told.
  public CloseStatus status() {
    return new CloseStatus(code, String.valueOf(getMessage()));
  }
}
