// SPDX-License-Identifier: Apache-2.0
package tulip.http.protocol;

import java.io.Serial;

/// Says that the peer has stopped sending in the middle of a message.
public final class IncompleteMessageException extends ProtocolException {
  @Serial private static final long serialVersionUID = 1;

  IncompleteMessageException(String message) {
    super(Status.BAD_REQUEST, message);
  }
}
