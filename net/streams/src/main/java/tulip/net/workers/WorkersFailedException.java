// SPDX-License-Identifier: Apache-2.0
package tulip.net.workers;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/// A worker failed more often than its [RestartPolicy] allows. Its cause is the last failure, if
/// the worker did not just stand still.
public final class WorkersFailedException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  WorkersFailedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
