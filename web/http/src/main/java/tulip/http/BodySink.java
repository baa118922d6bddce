// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import java.io.IOException;
import tulip.bytes.Bytes;

/// Where a streamed body goes: see [Response#stream]. Writing waits while the client takes nothing,
/// and what is written in one iteration of the loop leaves together.
///
/// For one task at a time; after the writer has returned there is no more to write.
public final class BodySink {
  private final PieceSink target;
  private boolean closed;

  BodySink(PieceSink target) {
    this.target = target;
  }

  /// Writes a piece of the body.
  ///
  /// @throws IOException if the client is gone, or takes nothing for as long as
  ///   [HttpTimeouts#write] says
  /// @throws IllegalStateException if that is more than the length that was given
  public void write(Bytes piece) throws IOException {
    if (closed) {
      throw new IllegalStateException("the response has ended");
    }
    target.sendPiece(piece);
  }

  /// Writes text as UTF-8.
  ///
  /// @throws IOException as [#write(Bytes)]
  public void write(String text) throws IOException {
    write(Bytes.ofUtf8(text));
  }

  /// Waits until the system has taken all that was written, the response's head included.
  ///
  /// @throws IOException as [#write(Bytes)]
  public void flush() throws IOException {
    write(Bytes.EMPTY);
    target.flush();
  }

  void close() {
    closed = true;
  }
}
