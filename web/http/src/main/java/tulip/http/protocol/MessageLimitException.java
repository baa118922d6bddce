// SPDX-License-Identifier: Apache-2.0
package tulip.http.protocol;

import java.io.Serial;

/// Says that what the peer sends is more than [HttpLimits] allows.
public final class MessageLimitException extends ProtocolException {
  @Serial private static final long serialVersionUID = 1;

  MessageLimitException(Status status, String what, long limit) {
    super(status, what + " is above the limit of " + limit);
  }
}
