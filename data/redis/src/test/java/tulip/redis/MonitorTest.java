// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import static java.time.Duration.ofMillis;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tulip.bytes.Bytes;
import tulip.core.queue.ChannelClosedException;
import tulip.net.testing.FaultProxy;
import tulip.net.testing.RealServer;
import tulip.redis.KeyspaceEvent.Changed;
import tulip.testing.TulipTest;
import tulip.testing.TulipTest.Clock;

/// What a real server tells of its commands and its keys.
@TulipTest(clock = Clock.REAL)
class MonitorTest {
  @SuppressWarnings("NullAway.Init")
  private static RealServer server;

  @BeforeAll
  static void start() throws IOException {
    server = RedisServer.start("--notify-keyspace-events", "KA");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static RedisOptions options(int protocol) {
    return RedisServer.options(server).withLogin(Login.ANONYMOUS.withProtocol(protocol));
  }

  @TulipTest
  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void commandsAreToldWithTheirWords(int protocol) throws IOException {
    try (var redis = Redis.open(options(protocol));
        var monitor = redis.monitor()) {
      redis.set("a b", "\"quoted\" \\ \n\r\t\u0007\b ä \u0001");
      redis.eval(Script.of("return redis.call('GET', KEYS[1])"), List.of("a b"));
      var command = monitor.receive();
      while (!command.words().getFirst().utf8().equals("SET")) {
        command = monitor.receive();
      }
      assertEquals(
          List.of("SET", "a b", "\"quoted\" \\ \n\r\t\u0007\b ä \u0001"),
          command.words().stream().map(Bytes::utf8).toList());
      assertEquals(0, command.database());
      assertTrue(command.client().startsWith("127.0.0.1:"));
      for (var next : monitor) {
        if (next.client().equals("lua")) {
          assertEquals("GET a b", next.text());
          break;
        }
      }
      assertEquals(0, monitor.dropped());
    }
  }

  @TulipTest
  void theEndOfTheConnectionIsTheEnd() throws IOException {
    try (var proxy = FaultProxy.open(server.address());
        var redis = Redis.open(options(3).withEndpoint(RedisServer.endpoint(proxy)));
        var monitor = redis.monitor()) {
      redis.ping();
      proxy.reset();
      assertThrows(UncheckedIOException.class, () -> monitor.forEach(_ -> {}));
    }
  }

  @TulipTest
  void aClosedMonitorGivesNothing() throws IOException {
    try (var redis = Redis.open(options(3))) {
      var monitor = redis.monitor();
      monitor.close();
      assertThrows(ChannelClosedException.class, monitor::receive);
    }
  }

  @Test
  void linesAreRead() {
    var line =
        MonitoredCommand.parse("1339518083.107412 [3 [::1]:60866] \"get\" \"\\x00\\xff\" \"\"");
    assertEquals(Instant.parse("2012-06-12T16:21:23.107412Z"), line.at());
    assertEquals(3, line.database());
    assertEquals("[::1]:60866", line.client());
    assertEquals(List.of(Bytes.ofUtf8("get"), Bytes.ofHex("00ff"), Bytes.EMPTY), line.words());
    assertThrows(IllegalArgumentException.class, () -> MonitoredCommand.parse("OK"));
  }

  @TulipTest
  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void whatHappensToKeysIsTold(int protocol) throws IOException {
    try (var redis = Redis.open(options(protocol));
        var events = redis.keyspaceEvents("user:*", "group:*")) {
      redis.set("other", 1);
      redis.set("user:1", 1);
      redis.del("user:1");
      redis.lpush("group:1", "a");
      assertEquals(new Changed("user:1", "set"), events.receive());
      assertEquals(new Changed("user:1", "del"), events.receive());
      assertEquals(new Changed("group:1", "lpush"), events.iterator().next());
      redis.set("user:2", 1, ofMillis(1));
      assertEquals(new Changed("user:2", "set"), events.receive());
      assertEquals(new Changed("user:2", "expire"), events.receive());
      assertEquals(new Changed("user:2", "expired"), events.receive());
      redis.del("group:1", "other");
      assertEquals(new Changed("group:1", "del"), events.receive());
    }
  }

  @TulipTest
  void whereEventsAreMissingThereIsAGap() throws IOException {
    try (var proxy = FaultProxy.open(server.address());
        var redis = Redis.open(options(3).withEndpoint(RedisServer.endpoint(proxy)));
        var events = redis.keyspaceEvents("*")) {
      proxy.reset();
      var gap = new PubSubEvent.Gap(PubSubEvent.Gap.Reason.CONNECTION_LOST, 0);
      assertEquals(new KeyspaceEvent.Gap(gap), events.receive());
    }
  }
}
