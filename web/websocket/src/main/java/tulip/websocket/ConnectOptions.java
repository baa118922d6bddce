// SPDX-License-Identifier: Apache-2.0
package tulip.websocket;

import java.time.Duration;
import java.util.List;
import tulip.http.protocol.Headers;
import tulip.net.TcpOptions;
import tulip.net.TlsContext;

/// How a client connects.
///
/// @param socket how the connection is kept
/// @param subprotocols what the client speaks, the best first; none
/// @param headers more fields of the request, such as Authorization, Cookie and Origin; none
/// @param tls for `wss`
/// @param tcp for the connection below
/// @param timeout for all until the server has agreed; 10 s
public record ConnectOptions(
    WebSocketOptions socket,
    List<String> subprotocols,
    Headers headers,
    TlsContext tls,
    TcpOptions tcp,
    Duration timeout) {
  /// Those for which nothing else is said.
  public static final ConnectOptions DEFAULT =
      new ConnectOptions(
          WebSocketOptions.CLIENT,
          List.of(),
          Headers.EMPTY,
          TlsContext.client(),
          TcpOptions.DEFAULT,
          Duration.ofSeconds(10));

  /// Checks them.
  public ConnectOptions {
    subprotocols = List.copyOf(subprotocols);
    if (tls.isServer()) {
      throw new IllegalArgumentException("a TLS context for servers");
    }
    if (!timeout.isPositive()) {
      throw new IllegalArgumentException("a timeout of " + timeout);
    }
  }

  /// The same with the connection kept otherwise.
  public ConnectOptions withSocket(WebSocketOptions socket) {
    return new ConnectOptions(socket, subprotocols, headers, tls, tcp, timeout);
  }

  /// The same with other subprotocols, the best first.
  public ConnectOptions withSubprotocols(String... subprotocols) {
    return new ConnectOptions(socket, List.of(subprotocols), headers, tls, tcp, timeout);
  }

  /// The same with other fields.
  public ConnectOptions withHeaders(Headers headers) {
    return new ConnectOptions(socket, subprotocols, headers, tls, tcp, timeout);
  }

  /// The same with another TLS.
  public ConnectOptions withTls(TlsContext tls) {
    return new ConnectOptions(socket, subprotocols, headers, tls, tcp, timeout);
  }

  /// The same with another connection below.
  public ConnectOptions withTcp(TcpOptions tcp) {
    return new ConnectOptions(socket, subprotocols, headers, tls, tcp, timeout);
  }

  /// The same with another timeout.
  public ConnectOptions withTimeout(Duration timeout) {
    return new ConnectOptions(socket, subprotocols, headers, tls, tcp, timeout);
  }
}
