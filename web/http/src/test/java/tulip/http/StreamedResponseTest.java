// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import tulip.bytes.Bytes;
import tulip.core.Tulip;
import tulip.testing.Tasks;
import tulip.testing.TulipTest;

/// Bodies that are made while they are sent.
@TulipTest
class StreamedResponseTest {
  private static final Response.Writer TWO =
      sink -> {
        sink.write("one");
        sink.write("three");
      };

  @TulipTest
  void inChunks() throws IOException {
    try (var talk = Talk.to(request -> Response.stream("text/plain", TWO))) {
      assertEquals(
          """
          HTTP/1.1 200 OK
          Content-Type: text/plain
          Transfer-Encoding: chunked

          """,
          talk.get("/").head());
      assertEquals("3\r\none\r\n5\r\nthree\r\n0\r\n\r\n", talk.client.readExactly(23).latin1());
      talk.get("/").head();
    }
  }

  @TulipTest
  void ofAKnownLength() throws IOException {
    try (var talk = Talk.to(request -> Response.stream("text/plain", 8, TWO))) {
      assertTrue(talk.get("/").answer().endsWith("\nContent-Length: 8\n\nonethree"));
    }
  }

  @TulipTest
  void toTheEndForOldClients() throws IOException {
    try (var talk = Talk.to(request -> Response.stream("text/plain", TWO))) {
      assertTrue(talk.send("GET / HTTP/1.0\n\n").rest().endsWith("\n\nonethree"));
    }
  }

  @TulipTest
  void theWriterIsNotCalledForHead() throws IOException {
    var called = new ArrayList<Boolean>();
    try (var talk = Talk.to(request -> Response.stream("text/plain", _ -> called.add(true)))) {
      talk.send("HEAD / HTTP/1.1\nHost: h\n\n");
      assertTrue(talk.head().contains("\nTransfer-Encoding: chunked\n"));
      talk.send("GET / HTTP/1.1\nHost: h\n\n");
      talk.head();
      assertEquals("0\r\n\r\n", talk.client.readExactly(5).latin1());
      assertEquals(1, called.size());
    }
  }

  @TulipTest
  void flushSendsTheHeadAheadOfTheBody() throws IOException {
    try (var talk =
        Talk.to(request ->
            Response.stream(
                "text/plain",
                sink -> {
                  sink.flush();
                  Tulip.sleep(java.time.Duration.ofHours(1));
                  sink.write("late");
                }))) {
      talk.get("/").head();
      assertFalse(talk.client.input().has(1));
      assertEquals("4\r\nlate\r\n0\r\n\r\n", talk.client.readExactly(14).latin1());
    }
  }

  @TulipTest
  void aWriterThatFailsAtOnceIsAnsweredFor() throws IOException {
    try (var talk =
        Talk.to(request ->
            Response.stream(
                "text/plain",
                sink -> {
                  throw new IllegalStateException("as told");
                }))) {
      assertTrue(talk.get("/").answer().startsWith("HTTP/1.1 500 "));
      assertEquals(1, talk.errors.size());
    }
  }

  @TulipTest
  void aWriterThatFailsLaterBreaksTheConnectionOff() throws IOException {
    try (var talk =
        Talk.to(request ->
            Response.stream(
                "text/plain",
                sink -> {
                  sink.write("some");
                  sink.flush();
                  throw new IllegalStateException("as told");
                }))) {
      assertTrue(talk.get("/").rest().endsWith("4\nsome\n"));
      assertEquals(1, talk.errors.size());
    }
  }

  @TulipTest
  void lessThanTheLengthThatWasGivenBreaksTheConnectionOff() throws IOException {
    try (var talk = Talk.to(request -> Response.stream("text/plain", 9, TWO))) {
      talk.get("/");
      talk.ended();
      assertTrue(talk.server.isClosed());
      assertEquals(1, talk.errors.size());
    }
  }

  @TulipTest
  void moreThanTheLengthThatWasGivenIsRefused() throws IOException {
    try (var talk =
        Talk.to(request ->
            Response.stream(
                "text/plain",
                8,
                sink -> {
                  TWO.write(sink);
                  assertThrows(IllegalStateException.class, () -> sink.write("x"));
                }))) {
      assertTrue(talk.get("/").answer().endsWith("onethree"));
    }
  }

  @TulipTest
  void waitsForASlowClient() throws IOException {
    var written = new ArrayList<Integer>();
    var piece = Bytes.wrap(new byte[10_000]);
    try (var talk =
        Talk.to(request ->
            Response.stream(
                "text/plain",
                sink -> {
                  for (int i = 0; i < 100; i++) {
                    sink.write(piece);
                    written.add(i);
                  }
                }))) {
      talk.get("/");
      Tasks.awaitAllBlocked();
      assertTrue(written.size() < 30, "written without a reader: " + written.size());
      var text = talk.head();
      assertTrue(text.contains("chunked"), text);
      talk.client.readExactly(100 * (10_000 + 8) + 5);
      assertEquals(100, written.size());
    }
  }

  @TulipTest
  void onlyOneTaskMayWrite() throws IOException {
    var large = Bytes.wrap(new byte[500_000]);
    try (var talk =
        Talk.to(request ->
            Response.stream(
                "text/plain",
                sink -> {
                  var other = Tulip.createTask(() -> sink.write(large));
                  Tulip.yield();
                  assertThrows(IllegalStateException.class, () -> sink.write("x"));
                  other.await();
                }))) {
      talk.get("/");
      Tasks.awaitAllBlocked();
      talk.head();
      talk.client.readExactly(500_000 + 9 + 5);
      assertEquals(0, talk.errors.size());
    }
  }

  @TulipTest
  void afterItsEndASinkTakesNoMore() throws IOException {
    var sinks = new ArrayList<BodySink>();
    try (var talk = Talk.to(request -> Response.stream("text/plain", sinks::add))) {
      talk.get("/").head();
      assertThrows(IllegalStateException.class, () -> sinks.getFirst().write("x"));
    }
  }
}
