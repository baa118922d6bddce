// SPDX-License-Identifier: Apache-2.0

/// WebSocket (RFC 6455) and its compression (RFC 7692) as computation: bytes in, events out; no
/// I/O, clock, thread or chance.
///
/// Reading order: [tulip.websocket.protocol.WebSocketConnection] is the conversation of either end,
/// [tulip.websocket.protocol.WebSocketEvent] what it receives. It begins with
/// [tulip.websocket.protocol.ServerHandshake] or [tulip.websocket.protocol.ClientHandshake].
///
/// Inside: `FrameHeader` reads where a frame begins, `FrameWriter` makes frames, `Mask` hides them.
/// `IncomingMessage` holds frames together as a message. `DeflateParameters` is what both ends have
/// agreed on, `MessageDeflater` and `MessageInflater` do it; `History` is all that they keep
/// between messages.
package tulip.websocket.protocol;
