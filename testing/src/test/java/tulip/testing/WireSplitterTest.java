// SPDX-License-Identifier: Apache-2.0
package tulip.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ProtocolException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import tulip.bytes.ByteQueue;
import tulip.bytes.Bytes;
import tulip.testing.WireSplitter.Decoder;

/// A codec that is right passes, and each of those that make one mistake fails.
class WireSplitterTest {
  private static final int MOST = 0x200;

  /// Messages behind their length, which is two bytes.
  private static final List<WireVector<String>> VECTORS =
      List.of(
          WireVector.of("empty", Bytes.ofHex("0000"), ""),
          WireVector.of("two letters", Bytes.ofHex("00026869"), "hi"),
          WireVector.of("pair", Bytes.ofHex("000161000162"), "a", "b"),
          WireVector.refused("too long", Bytes.ofHex("0300"), ProtocolException.class));

  private static boolean isWhole(ByteQueue input) throws ProtocolException {
    if (!input.has(2)) {
      return false;
    }
    int length = input.peekUnsignedShort(0);
    if (length > MOST) {
      throw new ProtocolException("too long");
    }
    return input.has(2 + length);
  }

  private static String take(ByteQueue input) {
    return input.take(input.takeUnsignedShort()).ascii();
  }

  private static void decode(ByteQueue input, Consumer<String> events) throws ProtocolException {
    while (isWhole(input)) {
      events.accept(take(input));
    }
  }

  /// What is said of a codec that makes a mistake.
  private static String caught(Supplier<Decoder<String>> codec) {
    return String.valueOf(
        assertThrows(AssertionError.class, () -> WireSplitter.check(codec, VECTORS)).getMessage());
  }

  private static String caught(Decoder<String> codec) {
    return caught(() -> codec);
  }

  @Test
  void aCodecThatIsRightPasses() {
    WireSplitter.check(() -> WireSplitterTest::decode, VECTORS);
  }

  @Test
  void aMessageThatWasNotAwaitedIsFound() {
    var error = caught((input, events) -> events.accept(take(input)));
    assertTrue(
        error.startsWith("'empty', byte by byte: the codec has thrown java.lang.IndexOutOf"),
        error);
  }

  @Test
  void aLengthThatIsTakenTooEarlyIsFound() {
    var error =
        caught((input, events) -> {
          while (input.has(2)) {
            int length = input.takeUnsignedShort();
            if (input.has(length)) {
              events.accept(input.take(length).ascii());
            }
          }
        });
    assertEquals(
        """
        'two letters', byte by byte: the codec has left 0 bytes of an unfinished message's 2
          fed:  00 | 02
          left: nothing\
        """,
        error);
  }

  @Test
  void aSecondMessageThatIsForgottenIsFound() {
    var error =
        caught((input, events) -> {
          if (isWhole(input)) {
            events.accept(take(input));
          }
        });
    assertEquals(
        """
        'pair', whole: the codec has told ['a'] instead of ['a', 'b']
          fed:  000161000162
          left: 000162\
        """,
        error);
  }

  @Test
  void bytesBehindAMessageThatAreThrownAwayAreFound() {
    var error =
        caught((input, events) -> {
          decode(input, events);
          if (input.size() == 1) {
            input.clear(); // as if a message could not end within its length
          }
        });
    assertTrue(error.contains("left 0 bytes"), error);
  }

  @Test
  void aStateThatOutlivesItsMessageIsFound() {
    var error =
        caught(() ->
            new Decoder<>() {
              private int told;

              @Override
              public void decode(ByteQueue input, Consumer<String> events)
                  throws ProtocolException {
                while (isWhole(input)) {
                  events.accept(take(input) + (told++ == 1 ? "!" : ""));
                }
              }
            });
    assertTrue(error.startsWith("'pair', whole: the codec has told ['a', 'b!']"));
  }

  @Test
  void aCutThatMattersIsFoundAndNamed() {
    var error =
        caught((input, events) -> {
          if (input.size() == 3) {
            events.accept("surprise");
          }
          decode(input, events);
        });
    assertEquals(
        """
        'two letters', byte by byte: the codec has told ['surprise'] instead of []
          fed:  00 | 02 | 68
          left: 000268\
        """,
        error);
  }

  @Test
  void aRefusalThatIsMissingOrAnotherIsFound() {
    var silent =
        caught((input, events) -> {
          while (input.has(2) && input.has(2 + input.peekUnsignedShort(0))) {
            events.accept(take(input));
          }
        });
    assertTrue(silent.startsWith("'too long', whole: nothing was thrown where "));
    var other =
        caught((input, events) -> {
          try {
            decode(input, events);
          } catch (ProtocolException e) {
            throw new IllegalStateException(e);
          }
        });
    assertTrue(other.contains("'too long', whole: the codec has thrown java.lang.Il"));
  }

  @Test
  void aRefusalMustNotSwallowWhatCameBefore() {
    var error =
        caught((input, events) -> {
          boolean tooLong = input.size() > 2 && input.peekUnsignedShort(input.size() - 2) == 0x300;
          if (tooLong) {
            throw new ProtocolException("too long");
          }
          decode(input, events);
        });
    assertTrue(error.startsWith("'empty' and 'too long', whole: the codec has told []"), error);
  }

  @Test
  void thereMustBeSomethingToFeed() {
    assertThrows(
        IllegalArgumentException.class,
        () -> WireSplitter.check(() -> WireSplitterTest::decode, List.of()));
    assertThrows(IllegalArgumentException.class, () -> WireVector.of("none", Bytes.EMPTY, "x"));
  }
}
