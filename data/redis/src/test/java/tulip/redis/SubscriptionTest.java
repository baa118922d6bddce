// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tulip.bytes.Bytes;
import tulip.core.queue.ChannelClosedException;
import tulip.net.testing.FaultProxy;
import tulip.net.testing.RealServer;
import tulip.redis.PubSubEvent.Gap;
import tulip.redis.PubSubEvent.Message;
import tulip.redis.protocol.RedisException;
import tulip.testing.TulipTest;
import tulip.testing.TulipTest.Clock;

/// Messages of a real server, and the gaps between them.
@TulipTest(clock = Clock.REAL)
class SubscriptionTest {
  @SuppressWarnings("NullAway.Init")
  private static RealServer server;

  @BeforeAll
  static void start() throws IOException {
    server = RedisServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static RedisOptions options(int protocol) {
    return RedisServer.options(server).withLogin(Login.ANONYMOUS.withProtocol(protocol));
  }

  private static Message message(String channel, String text) {
    return new Message(channel, null, Bytes.ofUtf8(text));
  }

  @TulipTest
  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void channelsPatternsAndShards(int protocol) throws IOException {
    try (var redis = Redis.open(options(protocol));
        var news = redis.subscribe("news", "weather")) {
      news.psubscribe("n*");
      news.ssubscribe("shard");
      redis.publish("weather", "rain");
      assertEquals(message("weather", "rain"), news.receive());
      redis.publish("news", "x");
      assertEquals(message("news", "x"), news.receive());
      assertEquals(new Message("news", "n*", Bytes.ofUtf8("x")), news.receive());
      redis.spublish("shard", "y");
      assertEquals(message("shard", "y"), news.receive());
      news.unsubscribe("news", "weather");
      news.punsubscribe("n*");
      news.sunsubscribe("shard");
      assertEquals(0, redis.publish("news", "z"));
      news.subscribe("last");
      redis.publish("last", "end");
      assertEquals(message("last", "end"), news.iterator().next());
    }
  }

  @TulipTest
  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void aLostConnectionLeavesAGapBeforeTheNextMessage(int protocol) throws IOException {
    try (var proxy = FaultProxy.open(server.address());
        var redis = Redis.open(options(protocol));
        var far = Redis.open(options(protocol).withEndpoint(RedisServer.endpoint(proxy)));
        var news = far.subscribe("news")) {
      redis.publish("news", "before");
      assertEquals(message("news", "before"), news.receive());
      proxy.reset();
      assertEquals(new Gap(Gap.Reason.CONNECTION_LOST, 0), news.receive());
      while (redis.publish("news", "after") == 0) {
        redis.ping();
      }
      assertEquals(message("news", "after"), news.receive());
    }
  }

  @TulipTest
  void whatNobodyTakesIsDroppedAndTold() throws IOException {
    try (var redis = Redis.open(options(3));
        var news = redis.subscribe("news")) {
      int beyond = 100;
      redis.pipeline(batch -> {
        for (int i = 0; i < Subscription.CAPACITY + beyond; i++) {
          batch.call("PUBLISH", "news", i);
        }
      });
      news.subscribe("other"); // confirmed behind all messages
      for (int i = 0; i < Subscription.CAPACITY; i++) {
        assertEquals(message("news", Integer.toString(i)), news.receive());
      }
      assertEquals(new Gap(Gap.Reason.SLOW_RECEIVER, beyond), news.receive());
      redis.publish("news", "next");
      assertEquals(message("news", "next"), news.receive());
    }
  }

  @TulipTest
  void aRefusedChannelIsToldAtOnce() throws IOException {
    try (var redis = Redis.open(options(3))) {
      redis.call("ACL", "SETUSER", "ann", "on", ">secret", "+@all", "~*", "resetchannels", "&ok");
      var login = Login.ANONYMOUS.withUser("ann", "secret");
      try (var ann = Redis.open(options(3).withLogin(login))) {
        var e = assertThrows(RedisException.class, () -> ann.subscribe("ok", "forbidden"));
        assertEquals("NOPERM", e.code());
        try (var news = ann.subscribe("ok")) {
          assertThrows(RedisException.class, () -> news.psubscribe("*"));
          redis.publish("ok", "still");
          assertInstanceOf(Message.class, news.receive());
        }
      }
    }
  }

  @TulipTest
  void aClosedSubscriptionGivesNothing() throws IOException {
    try (var redis = Redis.open(options(3))) {
      var news = redis.subscribe("news");
      news.close();
      assertThrows(ChannelClosedException.class, news::receive);
      assertEquals(0, redis.publish("news", "x"));
    }
  }
}
