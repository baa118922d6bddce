// SPDX-License-Identifier: Apache-2.0
package tulip.testing;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tulip.bytes.ByteQueue;
import tulip.bytes.Bytes;

/// One conversation of a [WireSplitter]: pieces go in, and after each one it is known what must
/// have come out.
final class WireFeeding<E> {
  private final String name;
  private final WireSplitter.Decoder<E> codec;
  private final List<WireVector<E>> vectors;
  private final ByteQueue input = new ByteQueue(Integer.MAX_VALUE - 8);
  private final List<Bytes> pieces = new ArrayList<>();
  private final List<E> told = new ArrayList<>();
  private int fed;
  private boolean over;

  WireFeeding(String name, WireSplitter.Decoder<E> codec, List<WireVector<E>> vectors) {
    this.name = name;
    this.codec = codec;
    this.vectors = vectors;
  }

  /// Feeds a piece; nothing more once the codec has refused one, as it should.
  void feed(Bytes piece) {
    if (over) {
      return;
    }
    pieces.add(piece);
    fed += piece.length();
    input.put(piece);
    try {
      codec.decode(input, told::add);
    } catch (Throwable e) {
      checkRefusal(e);
      over = true;
      return;
    }
    check();
  }

  private void checkRefusal(Throwable thrown) {
    var expected = new ArrayList<E>();
    int begin = 0;
    for (var vector : vectors) {
      if (vector.refusal() != null && fed > begin && vector.refusal().isInstance(thrown)) {
        checkEvents(expected, List.of());
        return;
      }
      begin += vector.wire().length();
      expected.addAll(vector.events());
    }
    throw failure("the codec has thrown " + thrown, thrown);
  }

  private void check() {
    var expected = new ArrayList<E>();
    int end = 0;
    for (var vector : vectors) {
      if (end + vector.wire().length() > fed) {
        checkUnfinished(expected, vector, fed - end);
        return;
      }
      if (vector.refusal() != null) {
        throw failure("nothing was thrown where " + vector.refusal().getName() + " belongs", null);
      }
      expected.addAll(vector.events());
      end += vector.wire().length();
    }
    checkEvents(expected, List.of());
    checkLeft(0);
  }

  /// After the beginning of a message. A codec may tell of its parts one by one; one that has told
  /// nothing of it has taken nothing.
  private void checkUnfinished(List<E> before, WireVector<E> unfinished, int begun) {
    checkEvents(before, unfinished.events());
    if (told.size() == before.size()) {
      checkLeft(begun);
    }
  }

  /// What was told must be what is due, and perhaps some of what may come early.
  private void checkEvents(List<E> due, List<E> early) {
    var all = new ArrayList<>(due);
    all.addAll(early);
    if (told.size() < due.size()
        || told.size() > all.size()
        || !told.equals(all.subList(0, told.size()))) {
      throw failure("the codec has told " + quoted(told) + " instead of " + quoted(due), null);
    }
  }

  private static String quoted(List<?> events) {
    return events.stream().map(event -> "'" + event + "'").collect(joining(", ", "[", "]"));
  }

  private void checkLeft(int expected) {
    if (input.size() != expected) {
      throw failure(
          "the codec has left " + input.size() + " bytes of an unfinished message's " + expected,
          null);
    }
  }

  private AssertionError failure(String what, @Nullable Throwable cause) {
    var hex = pieces.stream().map(Bytes::hex).collect(joining(" | "));
    return new AssertionError(
        name + ": " + what + "\n  fed:  " + hex + "\n  left: " + left(), cause);
  }

  private String left() {
    return input.isEmpty() ? "nothing" : input.take(input.size()).hex();
  }
}
