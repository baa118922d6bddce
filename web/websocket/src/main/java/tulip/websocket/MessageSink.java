// SPDX-License-Identifier: Apache-2.0
package tulip.websocket;

import java.io.IOException;
import tulip.bytes.Bytes;
import tulip.websocket.protocol.WebSocketConnection;

/// Where a message goes that is sent piece by piece: see [WebSocket#send(MessageSink.Writer)]. Each
/// piece is a frame; writing waits while the peer takes nothing.
public final class MessageSink {
  /// Writes a message.
  @FunctionalInterface
  public interface Writer {
    /// Writes all of it: text or bytes, not both.
    ///
    /// @throws IOException as [MessageSink#write]; what the block throws closes the connection,
    ///   since half a message cannot be taken back
    void write(MessageSink sink) throws IOException;
  }

  private enum Kind {
    UNKNOWN,
    TEXT,
    BINARY
  }

  private final WebSocketConnection connection;
  private final Outgoing outgoing;
  private Kind kind = Kind.UNKNOWN;
  private boolean ended;

  MessageSink(WebSocketConnection connection, Outgoing outgoing) {
    this.connection = connection;
    this.outgoing = outgoing;
  }

  /// Writes a piece of a message of bytes.
  ///
  /// @throws IOException if the connection is closed or breaks
  public void write(Bytes piece) throws IOException {
    write(Kind.BINARY, piece, false);
  }

  /// Writes a piece of a message of text.
  ///
  /// @throws IOException if the connection is closed or breaks
  public void write(String piece) throws IOException {
    write(Kind.TEXT, Bytes.ofUtf8(piece), false);
  }

  private void write(Kind of, Bytes piece, boolean last) throws IOException {
    if (ended) {
      throw new IllegalStateException("the message has ended");
    }
    if (kind != Kind.UNKNOWN && kind != of) {
      throw new IllegalStateException("a message is text or bytes, not both");
    }
    kind = of;
    outgoing.send(() -> connection.fragment(of == Kind.TEXT, piece, last));
  }

  /// Ends the message; one without a piece is of bytes.
  void end() throws IOException {
    write(kind == Kind.UNKNOWN ? Kind.BINARY : kind, Bytes.EMPTY, true);
    ended = true;
  }

  /// Whether something of the message was sent.
  boolean hasBegun() {
    return kind != Kind.UNKNOWN;
  }
}
