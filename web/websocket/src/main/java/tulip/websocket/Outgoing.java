// SPDX-License-Identifier: Apache-2.0
package tulip.websocket;

import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;
import tulip.core.Action;
import tulip.core.Cancelled;
import tulip.core.EventLoop;
import tulip.core.sync.Lock;
import tulip.net.ByteStream;
import tulip.websocket.protocol.CloseStatus;
import tulip.websocket.protocol.WebSocketConnection;

/// The writing half of a socket.
///
/// One message is sent at a time; control frames go between its fragments. Answers to the peer,
/// pongs and the echo of its close frame, never hold up who reads: what does not leave at once
/// leaves from a task that lives as long as that takes, and of several pongs the last one does.
final class Outgoing {
  private final ByteStream stream;
  private final WebSocketConnection connection;
  private final Runnable closing;
  private final Lock turn = new Lock();
  private @Nullable Bytes pong;
  private @Nullable Bytes close;
  private boolean answering;

  /// @param closing called when the close frame was sent
  Outgoing(Link link, Runnable closing) {
    this.stream = link.stream();
    this.connection = link.connection();
    this.closing = closing;
  }

  // Messages.

  /// Waits until nobody else sends a message, and sends one.
  void inTurn(Action<IOException> sending) throws IOException {
    turn.run(sending);
  }

  /// Sends frames of a message. In turn.
  void send(Supplier<Bytes> frame) throws IOException {
    checkOpen();
    try {
      stream.write(frame.get());
    } catch (Cancelled e) {
      connection.forgetSent();
      throw e;
    }
  }

  /// Sends a message if that needs no waiting.
  ///
  /// @return whether it was sent
  boolean trySend(int size, Supplier<Bytes> frame) throws IOException {
    checkOpen();
    return !turn.isLocked() && hasRoom(size) && stream.tryWrite(frame.get());
  }

  /// Nothing may be encoded that is not sent then: the peer would miss what later messages refer
  /// to.
  private boolean hasRoom(int size) {
    return stream.unsent() == 0 || size <= stream.limits().output() - stream.unsent();
  }

  private void checkOpen() throws WebSocketClosedException {
    var sent = connection.closeSent();
    if (sent != null) {
      var received = connection.closeReceived();
      throw new WebSocketClosedException(
          received == null ? sent : received,
          received == null
              ? "this side has closed the connection: " + sent
              : "the peer has closed the connection: " + received,
          null);
    }
  }

  // Control frames.

  /// Asks whether the peer lives.
  void ping(Bytes payload) throws IOException {
    checkOpen();
    stream.write(connection.ping(payload));
  }

  /// Answers a ping.
  void pong(Bytes payload) throws IOException {
    if (connection.closeSent() == null) {
      pong = connection.pong(payload);
      answer();
    }
  }

  /// Says that nothing follows, if that was not said yet. Does not wait.
  void close(CloseStatus status) throws IOException {
    if (connection.closeSent() == null) {
      close = connection.close(status);
      pong = null;
      closing.run();
      answer();
    }
  }

  private void answer() throws IOException {
    if (answering) {
      return;
    }
    if (pong != null && stream.tryWrite(pong)) {
      pong = null;
    }
    if (pong == null && close != null && stream.tryWrite(close)) {
      close = null;
      endIfThrough();
    }
    if (pong != null || close != null) {
      answering = true;
      EventLoop.current().createTask("answer the peer of " + stream, this::answerInTime);
    }
  }

  /// What fails here fails again for whoever uses the stream next.
  private void answerInTime() {
    try {
      while (pong != null || close != null) {
        answerNext();
      }
    } catch (IOException e) {
      System.getLogger("tulip.websocket")
          .log(System.Logger.Level.DEBUG, () -> "no answer to " + stream, e);
    } finally {
      answering = false;
    }
  }

  private void answerNext() throws IOException {
    if (pong != null) {
      var frame = pong;
      pong = null;
      stream.write(frame);
    } else if (close != null) {
      var frame = close;
      close = null;
      stream.write(frame);
      endIfThrough();
    }
  }

  /// The server ends the connection below first: the one who does that must remember it for a while
  /// (RFC 6455, section 7.1.1).
  private void endIfThrough() throws IOException {
    if (connection.isServer() && connection.closeReceived() != null) {
      stream.closeOutput();
    }
  }
}
