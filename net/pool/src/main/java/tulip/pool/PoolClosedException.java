// SPDX-License-Identifier: Apache-2.0
package tulip.pool;

import java.io.IOException;

/// The pool or session is closed, or was closed during the wait: it gives no connections any more.
public final class PoolClosedException extends IOException {
  private static final long serialVersionUID = 1;

  PoolClosedException(String message) {
    super(message);
  }
}
