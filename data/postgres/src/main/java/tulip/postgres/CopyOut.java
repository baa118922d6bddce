// SPDX-License-Identifier: Apache-2.0
package tulip.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;

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
  private final Conversation conversation;
  private final CopiedData data;
  private boolean closed;

  private CopyOut(Conversation conversation) {
    this.conversation = conversation;
    data = new CopiedData(conversation, 'H');
  }

  /// While nobody else sends, which goes on until [#close].
  static CopyOut begin(Conversation conversation, String sql) throws IOException {
    conversation.gate().acquire();
    try {
      var copy = new CopyOut(conversation);
      conversation.setCopy(copy.data::wake);
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
}
