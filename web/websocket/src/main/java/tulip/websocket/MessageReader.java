// SPDX-License-Identifier: Apache-2.0
package tulip.websocket;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import tulip.bytes.ByteWriter;
import tulip.bytes.Bytes;
import tulip.websocket.protocol.WebSocketEvent;

/// A message that is received piece by piece: see [WebSocket#receivePieces]. The peer sends no
/// faster than it is read.
public final class MessageReader {
  /// What fits into one array.
  private static final int LARGEST = Integer.MAX_VALUE - 8;

  private final Receiver receiver;
  private final boolean text;
  private @Nullable Bytes next;
  private boolean ended;

  /// What [#readAll] has gathered; kept if it is cancelled.
  private @Nullable ByteWriter gathered;

  MessageReader(Receiver receiver, WebSocketEvent.Data first) {
    this.receiver = receiver;
    this.text = first.text();
    this.next = first.bytes();
    this.ended = first.last();
  }

  /// Whether it is text. Pieces of text are cut anywhere, within characters too; they are UTF-8 as
  /// far as they have come.
  public boolean isText() {
    return text;
  }

  /// Reads what has come, at least one byte. A cancelled read has taken nothing.
  ///
  /// @return null at the end
  /// @throws IOException if the connection ends before the message does
  public @Nullable Bytes read() throws IOException {
    if (gathered != null) {
      next = gathered.put(orEmpty(next)).toBytes();
      gathered = null;
    }
    while (next == null || next.isEmpty()) {
      if (ended) {
        return null;
      }
      advance();
    }
    var piece = next;
    next = null;
    return piece;
  }

  /// Reads all of it, or the rest. If that is cancelled, the next read has what was read.
  ///
  /// @throws IOException if the connection ends before the message does
  public Bytes readAll() throws IOException {
    while (!ended) {
      gathered = gathered == null ? new ByteWriter(LARGEST) : gathered;
      gathered.put(orEmpty(next));
      next = null;
      advance();
    }
    var rest = orEmpty(next);
    var all = gathered == null ? rest : gathered.put(rest).toBytes();
    gathered = null;
    next = null;
    return all;
  }

  private static Bytes orEmpty(@Nullable Bytes bytes) {
    return bytes == null ? Bytes.EMPTY : bytes;
  }

  private void advance() throws IOException {
    var data = receiver.nextPiece();
    next = data.bytes();
    ended = data.last();
  }

  /// Passes over the rest.
  void skip() throws IOException {
    gathered = null;
    while (!ended) {
      advance();
    }
    next = null;
  }
}
