// SPDX-License-Identifier: Apache-2.0
package tulip.websocket;

import java.time.Duration;
import tulip.bytes.Bytes;
import tulip.core.EventLoop;
import tulip.http.protocol.Headers;
import tulip.net.ByteStream;
import tulip.net.StreamLimits;
import tulip.websocket.protocol.CloseStatus;
import tulip.websocket.protocol.DeflateOptions;
import tulip.websocket.protocol.DeflateParameters;
import tulip.websocket.protocol.Frames;
import tulip.websocket.protocol.WebSocketConnection;

/// Both ends of a WebSocket in memory, without a handshake.
final class Ends implements AutoCloseable {
  static final WebSocketOptions QUIET =
      WebSocketOptions.SERVER.withHeartbeat(null, Duration.ofSeconds(1));

  private static final WebSocket.Handshake NO_HANDSHAKE =
      new WebSocket.Handshake(Headers.EMPTY, null);

  final WebSocket client;
  final WebSocket server;

  private Ends(WebSocketOptions options, StreamLimits limits) {
    var pair = ByteStream.pair(limits);
    client = client(pair.near(), options);
    server = server(pair.far(), options);
  }

  /// Two sockets that compress if the options say so.
  static Ends open(WebSocketOptions options) {
    return new Ends(options, StreamLimits.DEFAULT);
  }

  static Ends open(WebSocketOptions options, StreamLimits limits) {
    return new Ends(options, limits);
  }

  static Ends open() {
    return open(QUIET);
  }

  static WebSocket server(ByteStream stream, WebSocketOptions options) {
    var deflation = Compressors.deflation(parameters(options), options.deflate());
    return new WebSocket(
        stream, WebSocketConnection.server(options.limits(), deflation), options, NO_HANDSHAKE);
  }

  static WebSocket client(ByteStream stream, WebSocketOptions options) {
    var deflation = Compressors.deflation(parameters(options), options.deflate());
    return new WebSocket(
        stream,
        WebSocketConnection.client(options.limits(), deflation, MaskKeys.ofLoop()),
        options,
        NO_HANDSHAKE);
  }

  private static DeflateParameters parameters(WebSocketOptions options) {
    var deflate = options.deflate() == null ? DeflateOptions.SERVER : options.deflate();
    return new DeflateParameters(true, true, deflate.sendBits(), deflate.receiveBits());
  }

  /// A server whose client is a stream of bytes.
  record Raw(ByteStream client, WebSocket server) implements AutoCloseable {
    static Raw open(WebSocketOptions options) {
      return open(options, StreamLimits.DEFAULT);
    }

    static Raw open(WebSocketOptions options, StreamLimits limits) {
      var pair = ByteStream.pair(limits);
      return new Raw(pair.near(), Ends.server(pair.far(), options));
    }

    /// Sends a frame as a client does.
    void send(int first, String payload) throws Exception {
      client.write(Frames.masked(first, payload));
    }

    /// Reads a frame, which must be this one.
    boolean gets(int first, String payload) throws Exception {
      byte[] expected = Frames.plain(first, payload);
      return client.readExactly(expected.length).equals(Bytes.wrap(expected));
    }

    /// Reads a close frame, which must be this one.
    boolean getsClose(int code, String reason) throws Exception {
      byte[] expected = Frames.plain(Frames.CLOSE, Frames.status(code, reason));
      return client.readExactly(expected.length).equals(Bytes.wrap(expected));
    }

    @Override
    public void close() {
      client.abort();
      server.abort();
    }
  }

  /// Seconds of the loop's time.
  static long seconds() {
    return EventLoop.current().time() / 1_000_000_000L;
  }

  static CloseStatus status(int code) {
    return CloseStatus.of(code);
  }

  @Override
  public void close() {
    client.abort();
    server.abort();
  }
}
