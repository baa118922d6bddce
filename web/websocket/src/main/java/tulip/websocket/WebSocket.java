// SPDX-License-Identifier: Apache-2.0
package tulip.websocket;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Iterator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;
import tulip.core.Action;
import tulip.http.Request;
import tulip.http.Response;
import tulip.http.client.ClientRequest;
import tulip.http.client.HttpSession;
import tulip.http.protocol.Headers;
import tulip.net.Attribute;
import tulip.net.ByteStream;
import tulip.websocket.protocol.CloseStatus;
import tulip.websocket.protocol.PreparedMessage;
import tulip.websocket.protocol.WebSocketConnection;

/// One end of a WebSocket: messages in both directions (RFC 6455).
///
/// ```java
/// try (var socket = WebSocket.connect("wss://example.com/chat")) {
///   socket.send("hello");
///   for (var message : socket) {                   // until the peer closes
///     IO.println(message);
///   }
/// }
/// ```
///
/// **Receiving** is for one task at a time. A cancelled receive has lost nothing. **Sending** is
/// for any number of tasks; it waits while the peer takes nothing. Each message is sent whole or
/// not at all, also if its task is cancelled.
///
/// **Pings** are answered, and close frames noticed, while some task waits for this socket: to
/// receive, for an answer, or for the end. Who only sends notices both when it sends, and at each
/// heartbeat. A peer that gives no sign of life for [WebSocketOptions#heartbeat] and
/// [WebSocketOptions#patience] is broken off.
///
/// **The end** comes by [#close], from either side. An orderly one, 1000, 1001 or without a code,
/// ends iterations and gives null; any other is a [WebSocketClosedException].
///
/// A socket belongs to the loop that it was made on; methods are for its tasks.
public final class WebSocket implements AutoCloseable, Iterable<Message> {
  private final ByteStream stream;
  private final WebSocketConnection connection;
  private final Handshake handshake;
  private final Outgoing outgoing;
  private final Incoming incoming;
  private final Receiver receiver;
  private final Closing closing;
  private final Heartbeat heartbeat;

  /// What the handshake has said.
  ///
  /// @param headers of the client's request at a server, of the server's response at a client
  /// @param subprotocol what both speak, or null
  record Handshake(Headers headers, @Nullable String subprotocol) {}

  WebSocket(
      ByteStream stream,
      WebSocketConnection connection,
      WebSocketOptions options,
      Handshake handshake) {
    this.stream = stream;
    this.connection = connection;
    this.handshake = handshake;
    var link = new Link(stream, connection);
    outgoing = new Outgoing(link, this::startCloseTimer);
    incoming = new Incoming(link, outgoing);
    receiver = new Receiver(incoming);
    closing = new Closing(link, incoming, outgoing, options.close());
    heartbeat = new Heartbeat(stream, incoming, closing, options);
  }

  private void startCloseTimer() {
    closing.startTimer();
  }

  // Making.

  /// Connects to a server, with the usual options. In a task.
  ///
  /// @param uri `ws` or `wss`
  /// @throws IOException as [#connect(URI, ConnectOptions)]
  public static WebSocket connect(String uri) throws IOException {
    return connect(URI.create(uri), ConnectOptions.DEFAULT);
  }

  /// Connects to a server. In a task.
  ///
  /// @param uri `ws` or `wss`; a user and password in it are sent as Basic credentials
  /// @throws WebSocketHandshakeException if the server does not agree
  /// @throws java.net.SocketTimeoutException if it takes longer than [ConnectOptions#timeout]
  /// @throws IOException if the connection cannot be made or breaks
  /// @throws IllegalArgumentException if the URI is none of a WebSocket
  public static WebSocket connect(URI uri, ConnectOptions options) throws IOException {
    return new Connector(uri, options).connect();
  }

  /// Connects by way of an HTTP session: with its base URL, cookies, credentials, proxies, TLS,
  /// middleware and redirections. In a task.
  ///
  /// @param url `ws`, `wss`, `http` or `https`; may be relative to the session's base
  /// @throws IOException as [#connect(HttpSession, ClientRequest, ConnectOptions)]
  public static WebSocket connect(HttpSession http, String url) throws IOException {
    return connect(http, ClientRequest.get(url), ConnectOptions.DEFAULT);
  }

  /// Connects by way of an HTTP session. The connection is the socket's from then on, not one of
  /// the session's. HTTP proxies are asked for a tunnel. In a task.
  ///
  /// @param request for GET; may say what is its own of fields, TLS and proxies
  /// @param options [ConnectOptions#tls] and [ConnectOptions#tcp] do not count: the session has its
  ///   own
  /// @throws WebSocketHandshakeException if the server does not agree
  /// @throws java.net.SocketTimeoutException if it takes longer than [ConnectOptions#timeout]
  /// @throws IOException as [HttpSession#send]
  public static WebSocket connect(HttpSession http, ClientRequest request, ConnectOptions options)
      throws IOException {
    return SessionConnector.connect(http, request, options);
  }

  /// Opens a WebSocket over a connection that stands: a Unix socket, one through a proxy, one in
  /// memory. It is the socket's then; if that fails it is aborted. In a task.
  ///
  /// @param uri what the request says; with `wss`, [ByteStream#startTls] was called already
  /// @throws IOException as [#connect(URI, ConnectOptions)]
  public static WebSocket over(ByteStream stream, URI uri, ConnectOptions options)
      throws IOException {
    return new Connector(uri, options).shakeHands(stream);
  }

  /// Connections to a server one after the other: the next one is made when the one before has
  /// ended. See [Reconnecting].
  public static Reconnecting reconnecting(String uri) {
    return Reconnecting.to(URI.create(uri));
  }

  /// Answers a request with a WebSocket, with the usual options.
  ///
  /// @throws tulip.http.HttpError as [#accept(Request, AcceptOptions, WebSocketHandler)]
  public static Response accept(Request request, WebSocketHandler handler) {
    return accept(request, AcceptOptions.DEFAULT, handler);
  }

  /// Answers a request with a WebSocket, in a handler of HTTP:
  ///
  /// ```java
  /// app.get("/echo", request -> WebSocket.accept(request, socket -> {
  ///   for (var message : socket) {
  ///     socket.send(message);
  ///   }
  /// }));
  /// ```
  ///
  /// @param handler is called in the same task after the answer has gone through the middleware
  /// @throws tulip.http.HttpError if it cannot: 426 or 405 if the request asks for no WebSocket,
  ///   400 if it does so wrongly, 403 if [AcceptOptions#origins] does not allow it
  public static Response accept(Request request, AcceptOptions options, WebSocketHandler handler) {
    return Acceptance.answer(request, options, handler);
  }

  // Receiving.

  /// Receives a message.
  ///
  /// @return null at an orderly end
  /// @throws WebSocketClosedException at any other
  /// @throws IllegalStateException if another task is receiving
  public @Nullable Message receive() throws IOException {
    return receiver.receive();
  }

  /// Receives a message piece by piece, as it comes: for one that need not fit into memory. What is
  /// not read of it the next receive passes over.
  ///
  /// @return null at an orderly end
  /// @throws WebSocketClosedException at any other
  /// @throws IllegalStateException if another task is receiving
  public @Nullable MessageReader receivePieces() throws IOException {
    return receiver.receivePieces();
  }

  /// Receives a message of text, which nothing else than text is welcome to be.
  ///
  /// @return null at an orderly end
  /// @throws WebSocketClosedException at any other; also for a message of bytes, which closes the
  ///   connection with 1003
  public @Nullable String receiveText() throws IOException {
    return switch (receive()) {
      case null -> null;
      case Message.Text text -> text.text();
      case Message.Binary _ -> throw refuse("text was expected, not bytes");
    };
  }

  /// Receives a message of bytes, which nothing else than bytes is welcome to be.
  ///
  /// @return null at an orderly end
  /// @throws WebSocketClosedException at any other; also for a message of text, which closes the
  ///   connection with 1003
  public @Nullable Bytes receiveBytes() throws IOException {
    return switch (receive()) {
      case null -> null;
      case Message.Binary binary -> binary.bytes();
      case Message.Text _ -> throw refuse("bytes were expected, not text");
    };
  }

  /// Receives messages until an orderly end. Another one is thrown by `hasNext`, which waits, as an
  /// [java.io.UncheckedIOException].
  @Override
  public Iterator<Message> iterator() {
    return new Messages(this);
  }

  private WebSocketClosedException refuse(String why) throws IOException {
    var status = new CloseStatus(1003, why);
    outgoing.close(status);
    return new WebSocketClosedException(status, "the peer was refused: " + why, null);
  }

  // Sending.

  /// Sends a message.
  ///
  /// @throws WebSocketClosedException if the connection is closed, or closes
  /// @throws IOException if it breaks
  public void send(Message message) throws IOException {
    switch (message) {
      case Message.Text text -> send(text.text());
      case Message.Binary binary -> send(binary.bytes());
    }
  }

  /// Sends a message of text.
  ///
  /// @throws IOException as [#send(Message)]
  /// @throws IllegalArgumentException if half a surrogate pair is missing in it
  public void send(String text) throws IOException {
    send(true, Bytes.ofUtf8(text));
  }

  /// Sends a message of bytes.
  ///
  /// @throws IOException as [#send(Message)]
  public void send(Bytes bytes) throws IOException {
    send(false, bytes);
  }

  private void send(boolean text, Bytes payload) throws IOException {
    inTurn(() -> outgoing.send(() -> connection.message(text, payload)));
  }

  /// Sends a message that others get too.
  ///
  /// @throws IOException as [#send(Message)]
  public void send(PreparedMessage message) throws IOException {
    inTurn(() -> outgoing.send(() -> connection.message(message)));
  }

  /// Sends a message if that needs no waiting: the peer has taken enough of what was sent before,
  /// and no other message is being sent.
  ///
  /// @return whether it was sent
  /// @throws IOException as [#send(Message)]
  public boolean trySend(PreparedMessage message) throws IOException {
    look();
    return outgoing.trySend(message.payload().length(), () -> connection.message(message));
  }

  /// Sends a message piece by piece, while it is made. Other tasks wait to send theirs.
  ///
  /// @throws IOException as [#send(Message)]; if the writer fails when something was sent, or is
  ///   cancelled, the connection is closed with 1011
  public void send(MessageSink.Writer writer) throws IOException {
    inTurn(() -> {
      var sink = new MessageSink(connection, outgoing);
      boolean done = false;
      try {
        writer.write(sink);
        sink.end();
        done = true;
      } finally {
        if (!done && sink.hasBegun()) {
          outgoing.close(new CloseStatus(1011, "a message could not be finished"));
        }
      }
    });
  }

  private void inTurn(Action<IOException> sending) throws IOException {
    look();
    try {
      outgoing.inTurn(sending);
    } catch (ClosedChannelException e) {
      incoming.throwFailure(); // why it is closed
      throw e;
    }
  }

  private void look() throws IOException {
    incoming.look();
    incoming.throwFailure();
  }

  // Signs of life.

  /// Asks whether the peer lives, and waits for the answer.
  ///
  /// @return how long that took
  /// @throws WebSocketClosedException if the connection ended before
  /// @throws IOException if it breaks
  public Duration ping() throws IOException {
    if (incoming.ping()) {
      return Objects.requireNonNull(latency());
    }
    incoming.throwFailure();
    throw new WebSocketClosedException(
        CloseStatus.NORMAL, "the connection was closed before a pong came", null);
  }

  /// How long the answer to the last ping took, be it a heartbeat's; null if there was none yet.
  public @Nullable Duration latency() {
    return incoming.latency();
  }

  /// How many bytes that were sent wait for the peer to take them.
  public int unsent() {
    return stream.unsent();
  }

  // The end.

  /// Closes the connection with 1000.
  @Override
  public void close() {
    close(CloseStatus.NORMAL);
  }

  /// Closes the connection: says so, waits for the peer to say so too, for [WebSocketOptions#close]
  /// at most, and hangs up. Messages that still come can be received meanwhile by another task;
  /// what nobody wants is dropped. Does nothing the second time.
  ///
  /// It does not throw if the peer breaks off instead: see [#closeStatus].
  ///
  /// @throws tulip.core.Cancelled if the task was cancelled; the connection is broken off
  public void close(CloseStatus status) {
    heartbeat.stop();
    closing.close(status);
  }

  /// Says that the connection is to be closed, and does not wait. It ends when the peer has
  /// answered, or [WebSocketOptions#close] is over.
  ///
  /// @throws IOException if it breaks
  public void beginClose(CloseStatus status) throws IOException {
    outgoing.close(status);
  }

  /// Breaks the connection off.
  public void abort() {
    heartbeat.stop();
    closing.abort("this side has broken the connection off");
  }

  /// The task is cancelled.
  void goAway() {
    heartbeat.stop();
    closing.goAway();
  }

  /// Waits until the connection is closed, by whomever. Messages that come meanwhile are dropped:
  /// it is for those who only send.
  public void awaitClosed() {
    incoming.awaitEnd();
  }

  /// Whether messages can be sent: nobody has closed the connection, and it is not known to be
  /// broken.
  public boolean isOpen() {
    return !incoming.isEnded() && connection.closeSent() == null;
  }

  /// Why the connection is closed: what the peer has said, or what it was told if it broke the
  /// protocol; [CloseStatus#ABNORMAL] if the connection broke, and null while it is open.
  public @Nullable CloseStatus closeStatus() {
    if (incoming.failure() instanceof WebSocketClosedException failure) {
      return failure.status();
    }
    return connection.closeReceived();
  }

  // Looking.

  /// What both ends have agreed to speak, or null.
  public @Nullable String subprotocol() {
    return handshake.subprotocol();
  }

  /// The fields of the handshake: of the client's request at a server, without those of the
  /// handshake itself; of the server's response at a client.
  public Headers headers() {
    return handshake.headers();
  }

  /// A fact about the connection below, or null if it is not known.
  public <T> @Nullable T attribute(Attribute<T> which) {
    return stream.attribute(which);
  }

  @Override
  public String toString() {
    return "WebSocket over " + stream;
  }
}
