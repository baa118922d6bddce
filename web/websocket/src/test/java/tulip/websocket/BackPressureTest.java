// SPDX-License-Identifier: Apache-2.0
package tulip.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tulip.websocket.protocol.Frames.BINARY;
import static tulip.websocket.protocol.Frames.PING;
import static tulip.websocket.protocol.Frames.TEXT;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tulip.bytes.Bytes;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.testing.TulipTest;
import tulip.websocket.protocol.CloseStatus;
import tulip.websocket.protocol.Frames;
import tulip.websocket.protocol.PreparedMessage;

/// Slow ends: nobody keeps more than the limits say, and nobody waits for somebody else's peer.
@TulipTest
class BackPressureTest {
  private static final WebSocketOptions PLAIN = Ends.QUIET.withDeflate(null);

  @TulipTest
  void aSenderWaitsForItsReceiver(TaskGroup group) throws Exception {
    try (var ends = Ends.open(PLAIN)) {
      int[] sent = {0};
      var sending =
          group.start(() -> {
            for (; sent[0] < 1000; sent[0]++) {
              ends.client.send(Bytes.wrap(new byte[1000]));
            }
          });
      Tulip.sleep(Duration.ofSeconds(1));
      assertTrue(sent[0] < 300, sent[0] + " messages of 1000 bytes");
      for (int i = 0; i < 1000; i++) {
        assertNotNull(ends.server.receive());
      }
      sending.await();
    }
  }

  @TulipTest
  void whoWaitsForAPongReadsNoFurtherAheadThanTheLimit(TaskGroup group) throws Exception {
    try (var ends = Ends.open(PLAIN)) {
      int[] sent = {0};
      var sending =
          group.start(() -> {
            for (; sent[0] < 1000; sent[0]++) {
              ends.client.send(Bytes.wrap(new byte[1000]));
            }
          });
      var pinging = group.start(() -> ends.server.ping());
      Tulip.sleep(Duration.ofSeconds(1));
      assertTrue(sent[0] < 400, sent[0] + " messages of 1000 bytes");
      assertFalse(pinging.isDone());
      for (int i = 0; i < 1000; i++) {
        assertNotNull(ends.server.receive());
      }
      sending.await();
      var answering = group.start(() -> ends.client.receive());
      pinging.await();
      ends.server.send("end");
      answering.await();
    }
  }

  @TulipTest
  void aReaderIsNotHeldUpByAPeerThatTakesNothing(TaskGroup group) throws Exception {
    try (var raw = Ends.Raw.open(PLAIN)) {
      var large = "x".repeat(300_000);
      var sending = group.start(() -> raw.server().send(large));
      Tulip.yield();
      for (int i = 0; i < 1000; i++) {
        raw.send(PING, "ping " + i);
        raw.send(TEXT, "message " + i);
        assertEquals("message " + i, raw.server().receiveText());
      }
      assertFalse(sending.isDone());
      assertTrue(raw.gets(TEXT, large));
      var pongs = new ArrayList<String>();
      do {
        int size = raw.client().readExactly(2).byteAt(1);
        pongs.add(raw.client().readExactly(size).utf8());
      } while (!pongs.getLast().equals("ping 999"));
      assertTrue(pongs.size() <= 2, pongs.size() + " pongs");
      sending.await();
    }
  }

  @TulipTest
  void whoHasMuchToReadLetsOthersRun(TaskGroup group) throws Exception {
    try (var raw = Ends.Raw.open(PLAIN)) {
      for (int i = 0; i < 500; i++) {
        raw.send(TEXT, "x");
      }
      int[] turns = {0};
      var other =
          group.start(() -> {
            while (true) {
              Tulip.yield();
              turns[0]++;
            }
          });
      for (int i = 0; i < 500; i++) {
        assertEquals("x", raw.server().receiveText());
      }
      assertTrue(turns[0] >= 7, turns[0] + " turns");
      other.cancel();
    }
  }

  @TulipTest
  void trySendNeverWaits(TaskGroup group) throws Exception {
    try (var raw = Ends.Raw.open(PLAIN)) {
      var message = PreparedMessage.binary(Bytes.wrap(new byte[1000]));
      int sent = 0;
      while (raw.server().trySend(message)) {
        sent++;
      }
      assertTrue(sent >= 60 && sent < 140, sent + " messages");
      for (int i = 0; i < sent; i++) {
        assertEquals(
            Bytes.wrap(Frames.plain(BINARY, new byte[1000])), raw.client().readExactly(1004));
      }
      Tulip.yield();
      assertTrue(raw.server().trySend(message));
    }
  }

  @TulipTest
  void trySendGoesBetweenNoFragments(TaskGroup group) throws Exception {
    try (var ends = Ends.open(PLAIN)) {
      var sending =
          group.start(() ->
              ends.server.send(sink -> {
                sink.write("a");
                Tulip.sleep(Duration.ofSeconds(1));
                sink.write("b");
              }));
      Tulip.yield();
      assertFalse(ends.server.trySend(PreparedMessage.text("c")));
      assertEquals("ab", ends.client.receiveText());
      sending.await();
      assertTrue(ends.server.trySend(PreparedMessage.text("c")));
    }
  }

  @TulipTest
  void aLargePreparedMessageIsSentToWhoHasTakenAllBefore() throws Exception {
    try (var raw = Ends.Raw.open(PLAIN)) {
      var message = PreparedMessage.binary(Bytes.wrap(new byte[500_000]));
      assertTrue(raw.server().trySend(message));
      assertFalse(raw.server().trySend(message));
    }
  }

  @TulipTest
  void aBroadcastSkipsTheSlow(TaskGroup group) throws Exception {
    try (var quick = Ends.open();
        var slow = Ends.open(PLAIN);
        var gone = Ends.open()) {
      gone.server.abort();
      var seen = new ArrayList<Message>();
      var receiving = group.start(() -> quick.client.forEach(seen::add));
      var sockets = List.of(slow.server, gone.server, quick.server);
      int reached = 0;
      for (int i = 0; i < 300; i++) {
        var message = PreparedMessage.text(i + " news".repeat(200));
        reached += Broadcast.send(message, sockets, Broadcast.SlowPeers.SKIP);
        Tulip.yield();
        Tulip.yield();
      }
      assertTrue(slow.server.isOpen());
      var answering = group.start(() -> quick.server.receive());
      quick.client.close();
      answering.await();
      receiving.await();
      assertEquals(300, seen.size());
      assertTrue(reached > 300 && reached < 500, reached + " sent");
    }
  }

  @TulipTest
  void aBroadcastMayCloseTheSlow(TaskGroup group) throws Exception {
    try (var raw = Ends.Raw.open(PLAIN)) {
      var message = PreparedMessage.text("news".repeat(250));
      int sent = 0;
      while (Broadcast.send(message, List.of(raw.server()), Broadcast.SlowPeers.CLOSE) == 1) {
        sent++;
      }
      assertFalse(raw.server().isOpen());
      for (int i = 0; i < sent; i++) {
        assertTrue(raw.gets(TEXT, "news".repeat(250)));
      }
      assertTrue(raw.getsClose(1008, "too slow"));
      raw.client().write(Frames.masked(Frames.CLOSE, Frames.status(1008, "")));
      assertNull(raw.server().receive());
      assertEquals(CloseStatus.of(1008), raw.server().closeStatus());
      assertThrows(WebSocketClosedException.class, () -> raw.server().send("more"));
    }
  }

  @TulipTest
  void aSlowPeerThatIsClosedHasTenSecondsForIt() throws Exception {
    try (var raw = Ends.Raw.open(PLAIN)) {
      var message = PreparedMessage.text("news".repeat(250));
      while (Broadcast.send(message, List.of(raw.server()), Broadcast.SlowPeers.CLOSE) == 1) {
        Tulip.yield();
      }
      long start = Ends.seconds();
      assertThrows(WebSocketClosedException.class, () -> raw.server().receive());
      assertEquals(10, Ends.seconds() - start);
    }
  }
}
