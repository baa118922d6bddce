// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/// Says that what the server sent is no response, or more than the limits allow, or ended early.
public final class ResponseFormatException extends HttpClientException {
  @Serial private static final long serialVersionUID = 1;

  ResponseFormatException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
