// SPDX-License-Identifier: Apache-2.0
package tulip.websocket;

import java.io.IOException;
import tulip.http.client.ClientRequest;
import tulip.http.client.HttpSession;
import tulip.http.protocol.Headers;

/// Connects by way of an HTTP session.
final class SessionConnector {
  private SessionConnector() {}

  static WebSocket connect(HttpSession http, ClientRequest request, ConnectOptions options)
      throws IOException {
    var opening = new ClientOpening(request.toString(), options);
    var fields = opening.handshake().fields();
    var asking = request.headers(joined(request.headers(), options.headers(), fields));
    return opening.inTime(() -> {
      var response = http.send(asking.decoded(false).raising(false));
      try {
        return opening.finish(response.head(), response::upgrade);
      } catch (Throwable t) {
        response.close();
        throw t;
      }
    });
  }

  private static Headers joined(Headers first, Headers second, Headers third) {
    return first.toBuilder().addAll(second).addAll(third).build();
  }
}
