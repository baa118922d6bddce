// SPDX-License-Identifier: Apache-2.0
package tulip.websocket;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// The messages of a socket, one by one.
final class Messages implements Iterator<Message> {
  private final WebSocket socket;
  private @Nullable Message next;
  private boolean ended;

  Messages(WebSocket socket) {
    this.socket = socket;
  }

  @Override
  public boolean hasNext() {
    if (next == null && !ended) {
      try {
        next = socket.receive();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      ended = next == null;
    }
    return !ended;
  }

  @Override
  public Message next() {
    if (!hasNext() || next == null) {
      throw new NoSuchElementException("the connection has ended");
    }
    var message = next;
    next = null;
    return message;
  }
}
