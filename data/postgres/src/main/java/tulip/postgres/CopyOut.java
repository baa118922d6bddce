// SPDX-License-Identifier: Apache-2.0
package tulip.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;
import tulip.core.sync.Event;
import tulip.postgres.protocol.BackendReader;
import tulip.postgres.protocol.PostgresFormatException;

/// What a COPY sends, as it comes: in the text and CSV formats each piece is a row with its line
/// end.
///
/// ```java
/// try (var copy = connection.copyOut("copy account to stdout (format csv)")) {
///   for (var row : copy) file.write(row);
/// }
/// ```
///
/// If it is not taken fast enough the server waits. If it is closed before its end the server is
/// asked to stop, and a transaction around it has failed.
public final class CopyOut implements Iterable<Bytes>, AutoCloseable {
  /// So many bytes are kept for who takes them.
  private static final int ENOUGH = 1 << 18;

  private final Conversation conversation;
  private final Data data;
  private boolean closed;

  private CopyOut(Conversation conversation) {
    this.conversation = conversation;
    data = new Data(conversation);
  }

  /// While nobody else sends, which goes on until [#close].
  static CopyOut begin(Conversation conversation, String sql) throws IOException {
    conversation.gate().acquire();
    try {
      var copy = new CopyOut(conversation);
      conversation.setCopy(copy.data.news::set);
      conversation.send(copy.data, () -> conversation.writer().query(sql));
      copy.data.awaitBeginning();
      return copy;
    } catch (Throwable t) {
      conversation.gate().release();
      throw t;
    }
  }

  /// The next piece, and waits for it; `null` at the end. In a task.
  ///
  /// @throws tulip.sql.SqlException if the server fails midway
  /// @throws IOException if the connection is lost
  public @Nullable Bytes next() throws IOException {
    if (closed) {
      throw new IllegalStateException("this COPY is closed");
    }
    return data.next();
  }

  /// The pieces that are left. What fails, fails in the loop's head; a lost connection as an
  /// [UncheckedIOException].
  @Override
  public Iterator<Bytes> iterator() {
    return new Iterator<>() {
      private @Nullable Bytes ahead;

      @Override
      public boolean hasNext() {
        try {
          if (ahead == null) {
            ahead = CopyOut.this.next();
          }
          return ahead != null;
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }

      @Override
      public Bytes next() {
        if (!hasNext() || ahead == null) {
          throw new NoSuchElementException("the COPY is at its end");
        }
        var next = ahead;
        ahead = null;
        return next;
      }
    };
  }

  /// Ends it. Does not wait, and does nothing the second time.
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    data.discard();
    conversation.setCopy(() -> {});
    if (data.isGoingOn()) {
      conversation.stopStatement();
    }
    conversation.gate().release();
  }

  /// The answer of the server.
  private static final class Data extends Exchange {
    final Event news = new Event();
    private final Conversation conversation;
    private final Queue<Bytes> pieces = new ArrayDeque<>();
    private long size;
    private boolean begun;
    private boolean discarding;

    Data(Conversation conversation) {
      super(conversation);
      this.conversation = conversation;
    }

    @Override
    boolean take(BackendReader message) throws PostgresFormatException {
      switch (message.type()) {
        case 'H' -> begun = true;
        case 'd' -> add(message.take(message.remaining()));
        case 'c' -> {} // the end comes
        default -> {
          return begun && message.type() == 'C';
        }
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

    /// Waits until the server has agreed.
    void awaitBeginning() throws IOException {
      while (!begun && isGoingOn()) {
        awaitNews();
      }
      if (!begun) {
        awaitEnd(); // throws why
      }
    }

    @Nullable Bytes next() throws IOException {
      while (pieces.isEmpty() && isGoingOn()) {
        awaitNews();
      }
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

    boolean isGoingOn() {
      return !isDone() && conversation.isOpen();
    }

    private void awaitNews() {
      news.clear();
      news.await();
    }

    void discard() {
      discarding = true;
      pieces.clear();
      conversation.dialect().setDemand(true);
    }

    /// [CopyOut#close] does that.
    @Override
    boolean isCancellable() {
      return false;
    }
  }
}
