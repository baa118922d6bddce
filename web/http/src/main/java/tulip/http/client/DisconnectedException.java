// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/// Says that the server closed the connection in place of an answer. It may have done what it was
/// asked, or not.
public final class DisconnectedException extends HttpClientException {
  @Serial private static final long serialVersionUID = 1;

  DisconnectedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
