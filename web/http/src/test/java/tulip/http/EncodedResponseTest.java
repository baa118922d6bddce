// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tulip.bytes.ByteWriter;
import tulip.bytes.Bytes;
import tulip.bytes.MalformedException;
import tulip.core.Tulip;
import tulip.http.coding.ContentCoding;
import tulip.http.coding.ContentCodings;
import tulip.http.coding.Decoder;
import tulip.http.protocol.HeaderName;
import tulip.http.protocol.Status;
import tulip.testing.TulipTest;

/// Responses in a content coding.
@TulipTest
class EncodedResponseTest {
  private static final String TEXT = "all work and no play ".repeat(10_000);

  /// What is in a body, in chunks or in one piece.
  private static String decode(Talk talk, ContentCoding coding) throws Exception {
    var head = talk.head();
    var coded = head.contains("chunked") ? chunks(talk) : talk.client.readExactly(length(head));
    try (var decoder = coding.decoder()) {
      decoder.put(coded);
      var text = takeAll(decoder);
      decoder.end();
      return text;
    }
  }

  private static int length(String head) {
    return Integer.parseInt(head.replaceFirst("(?s).*\nContent-Length: ([0-9]+)\n.*", "$1"));
  }

  private static Bytes chunks(Talk talk) throws IOException {
    var all = new ByteWriter(1 << 20);
    int size;
    do {
      size = Integer.parseInt(String.valueOf(talk.client.readLine()), 16);
      all.put(talk.client.readExactly(size));
      talk.client.readLine();
    } while (size > 0);
    return all.toBytes();
  }

  private static String takeAll(Decoder decoder) throws MalformedException {
    var text = new StringBuilder();
    Bytes piece;
    while ((piece = decoder.take()) != null) {
      text.append(piece.utf8());
    }
    return text.toString();
  }

  @ParameterizedTest
  @TulipTest
  @ValueSource(strings = {"gzip", "deflate"})
  void wholeWithItsLength(String name) throws Exception {
    var coding = Objects.requireNonNull(ContentCodings.DEFAULT.find(name));
    var plain = Response.text(TEXT).header("ETag", "\"7\"").vary(HeaderName.ORIGIN);
    try (var talk = Talk.to(request -> plain.encoded(coding))) {
      assertEquals(TEXT, decode(talk.get("/"), coding));
    }
    var headers = plain.encoded(coding).headers();
    assertEquals(name, headers.first("Content-Encoding"));
    assertEquals("W/\"7\"", headers.first("ETag"));
    assertEquals("Origin", headers.all(HeaderName.VARY).getFirst());
    assertEquals("Accept-Encoding", headers.all(HeaderName.VARY).getLast());
  }

  @TulipTest
  void streamedPieceByPiece() throws Exception {
    var large = Bytes.ofUtf8(TEXT);
    try (var talk =
        Talk.to(request ->
            Response.stream(
                    "text/plain",
                    3 + large.length(),
                    sink -> {
                      sink.write("one");
                      sink.write(large);
                    })
                .encoded(ContentCoding.GZIP))) {
      assertEquals("one" + TEXT, decode(talk.get("/"), ContentCoding.GZIP));
      assertEquals("one" + TEXT, decode(talk.get("/"), ContentCoding.GZIP));
    }
  }

  @TulipTest
  void flushLetsTheClientDecodeWhatIsThere() throws Exception {
    try (var talk =
            Talk.to(request ->
                Response.stream(
                        "text/plain",
                        sink -> {
                          sink.write("early");
                          sink.flush();
                          Tulip.sleep(Duration.ofHours(1));
                          sink.write("late");
                        })
                    .encoded(ContentCoding.GZIP));
        var decoder = ContentCoding.GZIP.decoder()) {
      talk.get("/").head();
      var text = "";
      while (!text.equals("early")) {
        int size = Integer.parseInt(String.valueOf(talk.client.readLine()), 16);
        decoder.put(talk.client.readExactly(size));
        talk.client.readLine();
        text += takeAll(decoder);
      }
      assertFalse(talk.client.input().has(1));
      decoder.put(chunks(talk));
      assertEquals("late", takeAll(decoder));
    }
  }

  @TulipTest
  void files(@TempDir Path folder) throws Exception {
    var file = Files.writeString(folder.resolve("a.txt"), TEXT.repeat(3));
    try (var talk = Talk.to(request -> Response.file(request, file).encoded(ContentCoding.GZIP))) {
      assertEquals(TEXT.repeat(3), decode(talk.get("/"), ContentCoding.GZIP));
    }
  }

  @TulipTest
  void aWriterThatFailsBeforeItsFirstByteIsAnsweredFor() throws Exception {
    try (var talk =
        Talk.to(request ->
            Response.stream(
                    "text/plain",
                    _ -> {
                      throw new HttpError(Status.CONFLICT);
                    })
                .encoded(ContentCoding.GZIP))) {
      assertTrue(talk.get("/").answer().startsWith("HTTP/1.1 409 "));
    }
  }

  @TulipTest
  void notTwiceAndNotWithoutABody() {
    var once = Response.text("a").encoded(ContentCoding.GZIP);
    assertThrows(IllegalStateException.class, () -> once.encoded(ContentCoding.GZIP));
    var none = Response.empty(Status.NO_CONTENT);
    assertThrows(IllegalStateException.class, () -> none.encoded(ContentCoding.GZIP));
  }
}
