// SPDX-License-Identifier: Apache-2.0
package tulip.http.protocol;

import java.io.Serial;

/// Says that what the peer sent is no HTTP message, or none that every reader understands alike.
public final class MessageFormatException extends ProtocolException {
  @Serial private static final long serialVersionUID = 1;

  MessageFormatException(Status status, String message) {
    super(status, message);
  }
}
