// SPDX-License-Identifier: Apache-2.0
package tulip.http.sse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tulip.bytes.ByteQueue;
import tulip.bytes.Bytes;
import tulip.bytes.MalformedException;

/// Streams of events, at every cut.
class SseTest {
  private static SseEvent event(String type, String data, String id, @Nullable Integer retry) {
    return new SseEvent(type, data, id, retry == null ? null : Duration.ofMillis(retry));
  }

  private static List<SseEvent> parse(SseParser parser, Bytes... pieces) throws MalformedException {
    var events = new ArrayList<SseEvent>();
    var input = new ByteQueue(1 << 20);
    for (var piece : pieces) {
      input.put(piece);
      for (SseEvent event; (event = parser.receive(input)) != null; ) {
        events.add(event);
      }
    }
    return events;
  }

  private static void assertEvents(String stream, SseEvent... expected) throws MalformedException {
    var all = Bytes.ofUtf8(stream);
    for (int i = 0; i <= all.length(); i++) {
      for (int k = i; k <= all.length(); k++) {
        var events = parse(new SseParser(1000), all.slice(0, i), all.slice(i, k), all.slice(k));
        assertEquals(List.of(expected), events);
      }
    }
  }

  /// The examples of the standard, section 9.2.6.
  @Test
  void examples() throws MalformedException {
    assertEvents("data: YHOO\ndata: +2\ndata: 10\n\n", event("message", "YHOO\n+2\n10", "", null));
    assertEvents(
        ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n",
        event("message", "first event", "1", null),
        event("message", "second event", "", null),
        event("message", " third event", "", null));
    assertEvents(
        "data\n\ndata\ndata\n\ndata:",
        event("message", "", "", null),
        event("message", "\n", "", null));
  }

  @Test
  void allEndsOfLinesAndAMark() throws MalformedException {
    assertEvents(
        "\uFEFFevent: a\r\ndata: 1\r\n\r\nevent: b\rdata: é\r\rdata: 3\n\n",
        event("a", "1", "", null),
        event("b", "é", "", null),
        event("message", "3", "", null));
  }

  @Test
  void idsAndTimes() throws MalformedException {
    assertEvents(
        "id: 7\nretry: 1500\ndata: a\n\nid: x\0y\nretry: soon\ndata: b\n\nid: 8\n\n",
        event("message", "a", "7", 1500),
        event("message", "b", "7", null));
    var parser = new SseParser(100);
    parse(parser, Bytes.ofAscii("id: 7\nretry: 20\n\ndata: cut of"));
    parser.reset();
    assertEquals("7", parser.lastId());
    assertEquals(Duration.ofMillis(20), parser.retry());
    assertEquals(
        List.of(event("message", "b", "7", null)), parse(parser, Bytes.ofAscii("data: b\n\n")));
  }

  @Test
  void limits() {
    assertThrows(
        MalformedException.class, () -> parse(new SseParser(10), Bytes.ofAscii("x".repeat(11))));
    assertThrows(
        MalformedException.class,
        () -> parse(new SseParser(20), Bytes.ofAscii("data: 12345678\n".repeat(3))));
  }

  @Test
  void whatIsFormattedIsUnderstood() throws MalformedException {
    var event =
        SseEvent.of("one\ntwo\r\nthree\r")
            .withType("t")
            .withId("9")
            .withRetry(Duration.ofSeconds(2));
    assertEquals(
        "event: t\nid: 9\nretry: 2000\ndata: one\ndata: two\ndata: three\ndata: \n\n",
        event.format());
    assertEvents(event.format() + SseEvent.comment(), event("t", "one\ntwo\nthree\n", "9", 2000));
    assertThrows(IllegalArgumentException.class, () -> SseEvent.of("a").withType("b\nc"));
    assertThrows(IllegalArgumentException.class, () -> SseEvent.of("a").withId("b\r"));
  }
}
