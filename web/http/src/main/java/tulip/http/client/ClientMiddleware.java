// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import java.io.IOException;

/// What stands around each request of a session, as the layers of an onion do: it sees the request
/// as it is to be sent and the response, and may change either, send other requests, send again, or
/// answer itself. Each hop of a redirection goes through it anew.
///
/// ```java
/// var options = ClientOptions.DEFAULT.with((request, next) -> next.send(request.header("X-A", "b")));
/// ```
///
/// Who drops a response closes it.
@FunctionalInterface
public interface ClientMiddleware {
  /// What is further inside.
  @FunctionalInterface
  interface Next {
    /// Sends a request, and waits for the head of its response.
    ClientResponse send(ClientRequest request) throws IOException;
  }

  /// Deals with one request.
  ///
  /// @param request complete, with cookies and credentials
  ClientResponse handle(ClientRequest request, Next next) throws IOException;
}
