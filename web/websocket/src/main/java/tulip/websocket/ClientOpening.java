// SPDX-License-Identifier: Apache-2.0
package tulip.websocket;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import tulip.core.Block;
import tulip.core.Tulip;
import tulip.http.protocol.ResponseHead;
import tulip.net.ByteStream;
import tulip.websocket.protocol.ClientHandshake;
import tulip.websocket.protocol.HandshakeException;
import tulip.websocket.protocol.WebSocketConnection;

/// How a client's socket begins, whoever sends the request.
final class ClientOpening {
  private static final int NONCE = 16;

  private final String target;
  private final ConnectOptions options;
  private final MaskKeys keys = MaskKeys.ofLoop();
  private final ClientHandshake handshake;

  /// @param target for messages: without a password
  ClientOpening(String target, ConnectOptions options) {
    this.target = target;
    this.options = options;
    handshake =
        new ClientHandshake(keys.nonce(NONCE), options.subprotocols(), options.socket().deflate());
  }

  ClientHandshake handshake() {
    return handshake;
  }

  /// Connects, which takes no longer than the options say.
  WebSocket inTime(Block<WebSocket, IOException> attempt) throws IOException {
    try {
      return Tulip.timeout(options.timeout(), attempt);
    } catch (TimeoutException e) {
      var late =
          new SocketTimeoutException("no WebSocket at " + target + " within " + options.timeout());
      late.initCause(e);
      throw late;
    }
  }

  /// The socket that the server has agreed to.
  ///
  /// @param stream is asked for if it has
  WebSocket finish(ResponseHead response, Supplier<ByteStream> stream)
      throws WebSocketHandshakeException {
    try {
      var agreement = handshake.agree(response);
      var socket = options.socket();
      var deflation = Compressors.deflation(agreement.deflate(), socket.deflate());
      return new WebSocket(
          stream.get(),
          WebSocketConnection.client(socket.limits(), deflation, keys),
          socket,
          new WebSocket.Handshake(response.headers(), agreement.subprotocol()));
    } catch (HandshakeException e) {
      throw new WebSocketHandshakeException(target, e);
    }
  }
}
