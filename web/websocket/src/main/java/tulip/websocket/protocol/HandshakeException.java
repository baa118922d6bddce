// SPDX-License-Identifier: Apache-2.0
package tulip.websocket.protocol;

import java.io.Serial;
import tulip.http.protocol.Headers;
import tulip.http.protocol.Status;

/// Says that a handshake is none that can be answered with yes.
public final class HandshakeException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  private final int code;
  private final transient Headers headers;

  HandshakeException(Status status, String message) {
    this(status, message, Headers.EMPTY);
  }

  HandshakeException(Status status, String message, Headers headers) {
    super(message);
    this.code = status.code();
    this.headers = headers;
  }

  /// What a server answers, or what a client was answered.
  public Status status() {
    return Status.of(code);
  }

  /// The fields of that answer: a server's say how to do better.
  public Headers headers() {
    return headers;
  }
}
