// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import tulip.bytes.Bytes;
import tulip.core.EventLoop;
import tulip.core.Tulip;
import tulip.core.sync.Event;
import tulip.http.HttpError;
import tulip.http.Request;
import tulip.http.Response;
import tulip.http.coding.ContentCoding;
import tulip.http.fields.Parameters;
import tulip.http.protocol.Headers;
import tulip.http.protocol.Status;
import tulip.testing.TulipTest;

/// Bodies of requests: how they are framed, and what happens while they are sent.
@TulipTest
class UploadTest {
  @TempDir private Path folder;

  private static final Bytes LARGE = Bytes.wrap(new byte[300_000]);

  /// How long the body was, and how it was framed.
  private static Response measure(Request request) throws IOException {
    long length = 0;
    for (Bytes piece; (piece = request.body().read()) != null; ) {
      length += piece.length();
    }
    return Response.text(
        length
            + " bytes of "
            + request.header("Content-Type")
            + ", length "
            + request.header("Content-Length")
            + ", "
            + request.header("Transfer-Encoding")
            + request.body().trailers());
  }

  @TulipTest
  void bodiesOfAllKinds() throws IOException {
    var file = Files.write(folder.resolve("file"), LARGE.toByteArray());
    try (var servers = Servers.serving(UploadTest::measure);
        var http = servers.session()) {
      assertEquals("0 bytes of null, length 0, null{}", http.post("/", Payload.NONE).text());
      assertEquals(
          "2 bytes of text/plain; charset=utf-8, length 2, null{}",
          http.post("/", Payload.text("é")).text());
      assertEquals(
          "2 bytes of application/json, length 2, null{}",
          http.post("/", Payload.jsonText("{}")).text());
      assertEquals(
          "11 bytes of application/x-www-form-urlencoded, length 11, null{}",
          http.post("/", Payload.form(Parameters.of("a", "é", "b", ""))).text());
      assertEquals(
          "300000 bytes of image/png, length 300000, null{}",
          http.post("/", Payload.bytes("image/png", LARGE)).text());
      assertEquals(
          "300000 bytes of application/octet-stream, length 300000, null{}",
          http.post("/", Payload.file(file)).text());
      assertEquals(1, servers.dialled.size());
    }
  }

  @TulipTest
  void bodiesThatAreMadeWhileTheyAreSent() throws IOException {
    try (var servers = Servers.serving(UploadTest::measure);
        var http = servers.session()) {
      var body =
          Payload.stream(
              "text/csv",
              sink -> {
                for (int i = 0; i < 10; i++) {
                  sink.write("1,2\n");
                  Tulip.sleep(Duration.ofSeconds(1));
                }
                sink.trailers(Headers.of("X-Sum", "30"));
              });
      assertEquals(
          "40 bytes of text/csv, length null, chunked{X-Sum: 30}", http.put("/", body).text());
      assertEquals(
          "4 bytes of text/csv, length 4, null{}",
          http.put("/", Payload.stream("text/csv", 4, sink -> sink.write("1,2\n"))).text());
      assertEquals(1, servers.dialled.size());
    }
  }

  @TulipTest
  void aLengthThatIsWrongBreaksTheRequestOff() throws IOException {
    try (var servers = Servers.serving(UploadTest::measure);
        var http = servers.session()) {
      var shortOne = Payload.stream("text/csv", 4, sink -> sink.write("1"));
      var e = assertThrows(IOException.class, () -> http.put("/", shortOne));
      assertEquals(
          "3 bytes are missing of Content-Length",
          Objects.requireNonNull(e.getCause()).getMessage());
      var longOne = Payload.stream("text/csv", 4, sink -> sink.write("12345"));
      assertThrows(IOException.class, () -> http.put("/", longOne));
      assertEquals("40", http.put("/", Payload.text("x".repeat(40))).text().substring(0, 2));
    }
  }

  @TulipTest
  void aBodyThatCannotBeMadeIsToldAsItIs() {
    try (var servers = Servers.serving(UploadTest::measure);
        var http = servers.session()) {
      var failure = new IOException("the disk is gone");
      var body =
          Payload.stream(
              "text/csv",
              sink -> {
                sink.write("1");
                throw failure;
              });
      assertEquals(failure, assertThrows(IOException.class, () -> http.put("/", body)));
      assertEquals(0, http.connectionCount());
    }
  }

  @TulipTest
  void theServerMayRefuseWhileTheBodyStillComes() throws IOException {
    var cancelled = new Event();
    try (var servers =
            Servers.serving(request -> {
              throw new HttpError(Status.CONTENT_TOO_LARGE);
            });
        var http = servers.session()) {
      var endless =
          Payload.stream(
              "text/csv",
              sink -> {
                try {
                  while (true) {
                    sink.write(LARGE);
                  }
                } finally {
                  cancelled.set();
                }
              });
      try (var response = http.put("/", endless)) {
        assertEquals(413, response.status().code());
        assertFalse(response.isUploadComplete());
        assertEquals("413 Content Too Large", response.text());
      }
      cancelled.await();
      assertEquals(0, http.connectionCount());
    }
  }

  @TulipTest
  void theServerMayAnswerWhileTheBodyStillComes() throws IOException {
    try (var servers =
            Servers.serving(request ->
                Response.stream(
                    "text/plain",
                    sink -> {
                      for (Bytes piece; (piece = request.body().read()) != null; ) {
                        sink.write(piece);
                        sink.flush();
                      }
                    }));
        var http = servers.session()) {
      var heard = new Event[] {new Event(), new Event()};
      var talk =
          Payload.stream(
              "text/plain",
              sink -> {
                sink.write("one");
                heard[0].await();
                sink.write("two");
                heard[1].await();
              });
      try (var response = http.post("/", talk)) {
        assertEquals("one", Objects.requireNonNull(response.body().read()).utf8());
        heard[0].set();
        assertEquals("two", Objects.requireNonNull(response.body().read()).utf8());
        heard[1].set();
        assertEquals(null, response.body().read());
        assertTrue(response.isUploadComplete());
      }
      assertEquals(1, http.connectionCount());
    }
  }

  @TulipTest
  void theBodyWaitsForContinue() throws IOException {
    try (var servers =
            Servers.playing(peer -> {
              peer.expect(
                  """
                  POST / HTTP/1.1
                  Host: h
                  User-Agent: Tulip
                  Accept: */*
                  Accept-Encoding: gzip, deflate
                  Expect: 100-continue
                  Content-Type: text/plain; charset=utf-8
                  Content-Length: 4

                  """
                      .replace("\n", "\r\n"));
              peer.send("HTTP/1.1 100 Continue\r\n\r\n");
              peer.expect("body");
              peer.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
              peer.expectEnd();
            });
        var http = servers.session()) {
      long before = EventLoop.current().time();
      http.send(ClientRequest.post("/").expectContinue().body(Payload.text("body"))).skip();
      assertEquals(before, EventLoop.current().time());
    }
  }

  @TulipTest
  void aServerThatSaysNothingGetsTheBodyAfterAWhile() throws IOException {
    try (var servers =
            Servers.playing(peer -> {
              peer.expect("POST");
              peer.stream().readUntil(Bytes.ofAscii("\r\n\r\n"));
              peer.expect("body");
              peer.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
              peer.expectEnd();
            });
        var http = servers.session()) {
      long before = EventLoop.current().time();
      http.send(ClientRequest.post("/").expectContinue().body(Payload.text("body"))).skip();
      assertEquals(Duration.ofSeconds(1).toNanos(), EventLoop.current().time() - before);
    }
  }

  @TulipTest
  void aServerThatRefusesDoesNotGetTheBody() throws IOException {
    var asked = new ArrayList<String>();
    try (var servers =
            Servers.serving(request -> {
              throw new HttpError(Status.FORBIDDEN);
            });
        var http = servers.session()) {
      var body = Payload.stream("text/plain", sink -> asked.add("body"));
      var response = http.send(ClientRequest.put("/").expectContinue().body(body));
      assertEquals(403, response.status().code());
      response.skip();
      assertTrue(asked.isEmpty());
    }
  }

  @TulipTest
  void bodiesCanBeEncoded() throws IOException {
    try (var servers =
            Servers.serving(request ->
                Response.text(request.header("Content-Encoding") + " " + request.text()));
        var http = servers.session()) {
      var request = ClientRequest.post("/").coding(ContentCoding.GZIP);
      assertEquals("gzip hello", http.send(request.body(Payload.text("hello"))).text());
      var streamed = Payload.stream("text/plain", sink -> sink.write("hello"));
      assertEquals("gzip hello", http.send(request.body(streamed)).text());
    }
  }

  @TulipTest
  void progressIsTold() throws IOException {
    var up = new ArrayList<String>();
    var down = new ArrayList<String>();
    try (var servers = Servers.serving(request -> Response.bytes(LARGE));
        var http = servers.session()) {
      http.send(
              ClientRequest.post("/")
                  .body(Payload.bytes(Bytes.wrap(new byte[100_000])))
                  .uploadProgress((done, total) -> up.add(done + "/" + total))
                  .downloadProgress((done, total) -> down.add(done + "/" + total)))
          .skip();
    }
    assertEquals("100000/100000", up.getLast());
    assertTrue(up.size() > 1, up::toString);
    assertEquals("300000/300000", down.getLast());
    assertTrue(down.size() > 1, down::toString);
  }
}
