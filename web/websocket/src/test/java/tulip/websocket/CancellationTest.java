// SPDX-License-Identifier: Apache-2.0
package tulip.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tulip.websocket.protocol.Frames.PING;
import static tulip.websocket.protocol.Frames.PONG;
import static tulip.websocket.protocol.Frames.TEXT;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import tulip.core.LoopOptions.Engine;
import tulip.core.Scope;
import tulip.core.Task;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.net.StreamLimits;
import tulip.testing.TulipTest;
import tulip.websocket.protocol.CloseStatus;
import tulip.websocket.protocol.Frames;
import tulip.websocket.protocol.PreparedMessage;

/// A task is cancelled at each wait: nothing is lost, nothing is left half done.
@TulipTest(engine = {Engine.CARRIER, Engine.BATON})
class CancellationTest {
  private static final StreamLimits SMALL = StreamLimits.DEFAULT.withOutput(2000);

  private static void cancel(Task<?> task) {
    task.cancel();
    assertThrows(CancellationException.class, task::await);
  }

  @TulipTest
  void aReceiveThatHasNothing(TaskGroup group) throws IOException {
    try (var ends = Ends.open()) {
      var receiving = group.start(() -> ends.server.receive());
      Tulip.yield();
      cancel(receiving);
      ends.client.send("x");
      assertEquals("x", ends.server.receiveText());
    }
  }

  @TulipTest
  void aReceiveAtEachByteOfAMessage(TaskGroup group) throws Exception {
    for (var options : List.of(Ends.QUIET, Ends.QUIET.withDeflate(null))) {
      try (var raw = Ends.Raw.open(options)) {
        byte[] wire = Frames.join(Frames.masked(0x01, "hello, "), Frames.masked(0x80, "wörld"));
        for (byte each : wire) {
          raw.client().write(new byte[] {each});
          var receiving = group.start(() -> raw.server().receive());
          Tulip.yield();
          Tulip.yield();
          if (receiving.isDone()) {
            assertEquals(Message.of("hello, wörld"), receiving.await());
          } else {
            cancel(receiving);
          }
        }
        raw.send(TEXT, "next");
        assertEquals("next", raw.server().receiveText());
      }
    }
  }

  @TulipTest
  void aReceiveInTheMiddleIsGoneOnWithPieceByPiece(TaskGroup group) throws Exception {
    try (var raw = Ends.Raw.open(Ends.QUIET)) {
      raw.send(0x01, "one ");
      raw.send(0x00, "two ");
      var receiving = group.start(() -> raw.server().receive());
      Tulip.yield();
      Tulip.yield();
      cancel(receiving);
      var message = raw.server().receivePieces();
      assertNotNull(message);
      assertEquals("one two ", utf8(message));
      var rest = group.start(() -> message.readAll());
      Tulip.yield();
      cancel(rest);
      raw.send(0x80, "three");
      assertEquals("three", message.readAll().utf8());
    }
  }

  private static String utf8(MessageReader message) throws IOException {
    var piece = message.read();
    return piece == null ? "" : piece.utf8();
  }

  @TulipTest
  void anotherTaskReadsOnInPlaceOfAReader(TaskGroup group) throws Exception {
    try (var raw = Ends.Raw.open(Ends.QUIET)) {
      var reading = group.start(() -> raw.server().receive());
      Tulip.yield();
      var pinging = group.start(() -> raw.server().ping());
      assertTrue(raw.gets(PING, "1"));
      cancel(reading);
      var receiving = group.start(() -> raw.server().receiveText());
      Tulip.yield();
      raw.send(PONG, "1");
      raw.send(TEXT, "x");
      assertFalse(pinging.await().isNegative());
      assertEquals("x", receiving.await());
    }
  }

  @TulipTest
  void aPingThatIsCancelledIsForgotten(TaskGroup group) throws Exception {
    try (var raw = Ends.Raw.open(Ends.QUIET)) {
      var pinging = group.start(() -> raw.server().ping());
      assertTrue(raw.gets(PING, "1"));
      cancel(pinging);
      raw.send(PONG, "1");
      var next = group.start(() -> raw.server().ping());
      assertTrue(raw.gets(PING, "2"));
      Tulip.yield();
      assertFalse(next.isDone());
      raw.send(PONG, "2");
      next.await();
    }
  }

  /// Whatever happens to single messages, the others arrive whole and in order, compressed too.
  @TulipTest
  void sendsThatWait(TaskGroup group) throws Exception {
    for (var options : List.of(Ends.QUIET, Ends.QUIET.withDeflate(null))) {
      try (var ends = Ends.open(options, SMALL)) {
        var sending = new ArrayList<Task<?>>();
        for (int i = 0; i < 30; i++) {
          var text = text(i);
          sending.add(group.start(() -> ends.client.send(text)));
        }
        Tulip.yield();
        for (int i = 0; i < 30; i += 3) {
          sending.get(i).cancel();
        }
        var seen = new ArrayList<String>();
        var receiving =
            group.start(() -> {
              for (var message : ends.server) {
                seen.add(((Message.Text) message).text());
              }
            });
        for (var task : sending) {
          task.awaitDone();
        }
        ends.client.send("end");
        ends.client.close();
        receiving.await();
        var left = new ArrayList<>(seen);
        for (int i = 0; i < 30; i++) {
          boolean arrived = left.remove(text(i));
          assertTrue(arrived || sending.get(i).isCancelled(), "message " + i);
        }
        assertEquals(List.of("end"), left);
      }
    }
  }

  private static String text(int i) {
    return i + " lorem ipsum dolor sit amet".repeat(40 + i) + Integer.toString(i * 7919, 3);
  }

  @TulipTest
  void aMessageInPiecesThatIsCutClosesTheConnection(TaskGroup group) throws Exception {
    try (var ends = Ends.open()) {
      var sending =
          group.start(() ->
              ends.client.send(sink -> {
                sink.write("half of ");
                Tulip.sleepForever();
              }));
      Tulip.yield();
      cancel(sending);
      var end = assertThrows(WebSocketClosedException.class, () -> ends.server.receive());
      assertEquals(1011, end.status().code());
      assertThrows(WebSocketClosedException.class, () -> ends.client.send("more"));
    }
  }

  @TulipTest
  void aMessageInPiecesThatHasNotBegunIsNone(TaskGroup group) throws Exception {
    try (var ends = Ends.open()) {
      var sending = group.start(() -> ends.client.send(_ -> Tulip.sleepForever()));
      Tulip.yield();
      cancel(sending);
      ends.client.send("another");
      assertEquals("another", ends.server.receiveText());
    }
  }

  @TulipTest
  void aCloseThatIsCancelledBreaksOff(TaskGroup group) throws IOException {
    try (var ends = Ends.open()) {
      var closing = group.start(() -> ends.client.close());
      Tulip.yield();
      cancel(closing);
      assertFalse(ends.client.isOpen());
      assertThrows(WebSocketClosedException.class, () -> ends.client.receive());
      assertNull(ends.server.receive()); // its close frame had left
    }
  }

  @TulipTest
  void whoWaitsForTheEndLeavesMessagesToOthers(TaskGroup group) throws IOException {
    try (var ends = Ends.open()) {
      var waiting = group.start(() -> ends.server.awaitClosed());
      Tulip.yield();
      cancel(waiting);
      ends.client.send("x");
      assertEquals("x", ends.server.receiveText());
    }
  }

  @TulipTest
  void aDeadlineAroundAReceive() throws IOException {
    try (var ends = Ends.open()) {
      assertFalse(Tulip.moveOnAfter(Duration.ofSeconds(3), () -> ends.server.receive()));
      ends.client.send("x");
      assertEquals("x", ends.server.receiveText());
    }
  }

  @TulipTest
  void aServerThatEndsClosesWhoWaitsForMessages(TaskGroup group) throws IOException {
    try (var ends = Ends.open()) {
      var scope = new Scope();
      var serving =
          group.start(() ->
              scope.run(() -> {
                assertNull(ends.server.receive());
                Tulip.sleep(Duration.ofSeconds(1)); // not cancelled
                ends.server.close();
              }));
      Tulip.yield();
      scope.cancelGracefully(Duration.ofMinutes(1));
      assertNull(ends.client.receive());
      assertEquals(CloseStatus.GOING_AWAY, ends.client.closeStatus());
      serving.await();
      assertFalse(scope.wasCancelled());
    }
  }

  @TulipTest
  void aServerThatEndsLetsThePeerFinish(TaskGroup group) throws IOException {
    try (var ends = Ends.open()) {
      var scope = new Scope();
      var seen = new ArrayList<Message>();
      var serving = group.start(() -> scope.run(() -> ends.server.forEach(seen::add)));
      Tulip.yield();
      ends.client.send(PreparedMessage.text("on its way"));
      scope.cancelGracefully(Duration.ofMinutes(1));
      assertNull(ends.client.receive());
      serving.await();
      assertEquals(List.of(Message.of("on its way")), seen);
    }
  }

  @TulipTest
  void aServerThatEndsClosesWhoAlwaysHasSomethingToRead(TaskGroup group) throws Exception {
    try (var raw = Ends.Raw.open(Ends.QUIET)) {
      var scope = new Scope();
      int[] seen = {0};
      var serving = group.start(() -> scope.run(() -> raw.server().forEach(_ -> seen[0]++)));
      var flood =
          group.start(() -> {
            for (int i = 0; !scope.isCancelled() && i < 100_000; i++) {
              raw.send(TEXT, "x");
              if (seen[0] >= 500) {
                scope.cancelGracefully(Duration.ofHours(1));
                return;
              }
            }
          });
      flood.await();
      assertTrue(raw.getsClose(1001, ""));
      raw.client().write(Frames.masked(Frames.CLOSE, Frames.status(1001, "")));
      serving.await();
    }
  }
}
