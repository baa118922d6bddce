// SPDX-License-Identifier: Apache-2.0
package tulip.redis.protocol;

import java.io.Serial;

/// Says that bytes from a server are no RESP, or more than the limits allow.
///
/// Where the next reply would begin is unknown then: the connection is good for nothing any more.
public final class RespFormatException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  RespFormatException(String message) {
    super(message);
  }
}
