// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/// Says that the body of a response is not what was wanted: too large, of another type, wrongly
/// coded.
public final class ContentException extends HttpClientException {
  @Serial private static final long serialVersionUID = 1;

  ContentException(String message) {
    this(message, null);
  }

  ContentException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
