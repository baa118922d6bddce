// SPDX-License-Identifier: Apache-2.0
package tulip.http.coding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tulip.bytes.ByteWriter;
import tulip.bytes.Bytes;
import tulip.bytes.MalformedException;
import tulip.http.protocol.Headers;

/// Content codings against the JDK's streams, at every cut, and with bytes that are none.
class ContentCodingTest {
  private static final Bytes TEXT = Bytes.ofUtf8("the quick brown fox ".repeat(50));

  private static Bytes gzip(Bytes plain) {
    var out = new ByteArrayOutputStream();
    try (var stream = new GZIPOutputStream(out)) {
      stream.write(plain.toByteArray());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return Bytes.wrap(out.toByteArray());
  }

  private static Bytes deflate(Bytes plain, boolean raw) {
    var out = new ByteArrayOutputStream();
    try (var deflater = new Deflater(9, raw);
        var stream = new DeflaterOutputStream(out, deflater)) {
      stream.write(plain.toByteArray());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return Bytes.wrap(out.toByteArray());
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
      assertTrue(plain.length() <= 64 * 1024);
      all.put(plain);
    }
  }

  private static void atEveryCut(ContentCoding coding, Bytes coded) throws MalformedException {
    for (int i = 0; i <= coded.length(); i++) {
      assertEquals(TEXT, decode(coding, coded.slice(0, i), coded.slice(i)));
    }
  }

  @Test
  void whatOthersHaveCoded() throws MalformedException {
    atEveryCut(ContentCoding.GZIP, gzip(TEXT));
    atEveryCut(ContentCoding.DEFLATE, deflate(TEXT, false));
    atEveryCut(ContentCoding.DEFLATE, deflate(TEXT, true));
  }

  @Test
  void gzipWithAllThatAHeaderMayHave() throws MalformedException {
    var plain = gzip(TEXT);
    var header =
        Bytes.concat(
            Bytes.ofHex("1f8b081e00000000000" + "3"), // checksum, extra field, name, comment
            Bytes.ofHex("0300616263"),
            Bytes.ofAscii("name\0comment\0"),
            Bytes.ofHex("ffff"));
    atEveryCut(ContentCoding.GZIP, Bytes.concat(header, plain.slice(10)));
  }

  @Test
  void severalMembersAreOneContent() throws MalformedException {
    var half = TEXT.length() / 2;
    var members =
        Bytes.concat(gzip(TEXT.slice(0, half)), gzip(Bytes.EMPTY), gzip(TEXT.slice(half)));
    atEveryCut(ContentCoding.GZIP, members);
    atEveryCut(ContentCoding.GZIP, Bytes.concat(members, Bytes.ofHex("0000000000")));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100, 100_000})
  void ourOwn(int size) throws Exception {
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);
    var plain = Bytes.wrap(content);
    for (var coding : ContentCodings.DEFAULT.all()) {
      try (var encoder = coding.encoder()) {
        var half = size / 2;
        var coded =
            Bytes.concat(
                encoder.encode(plain.slice(0, half)),
                encoder.flush(),
                encoder.encode(plain.slice(half)),
                encoder.end());
        assertEquals(plain, decode(coding, coded));
        if (coding.name().equals("gzip")) {
          var jdk = new GZIPInputStream(new ByteArrayInputStream(coded.toByteArray()));
          assertEquals(plain, Bytes.wrap(jdk.readAllBytes()));
        }
      }
    }
  }

  @Test
  void whatWasFlushedCanBeDecoded() throws MalformedException {
    for (var coding : ContentCodings.DEFAULT.all()) {
      try (var encoder = coding.encoder();
          var decoder = coding.decoder()) {
        decoder.put(encoder.encode(Bytes.ofAscii("now")));
        decoder.put(encoder.flush());
        assertEquals("now", Objects.requireNonNull(decoder.take()).utf8());
      }
    }
  }

  @Test
  void aBombComesInPieces() throws MalformedException {
    var bomb = gzip(Bytes.wrap(new byte[16 << 20]));
    assertTrue(bomb.length() < 30_000);
    try (var decoder = ContentCoding.GZIP.decoder()) {
      decoder.put(bomb);
      for (int i = 0; i < 10; i++) {
        var piece = decoder.take();
        assertTrue(piece != null && piece.length() <= 64 * 1024);
      }
    }
  }

  @Test
  void whatEndsEarly() {
    for (var coded : List.of(gzip(TEXT), deflate(TEXT, false))) {
      var coding = coded.byteAt(0) == 0x1f ? ContentCoding.GZIP : ContentCoding.DEFLATE;
      for (int length = 1; length < coded.length(); length++) {
        var part = coded.slice(0, length);
        assertThrows(MalformedException.class, () -> decode(coding, part), part::hex);
      }
    }
  }

  @Test
  void nothingAtAllIsAnEmptyBody() throws MalformedException {
    assertEquals(Bytes.EMPTY, decode(ContentCoding.GZIP));
    assertEquals(Bytes.EMPTY, decode(ContentCoding.DEFLATE));
  }

  @Test
  void whatIsBroken() {
    var coded = gzip(TEXT).toByteArray();
    coded[coded.length - 5] ^= 1; // the checksum
    assertThrows(MalformedException.class, () -> decode(ContentCoding.GZIP, Bytes.wrap(coded)));
    assertThrows(MalformedException.class, () -> decode(ContentCoding.GZIP, TEXT));
    assertThrows(MalformedException.class, () -> decode(ContentCoding.DEFLATE, TEXT));
  }

  /// Whatever comes in, it ends in content or in a [MalformedException].
  @Test
  void fuzz() {
    var random = new Random(7);
    for (int i = 0; i < 3000; i++) {
      byte[] coded = gzip(TEXT).toByteArray();
      for (int n = random.nextInt(1, 4); n > 0; n--) {
        coded[random.nextInt(coded.length)] ^= (byte) (1 << random.nextInt(8));
      }
      outcome(ContentCoding.GZIP, Bytes.wrap(coded));
      outcome(ContentCoding.DEFLATE, Bytes.wrap(coded, 10, coded.length - 10));
    }
  }

  private static @Nullable Bytes outcome(ContentCoding coding, Bytes coded) {
    try {
      return decode(coding, coded);
    } catch (MalformedException _) {
      return null;
    }
  }

  @Test
  void findsThoseOfAHead() throws MalformedException {
    var codings = ContentCodings.DEFAULT;
    assertEquals("gzip, deflate", codings.names());
    assertEquals(List.of(), codings.of(Headers.EMPTY));
    assertEquals(
        List.of(ContentCoding.GZIP, ContentCoding.DEFLATE),
        codings.of(Headers.of("Content-Encoding", "deflate, X-GZIP")));
    assertEquals(List.of(), codings.of(Headers.of("Content-Encoding", "identity")));
    assertNull(codings.of(Headers.of("Content-Encoding", "br")));
    assertThrows(
        MalformedException.class,
        () -> codings.of(Headers.of("Content-Encoding", "gzip,gzip,gzip,gzip")));
  }
}
