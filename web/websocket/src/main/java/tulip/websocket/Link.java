// SPDX-License-Identifier: Apache-2.0
package tulip.websocket;

import tulip.net.ByteStream;
import tulip.websocket.protocol.WebSocketConnection;

/// What both halves of a socket join: the bytes, and what they mean.
record Link(ByteStream stream, WebSocketConnection connection) {}
