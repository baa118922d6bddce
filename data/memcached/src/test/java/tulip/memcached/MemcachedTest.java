// SPDX-License-Identifier: Apache-2.0
package tulip.memcached;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofNanos;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tulip.core.LoopOptions.Engine.BATON;
import static tulip.core.LoopOptions.Engine.CARRIER;

import java.io.IOException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import tulip.bytes.Bytes;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.memcached.MemcachedOptions.WhenDown;
import tulip.memcached.protocol.KeyEncoding;
import tulip.net.testing.RealServer;
import tulip.net.testing.ScriptedPeer;
import tulip.pool.Backoff;
import tulip.pool.ConnectionLostException;
import tulip.testing.TulipTest;

/// The client beside a server that follows a script: what is sent, and what becomes of what comes.
@TulipTest(
    clock = TulipTest.Clock.REAL,
    engine = {CARRIER, BATON})
class MemcachedTest {
  private static final MemcachedOptions OPTIONS = MemcachedOptions.DEFAULT;

  private static Endpoint at(ScriptedPeer peer) {
    return Endpoint.of("127.0.0.1", peer.address().getPort());
  }

  private static Memcached<String> client(ScriptedPeer peer) {
    return client(peer, OPTIONS);
  }

  private static Memcached<String> client(ScriptedPeer peer, MemcachedOptions options) {
    return Memcached.open(List.of(at(peer)), options);
  }

  private static ScriptedPeer.Script exchange(String request, String reply) {
    return server -> {
      server.expect(request);
      server.send(reply);
      server.expectEnd();
    };
  }

  private static ConnectionLostException assertLost(boolean maybe, Class<?> why, TestedCall call) {
    var e = assertThrows(ConnectionLostException.class, call::run);
    assertEquals(maybe, e.mayHaveBeenExecuted(), e::toString);
    assertInstanceOf(why, e.getCause());
    return e;
  }

  private static Backoff backoff(Duration delay) {
    return Backoff.DEFAULT.withDelays(delay, delay, 1).withJitter(Backoff.Jitter.NONE);
  }

  private interface TestedCall {
    void run() throws IOException;
  }

  @TulipTest
  void whatManyTasksAskLeavesInOnePiece() throws Exception {
    try (var peer =
            ScriptedPeer.listen(
                exchange(
                    "mg a f v\r\nmg b f v\r\nms c 1 T60\r\nx\r\n",
                    "VA 1 f0\r\nA\r\nEN\r\nHD\r\n"));
        var memcached = client(peer)) {
      TaskGroup.run(group -> {
        var a = group.start(() -> memcached.get("a"));
        var b = group.start(() -> memcached.get("b"));
        group.start(() -> memcached.set("c", "x", ofSeconds(60)));
        assertEquals("A", a.await());
        assertNull(b.await());
      });
    }
  }

  @TulipTest
  void multipleKeysAreAskedOnceEach() throws Exception {
    try (var peer =
            ScriptedPeer.listen(
                exchange(
                    "mg a f v\r\nmg b f v\r\nmg c f v\r\n",
                    "VA 1 f0\r\nA\r\nEN\r\nVA 1 f0\r\nC\r\n"));
        var memcached = client(peer)) {
      assertEquals(Map.of("a", "A", "c", "C"), memcached.getMulti(List.of("a", "b", "c", "a")));
    }
  }

  @TulipTest
  void aCancelledCallLeavesItsReplyToNobody() throws Exception {
    try (var peer =
            ScriptedPeer.listen(server -> {
              server.expect("mg slow f v\r\n");
              server.pause();
              server.expect("mg next f v\r\n");
              server.send("VA 4 f0\r\nslow\r\nVA 4 f0\r\nnext\r\n");
              server.expectEnd();
            });
        var memcached = client(peer)) {
      TaskGroup.run(group -> {
        var slow = group.start(() -> memcached.get("slow"));
        peer.awaitPause();
        slow.cancel("changed my mind");
        assertThrows(CancellationException.class, slow::await);
        peer.go();
        assertEquals("next", memcached.get("next"));
      });
    }
  }

  @TulipTest
  void aTaskThatWasCancelledIsNotWokenByTheLateReply() throws Exception {
    try (var peer =
            ScriptedPeer.listen(server -> {
              server.expect("mg slow f v\r\n");
              server.pause();
              server.send("EN\r\n");
              server.expect("mg next f v\r\n");
              server.send("EN\r\n");
              server.expectEnd();
            });
        var memcached = client(peer)) {
      assertFalse(Tulip.moveOnAfter(ofMillis(20), () -> memcached.get("slow")));
      peer.awaitPause();
      peer.go();
      assertNull(memcached.get("next"));
    }
  }

  @TulipTest
  void whoWaitsForAConnectionThatIsLostLearnsThatItMayHaveBeenExecuted() throws Exception {
    try (var peer =
            ScriptedPeer.listen(
                server -> {
                  server.expect("ms a 1\r\nx\r\n");
                  server.close();
                },
                exchange("mg a f v\r\n", "EN\r\n"));
        var memcached = client(peer, OPTIONS.withBackoff(backoff(ofNanos(1))))) {
      assertLost(true, IOException.class, () -> memcached.set("a", "x"));
      assertNull(memcached.get("a"));
    }
  }

  @TulipTest
  void aServerThatCannotBeReachedIsLeftAloneForAWhile() throws Exception {
    var gone = Endpoint.of("127.0.0.1", RealServer.freePort());
    try (var memcached = Memcached.open(List.of(gone), OPTIONS.withBackoff(backoff(ofDays(1))))) {
      assertLost(false, IOException.class, () -> memcached.set("a", "x"));
      var e = assertLost(false, IOException.class, () -> memcached.set("a", "x"));
      assertTrue(String.valueOf(e.getMessage()).contains("is tried again in"), e::toString);
    }
    try (var memcached = Memcached.open(List.of(gone), OPTIONS.withWhenDown(WhenDown.MISS))) {
      assertNull(memcached.get("a"));
      assertEquals(Map.of(), memcached.getMulti(List.of("a", "b")));
      assertLost(false, IOException.class, () -> memcached.set("a", "x"));
    }
  }

  @TulipTest
  void ofManyRequestsSomeMayHaveBeenExecuted() throws Exception {
    var gone = Endpoint.of("127.0.0.1", RealServer.freePort());
    try (var peer =
            ScriptedPeer.listen(server -> {
              server.expect("flush_all\r\n");
              server.expectEnd();
            });
        var memcached = Memcached.open(List.of(at(peer), gone), OPTIONS)) {
      assertLost(true, IOException.class, memcached::flushAll);
    }
  }

  @TulipTest
  void aSilentServerIsGivenUp() throws Exception {
    try (var peer =
            ScriptedPeer.listen(server -> {
              server.expect("mg a f v\r\n");
              server.expectEnd();
            });
        var memcached = client(peer, OPTIONS.withReplyTimeout(ofMillis(20)))) {
      assertLost(true, SocketTimeoutException.class, () -> memcached.get("a"));
    }
  }

  @TulipTest
  void aReplyThatNobodyAskedForEndsTheConnection() throws Exception {
    try (var peer =
            ScriptedPeer.listen(
                exchange("mg a f v\r\n", "EN\r\nHD\r\n"), exchange("mg b f v\r\n", "EN\r\n"));
        var memcached = client(peer)) {
      assertNull(memcached.get("a"));
      assertNull(memcached.get("b"));
    }
  }

  @TulipTest
  void anAnswerToAnotherCommandEndsTheConnection() throws Exception {
    for (var reply : List.of("NF\r\n", "VERSION 1\r\n", "garbage\r\n")) {
      try (var peer = ScriptedPeer.listen(exchange("mg a f v\r\n", reply));
          var memcached = client(peer)) {
        assertLost(true, ProtocolException.class, () -> memcached.get("a"));
      }
    }
  }

  @TulipTest
  void aServerWithoutMetaCommandsIsNamed() throws Exception {
    try (var peer = ScriptedPeer.listen(exchange("ms a 1\r\nx\r\n", "ERROR\r\nERROR\r\n"));
        var memcached = client(peer)) {
      var e = assertThrows(ClientErrorException.class, () -> memcached.set("a", "x"));
      assertTrue(String.valueOf(e.getMessage()).contains("1.6"), e::toString);
    }
  }

  @TulipTest
  void errorsOfTheServerLeaveTheConnectionInStep() throws Exception {
    try (var peer =
            ScriptedPeer.listen(server -> {
              server.expect("ms a 1\r\nx\r\n");
              server.send("SERVER_ERROR object too large for cache\r\n");
              server.expect("ms a 1\r\nx\r\n");
              server.send("SERVER_ERROR out of memory storing object\r\n");
              server.expect("ma a v D1\r\n");
              server.send("CLIENT_ERROR cannot increment or decrement non-numeric value\r\n");
              server.expect("ma a v D1\r\n");
              server.send("VA 20\r\n18446744073709551615\r\n");
              server.expectEnd();
            });
        var memcached = client(peer)) {
      assertThrows(ValueTooLargeException.class, () -> memcached.set("a", "x"));
      assertThrows(ServerErrorException.class, () -> memcached.set("a", "x"));
      assertThrows(ClientErrorException.class, () -> memcached.incr("a", 1));
      assertEquals(OptionalLong.of(-1), memcached.incr("a", 1));
    }
  }

  @TulipTest
  void badArgumentsSendNothing() throws Exception {
    try (var peer = ScriptedPeer.listen(exchange("mn\r\n", "MN\r\n"));
        var memcached = client(peer)) {
      for (var key : List.of("", "a b", "a\r\nflush_all", "k".repeat(251))) {
        assertThrows(IllegalArgumentException.class, () -> memcached.get(key));
        assertThrows(IllegalArgumentException.class, () -> memcached.set(key, "x"));
      }
      assertThrows(IllegalArgumentException.class, () -> memcached.set("a", "x", Duration.ZERO));
      assertThrows(IllegalArgumentException.class, () -> memcached.incr("a", -1));
      assertThrows(IllegalArgumentException.class, () -> memcached.stats("x\r\nflush_all"));
      memcached.noop();
    }
  }

  @TulipTest
  void timesAreGivenAsTheServerWantsThem() throws Exception {
    try (var peer =
            ScriptedPeer.listen(
                exchange("ms a 1 T2592000\r\nx\r\nmg a T1802592001\r\n", "HD\r\nHD\r\n"));
        var memcached =
            client(peer, OPTIONS.withDates(() -> Instant.ofEpochSecond(1_800_000_000)))) {
      TaskGroup.run(group -> {
        group.start(() -> memcached.set("a", "x", ofDays(30)));
        group.start(() -> memcached.touch("a", ofDays(30).plusSeconds(1)));
      });
    }
  }

  @TulipTest
  void thePasswordIsSentFirst() throws Exception {
    var options = OPTIONS.withCredentials(new Credentials("me", "secret"));
    try (var peer =
            ScriptedPeer.listen(server -> {
              server.expect("set login 0 0 9\r\nme secret\r\n");
              server.send("STORED\r\n");
              server.expect("mg a f v\r\n");
              server.send("EN\r\n");
              server.expectEnd();
            });
        var memcached = client(peer, options)) {
      assertNull(memcached.get("a"));
    }
    try (var peer =
            ScriptedPeer.listen(
                exchange(
                    "set login 0 0 9\r\nme secret\r\n",
                    "CLIENT_ERROR authentication failure\r\n"));
        var memcached = client(peer, options)) {
      var e = assertLost(false, IOException.class, () -> memcached.get("a"));
      assertFalse(e.toString().contains("secret"), e::toString);
    }
  }

  @TulipTest
  void whoAsksBeyondTheLimitWaits() throws Exception {
    var options =
        OPTIONS.withLimits(MemcachedLimits.DEFAULT.withPending(2)).withKeys(KeyEncoding.BINARY);
    try (var peer =
            ScriptedPeer.listen(server -> {
              server.expect("mg 1 f v\r\nmg 2 f v\r\n");
              server.pause();
              server.send("EN\r\nEN\r\n");
              server.expect("mg 3 f v\r\nmg 4 f v\r\n");
              server.send("EN\r\nEN\r\n");
              server.expectEnd();
            });
        var memcached = client(peer, options)) {
      TaskGroup.run(group -> {
        for (var key : List.of("1", "2", "3", "4")) group.start(() -> memcached.get(key));
        peer.awaitPause();
        peer.go();
      });
    }
  }

  @TulipTest
  void whoWaitsWhenTheClientIsClosedFails() throws Exception {
    try (var peer =
        ScriptedPeer.listen(server -> {
          server.expect("mg a f v\r\n");
          server.pause();
          server.expectEnd();
        })) {
      var memcached = client(peer);
      TaskGroup.run(group -> {
        var waiting =
            group.start(() -> assertLost(true, IOException.class, () -> memcached.get("a")));
        peer.awaitPause();
        memcached.close();
        waiting.await();
        peer.go();
      });
      assertThrows(ConnectionLostException.class, () -> memcached.get("a"));
    }
  }

  @TulipTest
  void aValueThatTheCodecDoesNotKnowIsAnError() throws Exception {
    try (var peer =
            ScriptedPeer.listen(server -> {
              server.expect("mg a f v\r\n");
              server.send(Bytes.ofLatin1("VA 1 f0\r\n\u00ff\r\n"));
              server.expect("mg a f v\r\n");
              server.send(Bytes.ofLatin1("VA 1 f0\r\n\u00ff\r\n"));
              server.expectEnd();
            });
        var memcached = client(peer)) {
      assertThrows(ValueFormatException.class, () -> memcached.get("a"));
      assertEquals(Bytes.ofHex("ff"), memcached.withValues(ValueCodec.bytes()).get("a"));
    }
  }
}
