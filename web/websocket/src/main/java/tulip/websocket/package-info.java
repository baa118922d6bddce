// SPDX-License-Identifier: Apache-2.0

/// WebSockets in straight-line code: a socket is iterated over and sent to; what waits is a plain
/// call.
///
/// Reading order: [tulip.websocket.WebSocket] is one end of a connection, the client's or the
/// server's. [tulip.websocket.WebSocketServer] serves nothing else; in a web application
/// [tulip.websocket.WebSocket#accept] answers a request. [tulip.websocket.Message] is what is said.
///
/// Inside: `Incoming` and `Outgoing` join the stream to
/// [tulip.websocket.protocol.WebSocketConnection], in two directions. There is no task that reads:
/// whoever waits for something reads for all others, so that an idle connection has one task, its
/// handler's. `Heartbeat` sees to it that a dead peer is noticed.
package tulip.websocket;
