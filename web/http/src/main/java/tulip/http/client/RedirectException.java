// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/// Says that a redirection cannot be followed: there were too many, its target is none, or the body
/// cannot be sent again.
public final class RedirectException extends HttpClientException {
  @Serial private static final long serialVersionUID = 1;

  RedirectException(String message) {
    this(message, null);
  }

  RedirectException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
