// SPDX-License-Identifier: Apache-2.0
package tulip.redis.recipes;

import java.io.IOException;
import java.io.Serial;

/// What was held was lost before its holder was done: somebody else may hold it now. The holder's
/// block was cancelled; what it had done before, it has done.
public final class LockLostException extends IOException {
  @Serial private static final long serialVersionUID = 1;

  LockLostException(String message) {
    super(message);
  }
}
