// SPDX-License-Identifier: Apache-2.0
package tulip.websocket;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import tulip.core.Cancelled;
import tulip.core.ErrorContext;
import tulip.core.EventLoop;
import tulip.http.HttpError;
import tulip.http.Request;
import tulip.http.Response;
import tulip.http.protocol.HeaderName;
import tulip.http.protocol.Headers;
import tulip.http.protocol.Status;
import tulip.net.ByteStream;
import tulip.websocket.protocol.CloseStatus;
import tulip.websocket.protocol.HandshakeException;
import tulip.websocket.protocol.ServerHandshake;
import tulip.websocket.protocol.WebSocketConnection;

/// The server's side of the handshake, and what comes behind it.
final class Acceptance {
  private static final CloseStatus FAILED = new CloseStatus(1011, "the server has failed");

  /// What means nothing behind the handshake, and would be kept for nothing by each socket.
  private static final List<HeaderName> SPENT =
      List.of(
          HeaderName.CONNECTION,
          HeaderName.SEC_WEBSOCKET_EXTENSIONS,
          HeaderName.SEC_WEBSOCKET_KEY,
          HeaderName.SEC_WEBSOCKET_PROTOCOL,
          HeaderName.SEC_WEBSOCKET_VERSION,
          HeaderName.UPGRADE);

  private Acceptance() {}

  static Response answer(Request request, AcceptOptions options, WebSocketHandler handler) {
    var handshake = handshake(request, options);
    var origin = request.header(HeaderName.ORIGIN);
    if (origin != null && !options.origins().allows(origin, request)) {
      throw new HttpError(Status.FORBIDDEN, "pages of another origin may not connect");
    }
    var socket = options.socket();
    var headers = lasting(request.headers());
    var response =
        Response.switchProtocols(
            "websocket", stream -> serve(open(stream, socket, handshake, headers), handler));
    return response.headers(response.headers().toBuilder().addAll(handshake.response()).build());
  }

  private static Headers lasting(Headers headers) {
    var rest = headers.toBuilder();
    SPENT.forEach(rest::remove);
    return rest.build();
  }

  private static ServerHandshake handshake(Request request, AcceptOptions options) {
    try {
      return ServerHandshake.answer(
          request.head(), options.subprotocols(), options.socket().deflate());
    } catch (HandshakeException e) {
      var error = new HttpError(e.status(), String.valueOf(e.getMessage()));
      var fields = error.response().headers().toBuilder().addAll(e.headers()).build();
      throw new HttpError(error.response().headers(fields));
    }
  }

  private static WebSocket open(
      ByteStream stream, WebSocketOptions options, ServerHandshake handshake, Headers headers) {
    var deflation = Compressors.deflation(handshake.deflate(), options.deflate());
    return new WebSocket(
        stream,
        WebSocketConnection.server(options.limits(), deflation),
        options,
        new WebSocket.Handshake(headers, handshake.subprotocol()));
  }

  private static void serve(WebSocket socket, WebSocketHandler handler) {
    try {
      handler.handle(socket);
      socket.close();
    } catch (Cancelled e) {
      socket.goAway();
      throw e;
    } catch (Throwable t) {
      fail(socket, t);
    }
  }

  private static void fail(WebSocket socket, Throwable t) {
    boolean io = t instanceof IOException || t instanceof UncheckedIOException;
    if (!io || socket.isOpen()) {
      EventLoop.current()
          .callExceptionHandler(
              new ErrorContext("the handler of " + socket + " failed", t, socket));
    }
    socket.close(FAILED);
  }
}
