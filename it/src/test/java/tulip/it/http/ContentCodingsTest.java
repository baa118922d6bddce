// SPDX-License-Identifier: Apache-2.0
package tulip.it.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tulip.bytes.ByteWriter;
import tulip.bytes.Bytes;
import tulip.bytes.MalformedException;
import tulip.http.coding.ContentCoding;
import tulip.http.coding.ContentCodings;
import tulip.http.coding.Decoder;

/// What every content coding does, those of libraries too.
class ContentCodingsTest {
  private static final Bytes TEXT = Bytes.ofUtf8("the quick brown fox ".repeat(50));
  private static final int LARGEST_PIECE = 64 * 1024;

  static Stream<ContentCoding> codings() {
    return ContentCodings.DEFAULT.all().stream();
  }

  /// Two ways to encode the same: at once, and with a flush between the halves.
  private static Bytes encode(ContentCoding coding, Bytes plain, boolean flushing) {
    try (var encoder = coding.encoder()) {
      int half = plain.length() / 2;
      return Bytes.concat(
          encoder.encode(plain.slice(0, half)),
          flushing ? encoder.flush() : Bytes.EMPTY,
          encoder.encode(plain.slice(half)),
          encoder.end());
    }
  }

  private static Bytes encode(ContentCoding coding, Bytes plain) {
    return encode(coding, plain, false);
  }

  private static Bytes decode(ContentCoding coding, Bytes... pieces) throws MalformedException {
    var all = new ByteWriter(1 << 30);
    try (var decoder = coding.decoder()) {
      for (var piece : pieces) {
        decoder.put(piece);
        drain(decoder, all);
      }
      decoder.end();
      return all.toBytes();
    }
  }

  private static void drain(Decoder decoder, ByteWriter all) throws MalformedException {
    for (Bytes plain; (plain = decoder.take()) != null; ) {
      assertTrue(plain.length() > 0 && plain.length() <= LARGEST_PIECE);
      all.put(plain);
    }
  }

  @Test
  void thoseOfLibrariesAreFoundAndGoFirst() {
    assertEquals("zstd, br, gzip, deflate", ContentCodings.DEFAULT.names());
  }

  @ParameterizedTest
  @MethodSource("codings")
  void comesBackAtEveryCut(ContentCoding coding) throws MalformedException {
    for (boolean flushing : new boolean[] {false, true}) {
      var coded = encode(coding, TEXT, flushing);
      assertTrue(coded.length() < TEXT.length() / 2);
      for (int i = 0; i <= coded.length(); i++) {
        assertEquals(TEXT, decode(coding, coded.slice(0, i), Bytes.EMPTY, coded.slice(i)));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("codings")
  void ofAllSizes(ContentCoding coding) throws MalformedException {
    for (int size : new int[] {0, 1, 1000, LARGEST_PIECE, 2_000_000}) {
      byte[] content = new byte[size];
      new Random(size).nextBytes(content);
      var plain = Bytes.wrap(content);
      var coded = encode(coding, plain);
      assertTrue(coded.length() > 0); // also of nothing: who decodes it wants an end
      assertEquals(plain, decode(coding, coded));
    }
  }

  @ParameterizedTest
  @MethodSource("codings")
  void whatWasFlushedCanBeDecoded(ContentCoding coding) throws MalformedException {
    try (var encoder = coding.encoder();
        var decoder = coding.decoder()) {
      for (var word : List.of("now", "and", "then")) {
        decoder.put(encoder.encode(Bytes.ofAscii(word)));
        decoder.put(encoder.flush());
        assertEquals(word, Objects.requireNonNull(decoder.take()).utf8());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("codings")
  void aBombComesInPieces(ContentCoding coding) throws MalformedException {
    var bomb = encode(coding, Bytes.wrap(new byte[16 << 20]));
    assertTrue(bomb.length() < 30_000);
    try (var decoder = coding.decoder()) {
      decoder.put(bomb);
      for (int i = 0; i < 10; i++) {
        var piece = decoder.take();
        assertTrue(piece != null && piece.length() <= LARGEST_PIECE);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("codings")
  void whatEndsEarly(ContentCoding coding) {
    var coded = encode(coding, TEXT);
    for (int length = 1; length < coded.length(); length++) {
      var part = coded.slice(0, length);
      assertThrows(MalformedException.class, () -> decode(coding, part), part::hex);
    }
  }

  @ParameterizedTest
  @MethodSource("codings")
  void nothingAtAllIsAnEmptyBody(ContentCoding coding) throws MalformedException {
    assertEquals(Bytes.EMPTY, decode(coding));
    assertEquals(Bytes.EMPTY, decode(coding, Bytes.EMPTY));
  }

  @ParameterizedTest
  @MethodSource("codings")
  void whatIsNotCoded(ContentCoding coding) {
    assertThrows(MalformedException.class, () -> decode(coding, TEXT));
  }

  /// Whatever comes in, it ends in content or in a [MalformedException].
  @ParameterizedTest
  @MethodSource("codings")
  void whatIsBroken(ContentCoding coding) {
    var random = new Random(7);
    var whole = encode(coding, TEXT);
    int refused = 0;
    for (int i = 0; i < 1000; i++) {
      byte[] coded = whole.toByteArray();
      for (int n = random.nextInt(1, 4); n > 0; n--) {
        coded[random.nextInt(coded.length)] ^= (byte) (1 << random.nextInt(8));
      }
      try {
        decode(coding, Bytes.wrap(coded));
      } catch (MalformedException _) {
        refused++;
      }
    }
    assertTrue(refused > 0);
  }

  @ParameterizedTest
  @MethodSource("codings")
  void mayBeClosedTwiceAndAtAnyTime(ContentCoding coding) {
    var decoder = coding.decoder();
    decoder.put(encode(coding, TEXT));
    decoder.close();
    decoder.close();
    var encoder = coding.encoder();
    encoder.encode(TEXT);
    encoder.close();
    encoder.close();
  }
}
