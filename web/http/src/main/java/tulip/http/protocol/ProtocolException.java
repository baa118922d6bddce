// SPDX-License-Identifier: Apache-2.0
package tulip.http.protocol;

import java.io.Serial;

/// Says that the peer broke the protocol; what we do wrong ourselves is an [IllegalStateException]
/// or an [IllegalArgumentException].
///
/// The connection cannot receive any more, since nobody knows where the next message begins. A
/// server may still send one response, with [#status], unless it has begun another; then close.
public abstract sealed class ProtocolException extends Exception
    permits MessageFormatException, MessageLimitException, IncompleteMessageException {
  @Serial private static final long serialVersionUID = 1;

  /// The code of what a server answers.
  private final int code;

  ProtocolException(Status status, String message) {
    super(message);
    this.code = status.code();
  }

  /// What a server answers. A client that passes its answers on says 502 instead.
  public Status status() {
    return Status.of(code);
  }
}
