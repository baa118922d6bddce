// SPDX-License-Identifier: Apache-2.0
package tulip.testing;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import tulip.bytes.ByteQueue;
import tulip.bytes.Bytes;

/// Feeds a codec what a peer may send, in all the pieces in which a network may deliver it.
///
/// ```java
/// WireSplitter.check(
///     FrameDecoder::new,
///     List.of(
///         WireVector.of("empty", Bytes.ofHex("0000"), Bytes.EMPTY),
///         WireVector.of("two bytes", Bytes.ofHex("00026869"), Bytes.ofAscii("hi")),
///         WireVector.refused("too long", Bytes.ofHex("ffff"), ProtocolException.class)));
/// ```
///
/// Each vector comes whole and byte by byte, and each ordered pair of vectors cut at every byte. A
/// codec that needs more bytes must leave those of an unfinished message in the queue: so it is
/// right at every cut, and whatever stands behind a message is still there for whoever reads on.
public final class WireSplitter {
  /// A codec, for one conversation.
  ///
  /// @param <E> what it tells of
  @FunctionalInterface
  public interface Decoder<E> {
    /// Takes all messages that are there from the head of a queue. The beginning of another one
    /// stays.
    ///
    /// @param events takes what the codec tells
    /// @throws Exception to refuse the bytes; the conversation ends there
    void decode(ByteQueue input, Consumer<E> events) throws Exception;
  }

  private WireSplitter() {}

  /// Feeds all vectors, and each behind each.
  ///
  /// @param codec makes a new one for each conversation
  /// @throws AssertionError if the codec tells something else than the vectors say, takes bytes of
  ///   a message that is not whole, or leaves some of one that is; it names the vectors and the cut
  public static <E> void check(Supplier<? extends Decoder<E>> codec, List<WireVector<E>> vectors) {
    if (vectors.isEmpty()) {
      throw new IllegalArgumentException("no vectors to feed");
    }
    for (var vector : vectors) {
      feedWhole(codec.get(), vector);
      feedBytewise(codec.get(), vector);
    }
    for (var first : vectors) {
      for (var second : vectors) {
        if (first.refusal() == null) {
          feedAtEveryCut(codec, first, second);
        }
      }
    }
  }

  private static <E> void feedWhole(Decoder<E> codec, WireVector<E> vector) {
    new WireFeeding<>(vector + ", whole", codec, List.of(vector)).feed(vector.wire());
  }

  private static <E> void feedBytewise(Decoder<E> codec, WireVector<E> vector) {
    var feeding = new WireFeeding<>(vector + ", byte by byte", codec, List.of(vector));
    var wire = vector.wire();
    for (int at = 0; at < wire.length(); at++) {
      feeding.feed(wire.slice(at, at + 1));
    }
  }

  private static <E> void feedAtEveryCut(
      Supplier<? extends Decoder<E>> codec, WireVector<E> first, WireVector<E> second) {
    var wire = Bytes.concat(first.wire(), second.wire());
    var both = List.of(first, second);
    new WireFeeding<>(first + " and " + second + ", whole", codec.get(), both).feed(wire);
    for (int cut = 1; cut < wire.length(); cut++) {
      var name = first + " and " + second + ", cut behind byte " + cut;
      var feeding = new WireFeeding<>(name, codec.get(), both);
      feeding.feed(wire.slice(0, cut));
      feeding.feed(wire.slice(cut));
    }
  }
}
