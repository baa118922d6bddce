// SPDX-License-Identifier: Apache-2.0
package tulip.http.templates;

import java.io.IOException;
import java.io.Writer;
import tulip.http.BodySink;

/// Text for a response, gathered into pieces.
final class SinkWriter extends Writer {
  private static final int PIECE = 8 * 1024;

  private final BodySink sink;
  private final StringBuilder text = new StringBuilder();

  SinkWriter(BodySink sink) {
    this.sink = sink;
  }

  @Override
  public void write(char[] source, int offset, int length) throws IOException {
    text.append(source, offset, length);
    if (text.length() >= PIECE) {
      send(Character.isHighSurrogate(text.charAt(text.length() - 1)) ? 1 : 0);
    }
  }

  /// @param kept half a character, which waits for its other half
  private void send(int kept) throws IOException {
    int end = text.length() - kept;
    sink.write(text.substring(0, end));
    text.delete(0, end);
  }

  /// What templates flush may well wait for more.
  @Override
  public void flush() {}

  @Override
  public void close() throws IOException {
    send(0);
  }
}
