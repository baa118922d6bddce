// SPDX-License-Identifier: Apache-2.0
package tulip.net;

import org.jspecify.annotations.Nullable;
import tulip.bytes.ByteQueue;
import tulip.bytes.Bytes;

/// Looks for the end of a line in what arrives, without looking twice at the same bytes.
final class LineSearch {
  private static final byte CR = '\r';
  private static final byte LF = '\n';

  private final ByteQueue input;
  private final LineEnding ending;
  private int seen;

  /// Where the line's LF stands, counted from the head.
  private int end = -1;

  LineSearch(ByteQueue input, LineEnding ending) {
    this.input = input;
    this.ending = ending;
  }

  /// Whether a whole line is there.
  boolean find() throws MalformedLineException {
    end = input.indexOf(LF, seen);
    if (ending == LineEnding.CRLF) {
      refuseBare(end < 0 ? input.size() : end);
    }
    seen = input.size();
    return end >= 0;
  }

  /// How long the line is, with its end.
  int length() {
    return end + 1;
  }

  /// Every CR must have its LF, and every LF its CR.
  private void refuseBare(int until) throws MalformedLineException {
    int cr = input.indexOf(CR, Math.max(0, seen - 1));
    if (cr >= 0 && cr + 1 < until) {
      throw new MalformedLineException("a CR without LF, at byte " + cr + " of the line");
    }
    if (end >= 0 && !isCrBeforeEnd()) {
      throw new MalformedLineException("an LF without CR, at byte " + end + " of the line");
    }
  }

  private boolean isCrBeforeEnd() {
    return end > 0 && input.peekByte(end - 1) == CR;
  }

  /// The line without its end, which goes too.
  Bytes take() {
    boolean hasCr = ending != LineEnding.LF && isCrBeforeEnd();
    var line = input.take(hasCr ? end - 1 : end);
    input.skip(hasCr ? 2 : 1);
    return line;
  }

  /// What is left when the stream has ended; `null` for nothing.
  @Nullable Bytes lastLine() throws IncompleteReadException {
    if (input.isEmpty()) {
      return null;
    }
    var rest = input.take(input.size());
    if (ending == LineEnding.CRLF) {
      throw new IncompleteReadException("a line that ends with CR LF", rest);
    }
    return rest;
  }
}
