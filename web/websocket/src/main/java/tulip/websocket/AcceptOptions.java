// SPDX-License-Identifier: Apache-2.0
package tulip.websocket;

import java.util.List;

/// How a server accepts WebSockets.
///
/// @param socket how the connections are kept
/// @param subprotocols what the server speaks, the best first; none
/// @param origins from whose pages browsers may connect; from the server's own
public record AcceptOptions(WebSocketOptions socket, List<String> subprotocols, Origins origins) {
  /// Those for which nothing else is said.
  public static final AcceptOptions DEFAULT =
      new AcceptOptions(WebSocketOptions.SERVER, List.of(), Origins.SAME);

  /// Copies the list.
  public AcceptOptions {
    subprotocols = List.copyOf(subprotocols);
  }

  /// The same with connections kept otherwise.
  public AcceptOptions withSocket(WebSocketOptions socket) {
    return new AcceptOptions(socket, subprotocols, origins);
  }

  /// The same with other subprotocols, the best first.
  public AcceptOptions withSubprotocols(String... subprotocols) {
    return new AcceptOptions(socket, List.of(subprotocols), origins);
  }

  /// The same with other origins.
  public AcceptOptions withOrigins(Origins origins) {
    return new AcceptOptions(socket, subprotocols, origins);
  }
}
