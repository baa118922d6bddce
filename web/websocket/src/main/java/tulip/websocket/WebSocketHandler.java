// SPDX-License-Identifier: Apache-2.0
package tulip.websocket;

/// What serves a WebSocket, in the task of its connection.
@FunctionalInterface
public interface WebSocketHandler {
  /// Serves one to its end. When it returns, the connection is closed with 1000.
  ///
  /// @throws Exception to close it with 1011; it goes to the loop's exception handler. What the
  ///   socket itself throws because the client is gone goes nowhere
  void handle(WebSocket socket) throws Exception;
}
