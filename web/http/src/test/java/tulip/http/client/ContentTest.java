// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import tulip.bytes.Bytes;
import tulip.http.Request;
import tulip.http.Response;
import tulip.http.coding.ContentCoding;
import tulip.http.coding.ContentCodings;
import tulip.http.multipart.Part;
import tulip.http.protocol.Headers;
import tulip.testing.TulipTest;

/// What is in bodies: content codings, forms, parts.
@TulipTest
class ContentTest {
  @TempDir private Path folder;

  private static Bytes encode(ContentCoding coding, Bytes plain) {
    try (var encoder = coding.encoder()) {
      return Bytes.concat(encoder.encode(plain), encoder.end());
    }
  }

  private static Response coded(Request request) {
    var wanted = request.header("Accept-Encoding");
    var coding = ContentCodings.DEFAULT.find(request.path().substring(1));
    if (coding == null || wanted == null || !wanted.contains(coding.name())) {
      return Response.text("plain").header("X-Wanted", wanted + "");
    }
    return Response.bytes("text/plain", encode(coding, Bytes.ofUtf8("hello ".repeat(1000))))
        .header("Content-Encoding", coding.name());
  }

  @TulipTest
  void codingsAreAskedForAndUndone() throws IOException {
    try (var servers = Servers.serving(ContentTest::coded);
        var http = servers.session()) {
      for (var name : List.of("gzip", "deflate")) {
        var response = http.get("/" + name);
        assertEquals(name, response.header("Content-Encoding"));
        assertEquals("hello ".repeat(1000), response.text());
      }
      assertEquals(1, http.connectionCount());
      assertEquals("gzip, deflate", http.get("/none").header("X-Wanted"));
    }
  }

  @TulipTest
  void orNot() throws IOException {
    try (var servers = Servers.serving(ContentTest::coded);
        var http = HttpSession.open(servers.options().withDecoded(false))) {
      assertEquals("plain", http.get("/gzip").text());
      var asking = ClientRequest.get("/gzip").header("Accept-Encoding", "gzip");
      assertEquals(0x1f, http.send(asking).bytes().byteAt(0));
      assertEquals("hello ".repeat(1000), http.send(asking.decoded(true)).text());
      var ranged = ClientRequest.get("/gzip").decoded(true).header("Range", "bytes=0-");
      assertEquals("identity", http.send(ranged).header("X-Wanted"));
    }
  }

  @TulipTest
  void aBombIsStoppedInTime() throws IOException {
    var bomb = encode(ContentCoding.GZIP, Bytes.wrap(new byte[32 << 20]));
    try (var servers =
            Servers.serving(
                request -> Response.bytes("x/y", bomb).header("Content-Encoding", "gzip"));
        var http = HttpSession.open(servers.options().withContent(1 << 20))) {
      assertThrows(ContentException.class, () -> http.get("/").bytes());
      long size = 0;
      try (var response = http.get("/")) {
        for (Bytes piece; size < 10 << 20 && (piece = response.body().read()) != null; ) {
          assertTrue(piece.length() <= 64 * 1024);
          size += piece.length();
        }
      }
    }
  }

  @TulipTest
  void whatIsNotCodedAsItSays() throws IOException {
    try (var servers =
            Servers.serving(request ->
                request.path().equals("/unknown")
                    ? Response.text("as it is").header("Content-Encoding", "br")
                    : request.path().equals("/empty")
                        ? Response.bytes(Bytes.EMPTY).header("Content-Encoding", "gzip")
                        : Response.text("no gzip").header("Content-Encoding", "gzip"));
        var http = servers.session()) {
      assertThrows(ContentException.class, () -> http.get("/").text());
      assertEquals("as it is", http.get("/unknown").text());
      assertEquals("", http.get("/empty").text());
      assertEquals("", http.head("/").text());
    }
  }

  // ---- forms and parts ----

  private static Response parts(Request request) throws IOException {
    var seen = new StringBuilder();
    var reader = request.multipart();
    for (Part part; (part = reader.next()) != null; ) {
      seen.append(part.name()).append(' ').append(part.filename()).append(' ');
      seen.append(part.contentType()).append(' ').append(part.text(1000)).append('|');
    }
    return Response.text(seen + " " + request.header("Content-Length"));
  }

  @TulipTest
  void formsWithFiles() throws IOException {
    var file = Files.writeString(folder.resolve("é\".txt"), "content");
    try (var servers = Servers.serving(ContentTest::parts);
        var http = servers.session()) {
      var form = FormData.of("a", "1").field("b", "é").file("f\r\n", file).field("c", "3");
      assertEquals(
          "a null null 1|b null null é|"
              + "f\r\n é\".txt application/octet-stream content|c null null 3| "
              + form.length(),
          http.post("/", form).text());
      var streamed =
          FormData.of().file("f", "x", Payload.stream("text/csv", sink -> sink.write("1,2")));
      assertEquals("f x text/csv 1,2| null", http.post("/", streamed).text());
    }
  }

  @TulipTest
  void formsWithoutFiles() throws IOException {
    try (var servers =
            Servers.serving(
                request -> Response.text(request.form().first("a") + request.form().all("b")));
        var http = servers.session()) {
      var form = FormData.of("a", "é&=").field("b", "1").field("b", "2");
      assertEquals("é&=[1, 2]", http.post("/", form).text());
    }
  }

  @TulipTest
  void badPartsAreTheClientsFault() throws IOException {
    try (var servers = Servers.serving(ContentTest::parts);
        var http = servers.session()) {
      var type = "multipart/form-data; boundary=B";
      var broken = Payload.bytes(type, Bytes.ofAscii("--B\r\nbroken\r\n\r\n"));
      assertEquals(400, http.post("/", broken).status().code());
      assertEquals(415, http.post("/", Payload.text("x")).status().code());
    }
  }

  @TulipTest
  void partsOfAResponse() throws IOException {
    try (var servers =
            Servers.serving(request ->
                Response.bytes(
                    request.path().equals("/") ? "multipart/mixed; boundary=B" : "text/plain",
                    Bytes.ofAscii("--B\r\n\r\none\r\n--B\r\n\r\ntwo\r\n--B--\r\n")));
        var http = servers.session()) {
      var seen = new ArrayList<String>();
      try (var response = http.get("/")) {
        var reader = response.multipart();
        for (Part part; (part = reader.next()) != null; ) {
          seen.add(part.text(10));
        }
      }
      assertEquals(List.of("one", "two"), seen);
      assertEquals(1, http.connectionCount());
      assertThrows(ContentException.class, () -> http.get("/plain").multipart());
    }
  }

  @TulipTest
  void partsOfParts() throws IOException {
    var related =
        MultipartPayload.of("related", "a b")
            .part(Headers.EMPTY, Payload.jsonText("{}"))
            .part(Headers.of("Content-ID", "<x>"), Payload.text("y"));
    assertEquals("multipart/related; boundary=\"a b\"", related.contentType());
    assertThrows(
        IllegalArgumentException.class,
        () -> related.part(Headers.of("A", "b\r\nC: d"), Payload.NONE));
    assertThrows(IllegalArgumentException.class, () -> MultipartPayload.of("mixed", "a\r\nb"));
    try (var servers = Servers.serving(ContentTest::parts);
        var http = servers.session()) {
      assertTrue(http.post("/", related).text().startsWith("null null application/json {}|"));
      assertThrows(IOException.class, () -> http.post("/", MultipartPayload.of("mixed")));
    }
  }
}
