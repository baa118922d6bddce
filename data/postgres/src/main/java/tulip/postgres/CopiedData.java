// SPDX-License-Identifier: Apache-2.0
package tulip.postgres;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;
import tulip.core.sync.Event;
import tulip.postgres.protocol.BackendReader;
import tulip.postgres.protocol.PostgresFormatException;

/// What the server sends in a COPY, kept for whoever takes it. If much is kept no more is read.
final class CopiedData extends Exchange {
  /// So many bytes are kept.
  private static final int ENOUGH = 1 << 18;

  private final Conversation conversation;

  /// The type of the message by which the server agrees.
  private final char beginning;

  private final Queue<Bytes> pieces = new ArrayDeque<>();
  private final Event news = new Event();
  private long size;
  private boolean begun;
  private boolean discarding;

  CopiedData(Conversation conversation, char beginning) {
    super(conversation);
    this.conversation = conversation;
    this.beginning = beginning;
  }

  @Override
  boolean take(BackendReader message) throws PostgresFormatException {
    if (message.type() == beginning) {
      begun = true;
    } else if (begun && message.type() == 'd') {
      add(message.take(message.remaining()));
    } else if (!begun || (message.type() != 'c' && message.type() != 'C')) {
      return false;
    }
    news.set();
    return true;
  }

  @Override
  boolean isSimple() {
    return true;
  }

  private void add(Bytes piece) {
    if (!discarding) {
      pieces.add(piece);
      size += piece.length();
      conversation.dialect().setDemand(size < ENOUGH);
    }
  }

  @Override
  void ended() {
    news.set();
  }

  /// Has those look who wait.
  void wake() {
    news.set();
  }

  /// Waits until the server has agreed.
  void awaitBeginning() throws IOException {
    while (!begun && isGoingOn()) {
      awaitNews();
    }
    if (!begun) {
      awaitEnd(); // throws why
    }
  }

  /// The next piece; `null` at the end.
  @Nullable Bytes next() throws IOException {
    awaitPiece();
    var piece = pieces.poll();
    if (piece == null) {
      awaitEnd();
      return null;
    }
    size -= piece.length();
    if (size < ENOUGH / 2) {
      conversation.dialect().setDemand(true);
    }
    return piece;
  }

  /// Waits until there is a piece, or none will come.
  void awaitPiece() {
    while (pieces.isEmpty() && isGoingOn()) {
      awaitNews();
    }
  }

  boolean isGoingOn() {
    return !isDone() && conversation.isOpen();
  }

  private void awaitNews() {
    news.clear();
    news.await();
  }

  /// Keeps nothing any more.
  void discard() {
    discarding = true;
    pieces.clear();
    conversation.dialect().setDemand(true);
  }

  /// Whoever closes the COPY does that.
  @Override
  boolean isCancellable() {
    return false;
  }
}
