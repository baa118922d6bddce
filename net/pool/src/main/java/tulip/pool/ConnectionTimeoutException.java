// SPDX-License-Identifier: Apache-2.0
package tulip.pool;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// No connection could be had in time. The message says who has those that there are, and the cause
/// why the last attempt to open another one failed, if it did.
public final class ConnectionTimeoutException extends IOException {
  private static final long serialVersionUID = 1;

  ConnectionTimeoutException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
