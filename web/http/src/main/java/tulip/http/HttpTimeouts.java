// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import java.time.Duration;

/// How long a server waits for its clients.
///
/// @param head for a whole head: from the connection for its first request, from the first byte for
///   the others. Then 408 is answered; 10 s if nothing else is said
/// @param body for the next piece of a body that is wanted. Then the read throws an [HttpError]
///   408; 30 s
/// @param idle for the next request. Then the connection is closed. 75 s; behind a proxy, let it be
///   longer than the proxy's own, so that the proxy never sends into a connection that closes
/// @param write for the next 32 KiB of a response to be taken, of those that do not fit the
///   stream's buffer. Then the connection is broken off; 30 s, so that nobody gets rid of a
///   response more slowly than at about 2 KB/s
public record HttpTimeouts(Duration head, Duration body, Duration idle, Duration write) {
  /// The timeouts of a server for which nothing else is said.
  public static final HttpTimeouts DEFAULT =
      new HttpTimeouts(
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofSeconds(75),
          Duration.ofSeconds(30));

  /// Checks them.
  public HttpTimeouts {
    if (!head.isPositive() || !body.isPositive() || !idle.isPositive() || !write.isPositive()) {
      throw new IllegalArgumentException("each timeout must be positive");
    }
  }

  /// The same with another time for heads.
  public HttpTimeouts withHead(Duration head) {
    return new HttpTimeouts(head, body, idle, write);
  }

  /// The same with another time for bodies.
  public HttpTimeouts withBody(Duration body) {
    return new HttpTimeouts(head, body, idle, write);
  }

  /// The same with another time between requests.
  public HttpTimeouts withIdle(Duration idle) {
    return new HttpTimeouts(head, body, idle, write);
  }

  /// The same with another time for responses.
  public HttpTimeouts withWrite(Duration write) {
    return new HttpTimeouts(head, body, idle, write);
  }
}
