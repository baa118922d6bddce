// SPDX-License-Identifier: Apache-2.0
package tulip.http.multipart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tulip.bytes.ByteQueue;
import tulip.bytes.Bytes;
import tulip.bytes.MalformedException;
import tulip.http.fields.MediaType;
import tulip.http.multipart.MultipartEvent.Signal;

/// Bodies of several parts, at every cut.
class MultipartTest {
  private static final String BODY =
      """
      this is passed over
      --B
      Content-Disposition: form-data; name="a"

      one
      --B\t
      Content-Disposition: form-data; name="file"; filename="é.txt"
      Content-Type: text/plain

      line
      --
      --Bo
      """
              .replace("--Bo\n", "-- B\n")
          + """

          --B

          --B
          Content-Disposition: form-data; name="empty"


          --B--
          this too
          """;

  private static final String EVENTS =
      "{Content-Disposition: form-data; name=\"a\"}one|"
          + "{Content-Disposition: form-data; name=\"file\"; filename=\"Ã©.txt\","
          + " Content-Type: text/plain}line\r\n--\r\n-- B\r\n|{}|"
          + "{Content-Disposition: form-data; name=\"empty\"}|";

  private static Bytes bytes(String text) {
    return Bytes.ofUtf8(text.replace("\n", "\r\n"));
  }

  static String parse(MultipartLimits limits, Bytes... pieces) throws MalformedException {
    var parser = new MultipartParser("B", limits);
    var input = new ByteQueue(1 << 20);
    var events = new StringBuilder();
    for (var piece : pieces) {
      input.put(piece);
      while (!take(parser, input, events)) {
        // the next one
      }
    }
    parser.inputEnded();
    while (!take(parser, input, events)) {
      // the next one
    }
    return events.toString();
  }

  /// @return whether there is no more for now
  private static boolean take(MultipartParser parser, ByteQueue input, StringBuilder events)
      throws MalformedException {
    switch (parser.receive(input)) {
      case MultipartEvent.Head head -> events.append(head.headers());
      case MultipartEvent.Data data -> events.append(data.bytes().utf8());
      case Signal.PART_END -> events.append('|');
      case Signal.NEED_DATA, Signal.END -> {
        return true;
      }
    }
    return false;
  }

  @Test
  void atEveryPairOfCuts() throws MalformedException {
    var all = bytes(BODY);
    for (int i = 0; i <= all.length(); i++) {
      for (int k = i; k <= all.length(); k += 7) {
        var events = parse(MultipartLimits.DEFAULT, all.slice(0, i), all.slice(i, k), all.slice(k));
        assertEquals(EVENTS, events, i + ", " + k);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nothing here",
        "--B\n\none",
        "--B\n\none\n--B",
        "--B\nno field\n\none\n--B--",
        "--B\nA: b\nC: d\n e\n\none\n--B--",
        "--B\nA: b\u000b\n\none\n--B--",
        "--B\nA:\u001cb\n\none\n--B--",
        "--Bx\n\none\n--B--",
        "--B\n\none\n--Bx\n",
        "--B -\n\none\n--B--"
      })
  void malformed(String body) {
    assertThrows(MalformedException.class, () -> parse(MultipartLimits.DEFAULT, bytes(body)));
  }

  @Test
  void limits() {
    var limits = new MultipartLimits(2, 40, 2, 30);
    for (var body :
        List.of(
            "x".repeat(40),
            "--B\n\n\n--B\n\n\n--B\n\n\n--B--",
            "--B\nA: " + "x".repeat(40) + "\n\n\n--B--",
            "--B\nA: " + "x".repeat(40),
            "--B\nA: b\nA: b\nA: b\n\n\n--B--",
            "--B\n\n\n--B--" + "x".repeat(40))) {
      assertThrows(MalformedException.class, () -> parse(limits, bytes(body)), body);
    }
  }

  // ---- the reader ----

  private static MultipartReader reader(String contentType, Bytes body) {
    var pieces = new ArrayDeque<Bytes>();
    for (int i = 0; i < body.length(); i += 10) {
      pieces.add(body.slice(i, Math.min(i + 10, body.length())));
    }
    var reader =
        MultipartReader.of(
            MediaType.parse(contentType),
            pieces::poll,
            MultipartLimits.DEFAULT,
            why -> {
              throw new IOException("complaint", why);
            });
    if (reader == null) {
      throw new AssertionError("not taken for several parts: " + contentType);
    }
    return reader;
  }

  @Test
  void partsAreReadOneByOne() throws IOException {
    var reader = reader("multipart/form-data; boundary=B", bytes(BODY));
    var seen = new ArrayList<String>();
    for (Part part; (part = reader.next()) != null; ) {
      seen.add(part.name() + " " + part.filename() + " " + part.contentType());
      if ("file".equals(part.name())) {
        assertEquals("line\r\n--\r\n-- B\r\n", part.text(100));
        assertNull(part.read());
      }
    }
    assertEquals(
        List.of("a null null", "file é.txt text/plain", "null null null", "empty null null"), seen);
    assertNull(reader.next());
  }

  @Test
  void namesAsBrowsersWriteThem() throws IOException {
    var reader =
        reader(
            "multipart/form-data; boundary=B",
            bytes(
                "--B\nContent-Disposition: form-data; name=\"a%22b%0D%0A\";"
                    + " filename=\"../x/y%20.txt\"\n\n\n--B--\n"));
    var part = Objects.requireNonNull(reader.next());
    assertEquals("a\"b\r\n", part.name());
    assertEquals("y%20.txt", part.filename());
  }

  @Test
  void partsWithinParts() throws IOException {
    var body =
        "--B\nContent-Type: multipart/mixed; boundary=\"C D\"\n\n"
            + "--C D\n\none\n--C D\n\ntwo\n--C D--\n\n--B\n\nthree\n--B--";
    var reader = reader("multipart/mixed; boundary=B", bytes(body));
    var inner = Objects.requireNonNull(Objects.requireNonNull(reader.next()).parts());
    assertEquals("one", Objects.requireNonNull(inner.next()).text(10));
    assertEquals("two", Objects.requireNonNull(inner.next()).text(10));
    assertNull(inner.next());
    var last = Objects.requireNonNull(reader.next());
    assertNull(last.parts());
    assertEquals("three", last.text(10));
    assertNull(reader.next());
  }

  @Test
  void aPartAboveItsLimit() throws IOException {
    var reader = reader("multipart/form-data; boundary=B", bytes(BODY));
    var part = Objects.requireNonNull(reader.next());
    assertEquals("complaint", assertThrows(IOException.class, () -> part.bytes(2)).getMessage());
  }

  @Test
  void onlyWhatHasABoundary() {
    for (var type :
        List.of("text/plain; boundary=B", "multipart/mixed", "multipart/x; boundary=\"\"")) {
      assertNull(
          MultipartReader.of(
              MediaType.parse(type), () -> null, MultipartLimits.DEFAULT, why -> {}));
    }
  }
}
