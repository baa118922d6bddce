// SPDX-License-Identifier: Apache-2.0
package tulip.http.protocol;

import org.jspecify.annotations.Nullable;
import tulip.bytes.ByteQueue;

/// Finds the empty line that ends a block of lines, a head or trailers, while it is arriving.
///
/// Nothing is taken and no line is read before all of the block is there; then it leaves the queue
/// in one piece. So a parser sees whole blocks only, and it cannot matter how they were split. What
/// was searched is not searched again.
///
/// A line feed without its carriage return is an error at once, before any other: of two readers
/// one would see a line end and the other none.
final class LineBlock {
  private static final byte LF = '\n';

  private final boolean lenient;
  private int searched;
  private int lineStart;
  private int lines;

  /// @param lenient whether a line feed alone ends a line
  LineBlock(boolean lenient) {
    this.lenient = lenient;
  }

  /// How many lines the block has that was last found, without the empty one.
  int lines() {
    return lines;
  }

  /// Takes a block, with its empty line, out of the queue.
  ///
  /// @param limit the most bytes it may have
  /// @return null if it has not all arrived
  /// @throws MessageFormatException for a bare line feed
  /// @throws MessageLimitException if there is no end within the limit
  byte @Nullable [] take(ByteQueue input, int limit) throws ProtocolException {
    if (searched == 0) {
      lines = 0;
      lineStart = 0;
    }
    int end = find(input, limit);
    if (end < 0) {
      return null;
    }
    byte[] block = new byte[end];
    input.takeInto(block, 0, end);
    searched = 0;
    return block;
  }

  private int find(ByteQueue input, int limit) throws ProtocolException {
    while (true) {
      int lineFeed = input.indexOf(LF, searched);
      if (lineFeed >= limit || (lineFeed < 0 && input.size() >= limit)) {
        throw tooLong(limit);
      }
      if (lineFeed < 0) {
        searched = input.size();
        return -1;
      }
      int length = lineLength(input, lineFeed);
      searched = lineFeed + 1;
      lineStart = searched;
      if (length == 0) {
        return searched;
      }
      lines++;
    }
  }

  private int lineLength(ByteQueue input, int lineFeed) throws MessageFormatException {
    if (lineFeed > lineStart && input.peekByte(lineFeed - 1) == '\r') {
      return lineFeed - 1 - lineStart;
    }
    if (!lenient) {
      throw new MessageFormatException(
          Status.BAD_REQUEST, "line " + (lines + 1) + " ends with LF alone, not with CR LF");
    }
    return lineFeed - lineStart;
  }

  private MessageLimitException tooLong(int limit) {
    return lines == 0
        ? new MessageLimitException(Status.URI_TOO_LONG, "the first line", limit)
        : new MessageLimitException(
            Status.REQUEST_HEADER_FIELDS_TOO_LARGE, "the size of all fields", limit);
  }
}
