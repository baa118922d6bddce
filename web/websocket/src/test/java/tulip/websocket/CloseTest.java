// SPDX-License-Identifier: Apache-2.0
package tulip.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tulip.websocket.protocol.Frames.CLOSE;
import static tulip.websocket.protocol.Frames.TEXT;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import tulip.bytes.Bytes;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.testing.TulipTest;
import tulip.websocket.protocol.CloseStatus;
import tulip.websocket.protocol.Frames;

/// How connections end.
@TulipTest
class CloseTest {
  private static final CloseStatus KICKED = new CloseStatus(4000, "kicked");

  @TulipTest
  void oneClosesAndTheOtherReadsNull(TaskGroup group) throws IOException {
    try (var ends = Ends.open()) {
      var closing = group.start(() -> ends.client.close());
      assertTrue(ends.server.isOpen());
      assertNull(ends.server.receive());
      assertNull(ends.server.receive());
      assertFalse(ends.server.isOpen());
      assertEquals(CloseStatus.NORMAL, ends.server.closeStatus());
      closing.await();
      assertEquals(CloseStatus.NORMAL, ends.client.closeStatus());
    }
  }

  @TulipTest
  void bothCloseAtOnce(TaskGroup group) {
    try (var ends = Ends.open()) {
      var closing = group.start(() -> ends.client.close(CloseStatus.GOING_AWAY));
      ends.server.close(KICKED);
      closing.await();
      assertEquals(KICKED, ends.client.closeStatus());
      assertEquals(CloseStatus.GOING_AWAY, ends.server.closeStatus());
    }
  }

  @TulipTest
  void anotherCodeIsThrownAtReaders(TaskGroup group) throws IOException {
    try (var ends = Ends.open()) {
      ends.server.send("first");
      var closing = group.start(() -> ends.server.close(KICKED));
      Tulip.yield();
      assertEquals("first", ends.client.receiveText());
      var end = assertThrows(WebSocketClosedException.class, () -> ends.client.receive());
      assertEquals(KICKED, end.status());
      assertTrue(String.valueOf(end.getMessage()).contains("4000 kicked"), end.getMessage());
      var thrown = assertThrows(UncheckedIOException.class, () -> ends.client.forEach(_ -> {}));
      assertInstanceOf(WebSocketClosedException.class, thrown.getCause());
      closing.await();
    }
  }

  @TulipTest
  void whoClosesWithACodeReadsAnOrderlyEnd(TaskGroup group) throws IOException {
    try (var ends = Ends.open()) {
      var receiving = group.start(() -> ends.server.receive());
      var other = group.start(() -> assertThrows(IOException.class, () -> ends.client.receive()));
      Tulip.yield();
      ends.server.close(KICKED);
      assertNull(receiving.await());
      other.await();
    }
  }

  @TulipTest
  void nothingIsSentAfterTheEnd(TaskGroup group) throws IOException {
    try (var ends = Ends.open()) {
      var closing = group.start(() -> ends.client.close());
      assertNull(ends.server.receive());
      var end = assertThrows(WebSocketClosedException.class, () -> ends.server.send("late"));
      assertEquals(CloseStatus.NORMAL, end.status());
      assertThrows(WebSocketClosedException.class, () -> ends.server.ping());
      closing.await();
      assertThrows(WebSocketClosedException.class, () -> ends.client.send(sink -> sink.write("")));
    }
  }

  @TulipTest
  void messagesThatCameBeforeTheEndCanStillBeRead(TaskGroup group) throws IOException {
    try (var ends = Ends.open()) {
      ends.client.send("one");
      ends.client.send("two");
      var closing = group.start(() -> ends.client.close());
      ends.server.close();
      closing.await();
      assertEquals("one", ends.server.receiveText());
      assertEquals("two", ends.server.receiveText());
      assertNull(ends.server.receive());
    }
  }

  @TulipTest
  void whoWaitsForTheEndDropsWhatComes(TaskGroup group) throws IOException {
    try (var ends = Ends.open()) {
      var talking =
          group.start(() -> {
            for (int i = 0; i < 500; i++) {
              ends.client.send(Bytes.wrap(new byte[10_000]));
            }
            ends.client.close();
          });
      ends.server.awaitClosed();
      assertEquals(CloseStatus.NORMAL, ends.server.closeStatus());
      talking.await();
    }
  }

  @TulipTest
  void aPeerThatHangsUpIsNoOrderlyEnd() {
    try (var raw = Ends.Raw.open(Ends.QUIET)) {
      raw.client().abort();
      var end = assertThrows(WebSocketClosedException.class, () -> raw.server().receive());
      assertEquals(CloseStatus.ABNORMAL, end.status());
      assertEquals(CloseStatus.ABNORMAL, raw.server().closeStatus());
      assertThrows(WebSocketClosedException.class, () -> raw.server().send("late"));
      raw.server().close();
    }
  }

  @TulipTest
  void aMessageThatIsCutByTheEndIsNone() throws Exception {
    try (var raw = Ends.Raw.open(Ends.QUIET)) {
      raw.send(0x01, "half of ");
      raw.client().write(Frames.masked(CLOSE, Frames.status(1000, "")));
      assertThrows(WebSocketClosedException.class, () -> raw.server().receive());
    }
  }

  @TulipTest
  void theServerHangsUpFirst(TaskGroup group) throws Exception {
    try (var raw = Ends.Raw.open(Ends.QUIET)) {
      raw.send(CLOSE, "");
      assertNull(raw.server().receive());
      assertTrue(raw.gets(CLOSE, ""));
      assertNull(raw.client().read()); // though nobody has closed the socket yet
      raw.server().close();
      assertEquals(CloseStatus.NONE, raw.server().closeStatus());
    }
  }

  @TulipTest
  void aPeerThatDoesNotAnswerIsBrokenOff() throws Exception {
    try (var raw = Ends.Raw.open(Ends.QUIET)) {
      long start = Ends.seconds();
      raw.server().close(KICKED);
      assertEquals(10, Ends.seconds() - start);
      assertEquals(CloseStatus.ABNORMAL, raw.server().closeStatus());
      assertTrue(raw.getsClose(4000, "kicked"));
    }
  }

  @TulipTest
  void aPeerThatOnlySendsOnIsBrokenOff(TaskGroup group) throws Exception {
    try (var raw = Ends.Raw.open(Ends.QUIET)) {
      var flood =
          group.start(() ->
              assertThrows(
                  IOException.class,
                  () -> {
                    while (true) {
                      raw.client().write(Frames.masked(TEXT, "x".repeat(1000)));
                      Tulip.sleep(Duration.ofMillis(10));
                    }
                  }));
      long start = Ends.seconds();
      raw.server().close();
      assertEquals(10, Ends.seconds() - start);
      flood.await();
    }
  }

  @TulipTest
  void beginCloseDoesNotWait(TaskGroup group) throws IOException {
    try (var ends = Ends.open()) {
      var receiving = group.start(() -> ends.server.receive());
      Tulip.yield();
      ends.server.beginClose(KICKED);
      assertFalse(receiving.isDone());
      assertThrows(WebSocketClosedException.class, () -> ends.client.receive());
      ends.client.close();
      assertNull(receiving.await());
    }
  }

  @TulipTest
  void whoBreaksTheProtocolIsToldAndHeardOutForAWhile() throws Exception {
    try (var raw = Ends.Raw.open(Ends.QUIET)) {
      raw.client().write(Frames.plain(TEXT, "no mask"));
      var end = assertThrows(WebSocketClosedException.class, () -> raw.server().receive());
      assertEquals(1002, end.status().code());
      assertTrue(raw.getsClose(1002, "a client's frame without a mask"));
      raw.client().write("and so on");
      long start = Ends.seconds();
      raw.server().close();
      assertEquals(1, Ends.seconds() - start);
      assertEquals(end.status(), raw.server().closeStatus());
    }
  }

  @TulipTest
  void aCloseFrameWaitsForAMessageThatIsBeingSent(TaskGroup group) throws Exception {
    try (var raw = Ends.Raw.open(Ends.QUIET.withDeflate(null))) {
      var large = "x".repeat(500_000);
      var sending = group.start(() -> raw.server().send(large));
      Tulip.yield();
      assertFalse(sending.isDone());
      var closing = group.start(() -> raw.server().close());
      assertTrue(raw.gets(TEXT, large));
      assertTrue(raw.getsClose(1000, ""));
      raw.client().write(Frames.masked(CLOSE, Frames.status(1000, "")));
      sending.await();
      closing.await();
    }
  }
}
