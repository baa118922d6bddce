// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/// Says that a proxy does not let the request through.
public final class ProxyException extends HttpClientException {
  @Serial private static final long serialVersionUID = 1;

  ProxyException(String message) {
    this(message, null);
  }

  ProxyException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
