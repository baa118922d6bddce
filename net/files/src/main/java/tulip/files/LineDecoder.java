// SPDX-License-Identifier: Apache-2.0
package tulip.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes lines of a file, a block at a time, on threads of the pool: the loop's thread only hands
/// them out.
///
/// A line ends with a line feed, a carriage return, or both, as for `BufferedReader`.
final class LineDecoder {
  /// Lines that came together.
  ///
  /// @param lines in their order
  /// @param last whether the file has no more
  record Batch(List<String> lines, boolean last) {
    static final Batch NONE = new Batch(List.of(), false);
  }

  private final Path path;
  private final FileChannel channel;
  private final CharsetDecoder decoder;
  private final int lineLimit;

  /// What was read and not decoded: between two blocks the beginning of a character.
  private final ByteBuffer bytes;

  /// What was decoded of the block, before it is a string.
  private CharBuffer chars;

  /// The beginning of a line whose end has not come.
  private final StringBuilder unfinished = new StringBuilder();

  /// What went wrong behind the lines that were returned.
  private @Nullable IOException failure;

  /// The text so far ended with a carriage return: a line feed that follows belongs to it.
  private boolean afterReturn;

  LineDecoder(Path path, FileChannel channel, TextOptions options) {
    this.path = path;
    this.channel = channel;
    lineLimit = options.lineLimit();
    decoder =
        options
            .charset()
            .newDecoder()
            .onMalformedInput(options.onError())
            .onUnmappableCharacter(options.onError());
    bytes = ByteBuffer.allocate(options.blockSize());
    chars = CharBuffer.allocate(options.blockSize());
  }

  /// Reads on until there is a line. A failure comes after the lines before it.
  Batch next() throws IOException {
    var lines = new ArrayList<String>();
    var problem = failure;
    boolean last = false;
    while (problem == null && lines.isEmpty() && !last) {
      try {
        last = readBlock(lines);
      } catch (IOException e) {
        problem = e;
      }
    }
    failure = problem;
    if (problem != null && lines.isEmpty()) {
      throw problem;
    }
    return new Batch(lines, last);
  }

  /// @return whether it was the last
  private boolean readBlock(List<String> lines) throws IOException {
    boolean last = channel.read(bytes) < 0;
    var result = decode(last);
    split(chars.flip().toString(), lines);
    chars.clear();
    if (result.isError()) {
      result.throwException();
    }
    if (last && !unfinished.isEmpty()) {
      lines.add(finish("", 0, 0));
    }
    return last;
  }

  private CoderResult decode(boolean last) {
    bytes.flip();
    var result = decoder.decode(bytes, chars, last);
    while (result.isOverflow()) {
      makeRoom();
      result = decoder.decode(bytes, chars, last);
    }
    bytes.compact();
    while (last && !result.isError() && decoder.flush(chars).isOverflow()) {
      makeRoom();
    }
    return result;
  }

  private void makeRoom() {
    int size = chars.position();
    chars = CharBuffer.wrap(Arrays.copyOf(chars.array(), 2 * chars.capacity()));
    chars.position(size);
  }

  /// Takes the lines that are whole. Searching and cutting strings is what the JVM does fastest.
  private void split(String text, List<String> lines) throws FileLimitException {
    int begin = 0;
    if (afterReturn && !text.isEmpty()) {
      afterReturn = false;
      begin = text.charAt(0) == '\n' ? 1 : 0;
    }
    int feed = text.indexOf('\n', begin);
    int carriage = text.indexOf('\r', begin);
    while (feed >= 0 || carriage >= 0) {
      boolean byFeed = carriage < 0 || (feed >= 0 && feed < carriage);
      int end = byFeed ? feed : carriage;
      lines.add(finish(text, begin, end));
      begin = end + 1;
      if (!byFeed) {
        afterReturn = begin == text.length();
        begin = feed == begin ? begin + 1 : begin;
        carriage = text.indexOf('\r', begin);
      }
      if (feed >= 0 && feed < begin) {
        feed = text.indexOf('\n', begin);
      }
    }
    check(text.length() - begin);
    unfinished.append(text, begin, text.length());
  }

  /// A whole line, of which the last piece is in a text.
  private String finish(String text, int begin, int end) throws FileLimitException {
    check(end - begin);
    if (unfinished.isEmpty()) {
      return text.substring(begin, end);
    }
    var line = unfinished.append(text, begin, end).toString();
    unfinished.setLength(0);
    return line;
  }

  private void check(int more) throws FileLimitException {
    if (unfinished.length() + more > lineLimit) {
      throw new FileLimitException(path, "a line", lineLimit, "characters");
    }
  }
}
