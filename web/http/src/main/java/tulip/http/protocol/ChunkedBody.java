// SPDX-License-Identifier: Apache-2.0
package tulip.http.protocol;

import org.jspecify.annotations.Nullable;
import tulip.bytes.Ascii;
import tulip.bytes.ByteQueue;

/// A body in chunks, each with its size ahead (RFC 9112, section 7.1), and trailers after the last.
///
/// The lines of sizes and what follows a chunk are read byte for byte as they must be. Extensions
/// are passed over, but limited, and read as strictly: they can hold line feeds that other readers
/// take for ends, and megabytes that nobody sees.
final class ChunkedBody extends BodyReader {
  private static final int MAX_DIGITS = 15; // of a size; more might overflow
  private static final byte LF = '\n';

  private enum State {
    SIZE,
    DATA,
    AFTER_DATA,
    TRAILERS,
    DONE
  }

  private final HttpLimits limits;
  private final LineBlock trailers;
  private final boolean lenient;
  private State state = State.SIZE;
  private long rest; // of this chunk
  private int searched; // of the size's line
  private int extensions; // of all chunks

  ChunkedBody(HttpLimits limits, long bodyLimit, boolean lenient) {
    super(bodyLimit);
    this.limits = limits;
    this.lenient = lenient;
    this.trailers = new LineBlock(lenient);
  }

  @Override
  HttpEvent read(ByteQueue input, boolean ended) throws ProtocolException {
    HttpEvent event = null;
    while (event == null) {
      event =
          switch (state) {
            case SIZE -> readSize(input, ended);
            case DATA -> readData(input, ended);
            case AFTER_DATA -> readLineEnd(input, ended);
            case TRAILERS -> readTrailers(input, ended);
            case DONE -> HttpEvent.End.PLAIN;
          };
    }
    return event;
  }

  private @Nullable HttpEvent readSize(ByteQueue input, boolean ended) throws ProtocolException {
    int lineFeed = input.indexOf(LF, searched);
    int length = lineFeed < 0 ? input.size() : lineFeed;
    if (length > limits.chunkLine()) {
      throw new MessageLimitException(
          Status.BAD_REQUEST, "a chunk's first line", limits.chunkLine());
    }
    if (lineFeed < 0) {
      searched = input.size();
      return needData(ended);
    }
    int end = lineEnd(input, lineFeed);
    int digits = readDigits(input, end);
    checkExtensions(input, digits, end);
    input.skip(lineFeed + 1);
    searched = 0;
    checkLength(rest);
    state = rest == 0 ? State.TRAILERS : State.DATA;
    return null;
  }

  private int lineEnd(ByteQueue input, int lineFeed) throws MessageFormatException {
    if (lineFeed > 0 && input.peekByte(lineFeed - 1) == '\r') {
      return lineFeed - 1;
    }
    if (!lenient) {
      throw malformed("a chunk's first line ends with LF alone, not with CR LF");
    }
    return lineFeed;
  }

  private int readDigits(ByteQueue input, int end) throws MessageFormatException {
    int at = 0;
    int digit;
    rest = 0;
    while (at < end && (digit = Ascii.hexValue(input.peekByte(at))) >= 0) {
      rest = rest << 4 | digit;
      at++;
      if (at > MAX_DIGITS) {
        throw malformed("a chunk's size of more than " + MAX_DIGITS + " digits");
      }
    }
    if (at == 0) {
      throw malformed("a chunk without a size in hexadecimal digits");
    }
    return at;
  }

  private void checkExtensions(ByteQueue input, int from, int end) throws ProtocolException {
    ChunkExtensions.check(input, from, end);
    extensions += end - from;
    if (extensions > limits.chunkExtensions()) {
      throw new MessageLimitException(
          Status.BAD_REQUEST, "the size of all chunk extensions", limits.chunkExtensions());
    }
  }

  private @Nullable HttpEvent readData(ByteQueue input, boolean ended) throws ProtocolException {
    var event = data(input, ended, rest);
    if (event instanceof HttpEvent.Data data) {
      rest -= data.bytes().length();
      state = rest == 0 ? State.AFTER_DATA : State.DATA;
    }
    return event;
  }

  private @Nullable HttpEvent readLineEnd(ByteQueue input, boolean ended) throws ProtocolException {
    if (input.isEmpty()) {
      return needData(ended);
    }
    boolean bare = lenient && input.peekByte(0) == '\n';
    if (!bare) {
      expect(input, 0, '\r');
      if (!input.has(2)) {
        return needData(ended);
      }
      expect(input, 1, '\n');
    }
    input.skip(bare ? 1 : 2);
    state = State.SIZE;
    return null;
  }

  private static void expect(ByteQueue input, int at, char wanted) throws MessageFormatException {
    if (input.peekByte(at) != wanted) {
      throw malformed("a chunk is longer than its size");
    }
  }

  private HttpEvent readTrailers(ByteQueue input, boolean ended) throws ProtocolException {
    byte[] block = trailers.take(input, limits.trailers());
    if (block == null) {
      return needData(ended);
    }
    state = State.DONE;
    if (trailers.lines() == 0) {
      return HttpEvent.End.PLAIN;
    }
    var fields = new HeadParser(block, limits, lenient).fields(trailers.lines());
    var forbidden = Trailers.forbidden(fields);
    if (forbidden != null) {
      throw malformed(forbidden + " cannot be a trailer");
    }
    return new HttpEvent.End(fields);
  }

  private static MessageFormatException malformed(String problem) {
    return new MessageFormatException(Status.BAD_REQUEST, problem);
  }
}
