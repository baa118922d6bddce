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
import java.util.ArrayList;
import java.util.List;
import tulip.bytes.Bytes;
import tulip.core.LoopOptions.Engine;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.testing.TulipTest;
import tulip.websocket.protocol.PreparedMessage;

/// Messages between two ends in memory.
@TulipTest(engine = {Engine.CARRIER, Engine.BATON})
class WebSocketTest {
  @TulipTest
  void messagesGoBothWays() throws IOException {
    try (var ends = Ends.open()) {
      ends.client.send("hé");
      ends.client.send(Bytes.ofHex("00ff"));
      ends.client.send(Message.of(""));
      ends.server.send(Message.of(Bytes.EMPTY));
      assertEquals(Message.of("hé"), ends.server.receive());
      assertEquals(Message.of(Bytes.ofHex("00ff")), ends.server.receive());
      assertEquals(Message.of(""), ends.server.receive());
      assertEquals(Message.of(Bytes.EMPTY), ends.client.receive());
    }
  }

  @TulipTest
  void largeMessagesArriveWhole(TaskGroup group) throws IOException {
    for (var options : List.of(Ends.QUIET, Ends.QUIET.withDeflate(null))) {
      try (var ends = Ends.open(options)) {
        var large = "0123456789 ".repeat(90_000);
        var sending = group.start(() -> ends.client.send(large));
        assertEquals(Message.of(large), ends.server.receive());
        sending.await();
      }
    }
  }

  @TulipTest
  void iterationEndsWhenThePeerCloses(TaskGroup group) throws IOException {
    try (var ends = Ends.open()) {
      var seen = new ArrayList<Message>();
      var reading =
          group.start(() -> {
            for (var message : ends.server) {
              seen.add(message);
            }
            ends.server.close();
          });
      ends.client.send("a");
      ends.client.send("b");
      ends.client.close();
      reading.await();
      assertEquals(List.of(Message.of("a"), Message.of("b")), seen);
    }
  }

  @TulipTest
  void whoWantsTextRefusesBytes() throws IOException {
    try (var ends = Ends.open()) {
      ends.client.send("text");
      ends.client.send(Bytes.ofHex("00"));
      assertEquals("text", ends.server.receiveText());
      var refusal = assertThrows(WebSocketClosedException.class, () -> ends.server.receiveText());
      assertEquals(1003, refusal.status().code());
      var heard = assertThrows(WebSocketClosedException.class, () -> ends.client.receive());
      assertEquals(1003, heard.status().code());
    }
  }

  @TulipTest
  void whoWantsBytesRefusesText() throws IOException {
    try (var ends = Ends.open()) {
      ends.client.send(Bytes.ofHex("00"));
      ends.client.send("text");
      assertEquals(Bytes.ofHex("00"), ends.server.receiveBytes());
      assertThrows(WebSocketClosedException.class, () -> ends.server.receiveBytes());
      assertFalse(ends.server.isOpen());
    }
  }

  @TulipTest
  void aMessageInPiecesBothWays(TaskGroup group) throws IOException {
    try (var ends = Ends.open()) {
      var sending =
          group.start(() -> {
            ends.client.send(sink -> {
              for (int i = 0; i < 1000; i++) {
                sink.write(Bytes.wrap(new byte[1000]));
              }
            });
            ends.client.send("after");
          });
      var message = ends.server.receivePieces();
      assertNotNull(message);
      assertFalse(message.isText());
      long size = 0;
      for (var piece = message.read(); piece != null; piece = message.read()) {
        size += piece.length();
      }
      assertEquals(1_000_000, size);
      assertNull(message.read());
      assertEquals(Message.of("after"), ends.server.receive());
      sending.await();
    }
  }

  @TulipTest
  void whatIsNotReadOfAMessageIsPassedOver(TaskGroup group) throws IOException {
    try (var ends = Ends.open()) {
      var sending =
          group.start(() -> {
            ends.client.send(sink -> {
              sink.write("one ");
              Tulip.yield();
              sink.write("two");
            });
            ends.client.send(sink -> sink.write("three"));
            ends.client.send("four");
          });
      var first = ends.server.receivePieces();
      assertNotNull(first);
      assertEquals(Bytes.ofAscii("one "), first.read());
      var second = ends.server.receivePieces();
      assertNotNull(second);
      assertTrue(second.isText());
      assertEquals("three", second.readAll().utf8());
      assertEquals("four", ends.server.receiveText());
      sending.await();
    }
  }

  @TulipTest
  void anEmptySinkIsAnEmptyMessage() throws IOException {
    try (var ends = Ends.open()) {
      ends.client.send(_ -> {});
      assertEquals(Message.of(Bytes.EMPTY), ends.server.receive());
    }
  }

  @TulipTest
  void aSinkTakesTextOrBytesAndNothingLater() throws IOException {
    try (var ends = Ends.open()) {
      MessageSink[] kept = new MessageSink[1];
      ends.client.send(sink -> kept[0] = sink);
      assertThrows(IllegalStateException.class, () -> kept[0].write("late"));
      assertThrows(
          IllegalStateException.class,
          () ->
              ends.client.send(sink -> {
                sink.write("text");
                sink.write(Bytes.EMPTY);
              }));
      assertEquals(Message.of(Bytes.EMPTY), ends.server.receive());
      var end = assertThrows(WebSocketClosedException.class, () -> ends.server.receive());
      assertEquals(1011, end.status().code());
    }
  }

  @TulipTest
  void messagesOfOthersWaitForTheEndOfOneInPieces(TaskGroup group) throws IOException {
    try (var ends = Ends.open()) {
      var first =
          group.start(() ->
              ends.client.send(sink -> {
                sink.write("a");
                Tulip.yield();
                Tulip.yield();
                sink.write("b");
              }));
      Tulip.yield();
      ends.client.send("c");
      first.await();
      assertEquals("ab", ends.server.receiveText());
      assertEquals("c", ends.server.receiveText());
    }
  }

  @TulipTest
  void oneTaskReceives(TaskGroup group) throws IOException {
    try (var ends = Ends.open()) {
      var first = group.start(() -> ends.server.receive());
      Tulip.yield();
      assertThrows(IllegalStateException.class, () -> ends.server.receive());
      ends.client.send("x");
      assertEquals(Message.of("x"), first.await());
    }
  }

  @TulipTest
  void pingsAreAnsweredWhileSomebodyReceives(TaskGroup group) throws Exception {
    try (var raw = Ends.Raw.open(Ends.QUIET)) {
      var receiving = group.start(() -> raw.server().receiveText());
      raw.send(PING, "are you there?");
      assertTrue(raw.gets(PONG, "are you there?"));
      raw.send(PONG, "nobody asked");
      raw.send(TEXT, "x");
      assertEquals("x", receiving.await());
    }
  }

  @TulipTest
  void aPingIsAnsweredBesideAReceiver(TaskGroup group) throws IOException {
    try (var ends = Ends.open()) {
      var client = group.start(() -> ends.client.receive());
      var server = group.start(() -> ends.server.receive());
      Tulip.yield();
      assertNull(ends.client.latency());
      var latency = ends.client.ping();
      assertEquals(latency, ends.client.latency());
      assertFalse(latency.isNegative());
      ends.server.send("to the client");
      ends.client.send("to the server");
      assertEquals(Message.of("to the client"), client.await());
      assertEquals(Message.of("to the server"), server.await());
    }
  }

  @TulipTest
  void aPingReadsAheadForTheReceiver(TaskGroup group) throws IOException {
    try (var ends = Ends.open()) {
      var server = group.start(() -> ends.server.receiveText());
      ends.server.send("one");
      ends.server.send("two");
      ends.client.ping();
      assertEquals("one", ends.client.receiveText());
      assertEquals("two", ends.client.receiveText());
      ends.client.send("end");
      assertEquals("end", server.await());
    }
  }

  @TulipTest
  void aPreparedMessageReachesBothKinds() throws IOException {
    try (var ends = Ends.open()) {
      var message = PreparedMessage.text("to all of you ".repeat(20));
      ends.server.send(message);
      ends.client.send(message);
      assertTrue(ends.server.trySend(message));
      assertEquals(ends.server.receive(), ends.client.receive());
      assertEquals(Message.of("to all of you ".repeat(20)), ends.client.receive());
    }
  }
}
