// SPDX-License-Identifier: Apache-2.0
package tulip.http.protocol;

import tulip.bytes.Ascii;
import tulip.bytes.ByteQueue;

/// The extensions behind a chunk's size (RFC 9112, section 7.1.1): names, perhaps with values. None
/// is known here, but all must be what the standard says: whoever reads lines in another way would
/// see other chunks.
final class ChunkExtensions {
  private final ByteQueue input;
  private final int end;
  private int at;

  private ChunkExtensions(ByteQueue input, int from, int end) {
    this.input = input;
    this.at = from;
    this.end = end;
  }

  /// Looks at what stands between a size and its line's end, and takes nothing.
  static void check(ByteQueue input, int from, int end) throws MessageFormatException {
    var extensions = new ChunkExtensions(input, from, end);
    while (extensions.at < end) {
      extensions.next();
    }
  }

  private void next() throws MessageFormatException {
    skipBlanks();
    if (!skip(';')) {
      throw malformed("something other than an extension after a chunk's size");
    }
    skipBlanks();
    skipToken();
    int nameEnd = at;
    skipBlanks();
    if (skip('=')) {
      skipBlanks();
      skipValue();
    } else {
      at = nameEnd; // blanks must have something behind them
    }
  }

  private void skipValue() throws MessageFormatException {
    if (!skip('"')) {
      skipToken();
      return;
    }
    while (!skip('"')) {
      skip('\\');
      if (at == end || !isText(input.peekUnsignedByte(at))) {
        throw malformed("a chunk's extension with a quoted string that is none");
      }
      at++;
    }
  }

  private void skipToken() throws MessageFormatException {
    int from = at;
    while (at < end && Ascii.isToken(input.peekByte(at))) {
      at++;
    }
    if (at == from) {
      throw malformed("a chunk's extension without a name or value");
    }
  }

  private void skipBlanks() {
    while (at < end && FieldText.isBlank(input.peekByte(at))) {
      at++;
    }
  }

  private boolean skip(char wanted) {
    boolean there = at < end && input.peekByte(at) == wanted;
    at += there ? 1 : 0;
    return there;
  }

  private static boolean isText(int b) {
    return b >= ' ' ? b != 0x7F : b == '\t';
  }

  private static MessageFormatException malformed(String problem) {
    return new MessageFormatException(Status.BAD_REQUEST, problem);
  }
}
