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

import java.time.Duration;
import tulip.bytes.Bytes;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.net.StreamLimits;
import tulip.testing.TulipTest;
import tulip.websocket.protocol.CloseStatus;

/// Who lives, and who is taken for dead: asked after 20 s, given up after 20 s more.
@TulipTest
class HeartbeatTest {
  private static final WebSocketOptions OPTIONS = WebSocketOptions.SERVER.withDeflate(null);

  @TulipTest
  void aSilentPeerIsBrokenOff() throws Exception {
    try (var raw = Ends.Raw.open(OPTIONS)) {
      long start = Ends.seconds();
      var end = assertThrows(WebSocketClosedException.class, () -> raw.server().receive());
      assertEquals(CloseStatus.ABNORMAL, end.status());
      assertTrue(String.valueOf(end.getMessage()).contains("no sign of life"), end.getMessage());
      assertEquals(40, Ends.seconds() - start);
    }
  }

  @TulipTest
  void itIsNoticedWhileNobodyReceives() throws Exception {
    try (var raw = Ends.Raw.open(OPTIONS)) {
      Tulip.sleep(Duration.ofSeconds(39));
      assertTrue(raw.server().isOpen());
      Tulip.sleep(Duration.ofSeconds(2));
      assertFalse(raw.server().isOpen());
      assertThrows(WebSocketClosedException.class, () -> raw.server().send("late"));
    }
  }

  @TulipTest
  void whoAnswersLives(TaskGroup group) throws Exception {
    try (var ends = Ends.open(OPTIONS)) {
      var client = group.start(() -> ends.client.receive());
      var server = group.start(() -> ends.server.receive());
      assertNull(ends.server.latency());
      Tulip.sleep(Duration.ofHours(1));
      assertNotNull(ends.server.latency());
      assertNotNull(ends.client.latency());
      ends.client.send("still here");
      ends.server.send("so am I");
      assertEquals(Message.of("still here"), server.await());
      assertEquals(Message.of("so am I"), client.await());
    }
  }

  @TulipTest
  void heartbeatsAloneKeepBothEndsAlive() throws Exception {
    try (var ends = Ends.open(OPTIONS)) {
      Tulip.sleep(Duration.ofHours(1)); // nobody receives
      ends.client.send("still here");
      assertEquals(Message.of("still here"), ends.server.receive());
    }
  }

  @TulipTest
  void latencyIsMeasured(TaskGroup group) throws Exception {
    try (var raw = Ends.Raw.open(OPTIONS)) {
      var receiving = group.start(() -> raw.server().receive());
      assertTrue(raw.gets(PING, "1"));
      Tulip.sleep(Duration.ofMillis(70));
      raw.send(PONG, "1");
      Tulip.sleep(Duration.ofSeconds(1));
      assertEquals(Duration.ofMillis(70), raw.server().latency());
      assertTrue(raw.gets(PING, "2"));
      raw.send(PONG, "99"); // to none of our pings
      raw.send(PONG, "something else");
      Tulip.sleep(Duration.ofMillis(30));
      raw.send(PONG, "2");
      raw.send(TEXT, "end");
      receiving.await();
      assertEquals(Duration.ofMillis(30), raw.server().latency());
    }
  }

  @TulipTest
  void whoeverSendsAnythingLives(TaskGroup group) throws Exception {
    try (var raw = Ends.Raw.open(OPTIONS)) {
      var receiving = group.start(() -> raw.server().receiveText());
      raw.client().write(new byte[] {(byte) TEXT, (byte) (0x80 | 60), 0, 0, 0, 0});
      for (int i = 0; i < 60; i++) { // no pong, but a byte now and then
        Tulip.sleep(Duration.ofSeconds(15));
        raw.client().write(new byte[] {'x'});
      }
      assertEquals("x".repeat(60), receiving.await());
    }
  }

  @TulipTest
  void whoeverTakesAnythingLives(TaskGroup group) throws Exception {
    var limits = StreamLimits.DEFAULT.withOutput(1000);
    try (var raw = Ends.Raw.open(OPTIONS, limits)) {
      var sending = group.start(() -> raw.server().send("x".repeat(40_000)));
      for (int i = 0; i < 38; i++) {
        Tulip.sleep(Duration.ofSeconds(15));
        raw.client().readExactly(1000);
      }
      assertTrue(raw.server().isOpen());
      raw.client().readExactly(2004);
      sending.await();
    }
  }

  @TulipTest
  void aPeerIsNotToBlameForWhatNobodyReceives(TaskGroup group) throws Exception {
    try (var ends = Ends.open(OPTIONS)) {
      var talking =
          group.start(() -> {
            for (int i = 0; i < 50; i++) {
              ends.client.send(Bytes.wrap(new byte[10_000]));
            }
            ends.client.close();
          });
      Tulip.sleep(Duration.ofSeconds(30)); // its receiver is busy with something else
      assertTrue(ends.server.isOpen());
      for (int i = 0; i < 50; i++) {
        assertEquals(Message.of(Bytes.wrap(new byte[10_000])), ends.server.receive());
      }
      assertNull(ends.server.receive());
      talking.await();
    }
  }

  @TulipTest
  void whoOnlySendsNoticesThatThePeerClosed(TaskGroup group) throws Exception {
    try (var ends = Ends.open(Ends.QUIET)) {
      var closing = group.start(() -> ends.client.close());
      int sent = 0;
      try {
        while (true) {
          ends.server.send("tick");
          sent++;
          Tulip.sleep(Duration.ofSeconds(1));
        }
      } catch (WebSocketClosedException e) {
        assertEquals(CloseStatus.NORMAL, e.status());
      }
      assertEquals(1, sent);
      closing.await();
    }
  }
}
