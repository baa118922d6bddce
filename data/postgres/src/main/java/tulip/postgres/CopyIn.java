// SPDX-License-Identifier: Apache-2.0
package tulip.postgres;

import java.io.IOException;
import tulip.bytes.ByteWriter;
import tulip.bytes.Bytes;
import tulip.core.Tulip;
import tulip.core.sync.Event;
import tulip.postgres.protocol.BackendReader;
import tulip.postgres.protocol.CommandTag;
import tulip.postgres.protocol.FrontendWriter;
import tulip.postgres.protocol.PostgresFormatException;
import tulip.sql.SqlException;

/// A COPY to the server, which takes bytes in the format of the statement.
///
/// ```java
/// try (var copy = connection.copyIn("copy account from stdin (format csv)")) {
///   copy.write(Bytes.ofUtf8("1,Ada,100\n"));
///   copy.finish();
/// }
/// ```
///
/// Nothing is copied unless [#finish] returns. Pieces need not be whole rows.
public final class CopyIn implements AutoCloseable {
  private static final int CHUNK = 32 * 1024;

  private final Conversation conversation;
  private final FrontendWriter writer;
  private final Answer answer;
  private boolean finished;
  private boolean closed;

  private CopyIn(Conversation conversation) {
    this.conversation = conversation;
    writer = conversation.writer();
    answer = new Answer(conversation);
  }

  /// While nobody else sends, which goes on until [#close].
  static CopyIn begin(Conversation conversation, String sql) throws IOException {
    conversation.gate().acquire();
    try {
      var copy = new CopyIn(conversation);
      conversation.setCopy(copy.answer.news::set);
      conversation.send(copy.answer, () -> conversation.writer().query(sql));
      copy.answer.awaitBeginning();
      return copy;
    } catch (Throwable t) {
      conversation.gate().release();
      throw t;
    }
  }

  /// Writes some bytes, and waits while the server does not take them. In a task.
  ///
  /// @throws SqlException if the server has refused what came before
  /// @throws IOException if the connection is lost
  public void write(Bytes piece) throws IOException {
    checkOpen();
    writer.copyData(piece);
    sendIfMuch();
  }

  private void checkOpen() {
    if (finished || closed) {
      throw new IllegalStateException("this COPY is finished or closed");
    }
  }

  private void sendIfMuch() throws IOException {
    if (writer.out().size() >= CHUNK) {
      sendChunk();
    }
  }

  /// Writes what is put into a writer, as [#write(Bytes)] does: pieces of [#CHUNK] bytes or a
  /// little more.
  void write(Pieces pieces) throws IOException {
    boolean more = true;
    while (more) {
      checkOpen();
      int start = writer.beginCopyData();
      do {
        more = pieces.putNext(writer.out());
      } while (more && writer.out().size() < CHUNK);
      writer.endCopyData(start);
      sendIfMuch();
    }
  }

  /// Something that comes in many parts.
  interface Pieces {
    /// Puts the next part into a writer.
    ///
    /// @return whether there are more
    boolean putNext(ByteWriter out);
  }

  private void sendChunk() throws IOException {
    if (answer.isDone()) {
      answer.awaitEnd(); // throws why
    }
    conversation.pipeline().awaitSent();
    flush();
    Tulip.yield();
  }

  private void flush() throws IOException {
    try {
      conversation.pipeline().sendMore(answer, writer.out().view());
    } finally {
      writer.out().clear();
    }
  }

  /// Ends the copying, and waits until the server has done it.
  ///
  /// @return how many rows there were
  /// @throws SqlException if the server refuses something of it; nothing was copied
  /// @throws IOException if the connection is lost; nobody knows then
  public long finish() throws IOException {
    if (finished || closed) {
      throw new IllegalStateException("this COPY is finished or closed already");
    }
    finished = true;
    writer.copyDone();
    flush();
    answer.awaitEnd();
    return answer.tag.rows();
  }

  /// Ends it; if it is not finished nothing is copied, and a transaction around it has failed. Does
  /// not wait, and does nothing the second time.
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    writer.out().clear();
    conversation.setCopy(() -> {});
    if (!answer.isDone() && conversation.isOpen()) {
      giveUp();
    }
    conversation.gate().release();
  }

  private void giveUp() {
    if (finished) {
      conversation.stopStatement();
      return;
    }
    try {
      writer.copyFail("the program has given up");
      flush();
    } catch (IOException e) {
      conversation.abort(); // it is lost already
    }
  }

  /// The answer of the server.
  private static final class Answer extends Exchange {
    final Event news = new Event();
    private final Conversation conversation;
    private CommandTag tag = CommandTag.NONE;
    private boolean begun;

    Answer(Conversation conversation) {
      super(conversation);
      this.conversation = conversation;
    }

    @Override
    boolean take(BackendReader message) throws PostgresFormatException {
      if (message.type() == 'G') {
        begun = true;
        news.set();
      } else if (begun && message.type() == 'C') {
        tag = CommandTag.read(message);
      } else {
        return false;
      }
      return true;
    }

    @Override
    boolean isSimple() {
      return true;
    }

    @Override
    void ended() {
      news.set();
    }

    void awaitBeginning() throws IOException {
      while (!begun && !isDone() && conversation.isOpen()) {
        news.clear();
        news.await();
      }
      if (!begun) {
        awaitEnd(); // throws why
      }
    }

    /// [CopyIn#close] does that.
    @Override
    boolean isCancellable() {
      return false;
    }
  }
}
