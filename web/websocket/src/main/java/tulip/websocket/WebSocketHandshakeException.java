// SPDX-License-Identifier: Apache-2.0
package tulip.websocket;

import java.io.IOException;
import java.io.Serial;
import tulip.http.protocol.Headers;
import tulip.http.protocol.Status;
import tulip.websocket.protocol.HandshakeException;

/// The server has not agreed to a WebSocket.
public final class WebSocketHandshakeException extends IOException {
  @Serial private static final long serialVersionUID = 1;

  private final int code;
  private final transient Headers headers;

  WebSocketHandshakeException(String target, HandshakeException cause) {
    super("no WebSocket at " + target + ": " + cause.getMessage(), cause);
    code = cause.status().code();
    headers = cause.headers();
  }

  /// What the server has answered; 101 if it said yes, but to something else.
  public Status status() {
    return Status.of(code);
  }

  /// The fields of its answer: where it went to, or how to log in.
  public Headers headers() {
    return headers;
  }
}
