// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import java.io.Serial;
import tulip.http.protocol.Headers;
import tulip.http.protocol.Status;

/// Says that the server answered with an error, where the program wanted none:
/// [ClientResponse#raiseForStatus].
public final class StatusException extends HttpClientException {
  @Serial private static final long serialVersionUID = 1;

  /// The code.
  private final int code;

  private final transient Headers headers;

  StatusException(String request, Status status, Headers headers) {
    super(status + " for " + request, null);
    code = status.code();
    this.headers = headers;
  }

  /// What was answered.
  public Status status() {
    return Status.of(code);
  }

  /// The fields of the answer.
  public Headers headers() {
    return headers;
  }
}
