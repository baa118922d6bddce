// SPDX-License-Identifier: Apache-2.0
package tulip.postgres;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;

/// A COPY in both directions at the same time, which is what replication is: section 55.4 of the
/// manual. [tulip.postgres.replication] makes something of it.
///
/// The connection is for nothing else, before and after its end. Any task of its loop may use it,
/// one at a time.
public final class CopyBoth implements AutoCloseable {
  private final Conversation conversation;
  private final CopiedData data;
  private boolean closed;

  private CopyBoth(Conversation conversation) {
    this.conversation = conversation;
    data = new CopiedData(conversation, 'W');
  }

  /// While nobody else sends, which they never will again.
  static CopyBoth begin(Conversation conversation, String command) throws IOException {
    var copy = new CopyBoth(conversation);
    conversation.setCopy(copy.data::wake);
    conversation.send(copy.data, () -> conversation.writer().query(command));
    conversation.dedicate();
    copy.data.awaitBeginning();
    return copy;
  }

  /// The next piece of the server, and waits for it; `null` at the end. In a task.
  ///
  /// @throws tulip.sql.SqlException if the server fails midway
  /// @throws IOException if the connection is lost
  public @Nullable Bytes next() throws IOException {
    checkOpen();
    return data.next();
  }

  /// Waits until the server has sent something that was not taken yet, or has ended. In a task.
  public void awaitPiece() {
    data.awaitPiece();
  }

  /// Sends a piece. Does not wait.
  ///
  /// @throws IOException if the connection is lost
  public void write(Bytes piece) throws IOException {
    checkOpen();
    send(() -> conversation.writer().copyData(piece));
  }

  private void send(Runnable message) throws IOException {
    var out = conversation.writer().out();
    try {
      message.run();
      conversation.pipeline().sendMore(data, out.view());
    } finally {
      out.clear();
    }
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("this COPY is closed");
    }
  }

  /// Ends it, and asks the server to do so. Does not wait, and does nothing the second time.
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    data.discard();
    conversation.setCopy(() -> {});
    if (data.isGoingOn()) {
      try {
        send(() -> conversation.writer().copyDone());
      } catch (IOException e) {
        conversation.abort(); // it is lost already
      }
    }
  }
}
