// SPDX-License-Identifier: Apache-2.0

/// WebSocket: client and server, and the protocol without I/O.
@org.jspecify.annotations.NullMarked
module tulip.websocket {
  requires static transitive org.jspecify;
  requires transitive tulip.bytes;
  requires transitive tulip.core;
  requires transitive tulip.http;
  requires transitive tulip.net;
  requires transitive tulip.pool;

  exports tulip.websocket;
  exports tulip.websocket.protocol;
}
