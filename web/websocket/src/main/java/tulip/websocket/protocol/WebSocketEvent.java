// SPDX-License-Identifier: Apache-2.0
package tulip.websocket.protocol;

import tulip.bytes.Bytes;

/// What a connection has received, or a [Signal] that says why there is nothing.
public sealed interface WebSocketEvent {
  /// A piece of a message. Where it was cut says nothing, neither of frames nor of characters; a
  /// small message comes in one piece.
  ///
  /// @param text whether the message is text; then it is UTF-8, as far as it has come
  /// @param bytes may be empty
  /// @param last whether the message ends here
  record Data(boolean text, Bytes bytes, boolean last) implements WebSocketEvent {}

  /// The peer wants a [Pong] with the same bytes, soon. Of several, the last one will do.
  ///
  /// @param payload at most 125 bytes
  record Ping(Bytes payload) implements WebSocketEvent {}

  /// The answer to a ping, or a sign of life that nobody asked for.
  ///
  /// @param payload that of the ping
  record Pong(Bytes payload) implements WebSocketEvent {}

  /// The peer will send no more. If we have not said it yet, it waits for our close frame with the
  /// same status.
  ///
  /// @param status why; [CloseStatus#NONE] if it does not say
  record Close(CloseStatus status) implements WebSocketEvent {}

  /// There is no event, and why.
  enum Signal implements WebSocketEvent {
    /// The next event has not all arrived: add to the queue and ask again.
    NEED_DATA,

    /// Nothing follows the close frame. Bytes in the queue mean nothing.
    CLOSED
  }
}
