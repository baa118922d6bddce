// SPDX-License-Identifier: Apache-2.0
package tulip.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tulip.bytes.ByteQueue;
import tulip.bytes.Bytes;
import tulip.testing.WireSplitter;
import tulip.testing.WireVector;

/// Lines of each kind, cut at every byte.
class LineSearchTest {
  private static final List<WireVector<String>> LOOSE =
      List.of(
          WireVector.of("lf", wire("\n"), ""),
          WireVector.of("crlf", wire("\r\n"), ""),
          WireVector.of("word", wire("word\n"), "word"),
          WireVector.of("word with crlf", wire("word\r\n"), "word"),
          WireVector.of("cr inside", wire("a\rb\r\r\n"), "a\rb\r"),
          WireVector.of("two lines", wire("\r\nb\n"), "", "b"));

  private static final List<WireVector<String>> STRICT =
      List.of(
          WireVector.of("empty", wire("\r\n"), ""),
          WireVector.of("word", wire("word\r\n"), "word"),
          WireVector.refused("bare lf", wire("wo\n"), MalformedLineException.class),
          WireVector.refused("bare cr", wire("wo\rrd\r\n"), MalformedLineException.class),
          WireVector.refused("two crs", wire("wo\r\r\n"), MalformedLineException.class),
          WireVector.refused("lf ahead", wire("\nword\r\n"), MalformedLineException.class));

  private static Bytes wire(String text) {
    return Bytes.ofAscii(text);
  }

  /// Takes lines as [ByteStream#readLine(LineEnding)] does: one search for each line, however often
  /// it has to look.
  private static final class Lines implements WireSplitter.Decoder<String> {
    private final LineEnding ending;
    private @Nullable LineSearch search;

    Lines(LineEnding ending) {
      this.ending = ending;
    }

    @Override
    public void decode(ByteQueue input, Consumer<String> events) throws MalformedLineException {
      while (true) {
        if (search == null) {
          search = new LineSearch(input, ending);
        }
        if (!search.find()) {
          return;
        }
        events.accept(search.take().ascii());
        search = null;
      }
    }
  }

  @Test
  void linesWithLfOrCrLf() {
    WireSplitter.check(() -> new Lines(LineEnding.LF_OR_CRLF), LOOSE);
  }

  @Test
  void linesWithLf() {
    WireSplitter.check(
        () -> new Lines(LineEnding.LF),
        List.of(
            WireVector.of("lf", wire("\n"), ""),
            WireVector.of("word", wire("word\r\n"), "word\r")));
  }

  @Test
  void linesWithCrLf() {
    WireSplitter.check(() -> new Lines(LineEnding.CRLF), STRICT);
  }

  /// Makes the mistake that [LineSearch#find] is careful not to make.
  private static final class Forgetful implements WireSplitter.Decoder<String> {
    private int seen;

    @Override
    public void decode(ByteQueue input, Consumer<String> events) {
      for (int end; (end = input.indexOf(wire("\r\n"), seen)) >= 0; seen = 0) {
        events.accept(input.take(end).ascii());
        input.skip(2);
      }
      seen = input.size();
    }
  }

  @Test
  void whoForgetsTheCrOfThePieceBeforeIsCaught() {
    var good = STRICT.subList(0, 2);
    var error = assertThrows(AssertionError.class, () -> WireSplitter.check(Forgetful::new, good));
    assertEquals(
        """
        'empty', byte by byte: the codec has told [] instead of ['']
          fed:  0d | 0a
          left: 0d0a\
        """,
        error.getMessage());
  }
}
