// SPDX-License-Identifier: Apache-2.0
package tulip.net;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tulip.bytes.ByteQueue;
import tulip.bytes.Bytes;
import tulip.testing.WireSplitter;
import tulip.testing.WireVector;

/// Separators, cut at every byte.
class SeparatorSearchTest {
  private static WireVector<String> vector(String wire) {
    return WireVector.of(wire, Bytes.ofAscii(wire), wire);
  }

  private static Bytes[] separators(String... separators) {
    return List.of(separators).stream().map(Bytes::ofAscii).toArray(Bytes[]::new);
  }

  /// Takes pieces as [ByteStream#readUntil] does.
  private static final class Pieces implements WireSplitter.Decoder<String> {
    private final Bytes[] separators;
    private @Nullable SeparatorSearch search;

    Pieces(String... separators) {
      this.separators = separators(separators);
    }

    @Override
    public void decode(ByteQueue input, Consumer<String> events) {
      while (true) {
        if (search == null) {
          search = new SeparatorSearch(input, separators);
        }
        int end = search.find();
        if (end < 0) {
          return;
        }
        events.accept(input.take(end).ascii());
        search = null;
      }
    }
  }

  @Test
  void oneThatHasItsBeginningTwice() {
    WireSplitter.check(
        () -> new Pieces("\r\n\r\n"),
        List.of(vector("\r\n\r\n"), vector("a\r\n\r\n"), vector("a\r\nb\r\r\n\r\n")));
  }

  @Test
  void severalOfWhichTheFirstCounts() {
    WireSplitter.check(
        () -> new Pieces(";", "--", "..."),
        List.of(vector(";"), vector("a-b--"), vector("a..b..."), vector("-.-.;")));
  }

  @Test
  void ofTwoThatEndTogetherTheLonger() {
    WireSplitter.check(
        () -> new Pieces("\n", "\r\n"), List.of(vector("a\r\n"), vector("\n"), vector("\ra\n")));
  }
}
