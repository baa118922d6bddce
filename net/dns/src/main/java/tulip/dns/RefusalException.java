// SPDX-License-Identifier: Apache-2.0
package tulip.dns;

import java.io.IOException;
import java.io.Serial;

/// A server has answered that it will not answer.
final class RefusalException extends IOException {
  @Serial private static final long serialVersionUID = 1;

  RefusalException(String message) {
    super(message);
  }
}
