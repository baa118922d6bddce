// SPDX-License-Identifier: Apache-2.0
package tulip.websocket;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import tulip.core.Tulip;
import tulip.websocket.protocol.CloseStatus;
import tulip.websocket.protocol.WebSocketEvent;

/// Makes messages of the pieces that come in, for one task at a time.
final class Receiver {
  /// So many messages are received in a row before other tasks get their turns.
  private static final int BURST = 64;

  private final Incoming incoming;

  /// A message that a cancelled receive has begun.
  private @Nullable MessageReader begun;

  /// A message that was given out to be read.
  private @Nullable MessageReader lent;

  private boolean receiving;
  private int count;

  Receiver(Incoming incoming) {
    this.incoming = incoming;
  }

  /// The next message.
  ///
  /// @return null at an orderly end
  @Nullable Message receive() throws IOException {
    var message = begun == null ? nextMessage() : begun;
    if (message == null) {
      return null;
    }
    begun = message; // until all of it was read: a cancelled receive is gone on with
    var bytes = message.readAll();
    begun = null;
    return message.isText() ? Message.of(bytes.utf8()) : Message.of(bytes);
  }

  /// The next message, to be read by the caller; or what a cancelled receive has left of one.
  ///
  /// @return null at an orderly end
  @Nullable MessageReader receivePieces() throws IOException {
    lent = begun == null ? nextMessage() : begun;
    begun = null;
    return lent;
  }

  private @Nullable MessageReader nextMessage() throws IOException {
    if (lent != null) {
      lent.skip();
      lent = null;
    }
    if (++count % BURST == 0) {
      Tulip.yield();
    }
    var first = next();
    return first == null ? null : new MessageReader(this, first);
  }

  /// The next piece of a message that has begun.
  WebSocketEvent.Data nextPiece() throws IOException {
    var data = next();
    if (data == null) {
      throw new WebSocketClosedException(
          CloseStatus.ABNORMAL, "the connection ended within a message", null);
    }
    return data;
  }

  private WebSocketEvent.@Nullable Data next() throws IOException {
    if (receiving) {
      throw new IllegalStateException("another task is receiving already");
    }
    receiving = true;
    try {
      var data = incoming.next();
      if (data == null) {
        incoming.throwFailure();
      }
      return data;
    } finally {
      receiving = false;
    }
  }
}
