// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import java.io.IOException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/// What can go wrong with a request besides the network itself.
///
/// Failures of the network stay the JDK's: [java.net.UnknownHostException],
/// [java.net.ConnectException], [javax.net.ssl.SSLException] and other [IOException]s. Mistakes of
/// the program are an [IllegalArgumentException] or [IllegalStateException], and nothing was sent.
public abstract sealed class HttpClientException extends IOException
    permits ClientTimeoutException,
        ContentException,
        DisconnectedException,
        ProxyException,
        RedirectException,
        ResponseFormatException,
        StatusException {
  @Serial private static final long serialVersionUID = 1;

  HttpClientException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
