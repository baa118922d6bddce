// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import tulip.core.EventLoop;
import tulip.core.ReturnWhen;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.net.testing.FaultProxy;
import tulip.net.testing.Faults.Fault;
import tulip.net.testing.RealProcess;
import tulip.net.testing.RealServer;
import tulip.pool.Backoff;
import tulip.testing.TulipTest;
import tulip.testing.TulipTest.Clock;

/// A client whose server dies, whose network fails anywhere, and whose tasks are cancelled all the
/// time.
@TulipTest(clock = Clock.REAL)
class ResilienceTest {
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

  private static RedisOptions options(Endpoint endpoint) {
    var options = RedisOptions.of(endpoint);
    var backoff = Backoff.DEFAULT.withDelays(ofMillis(1), ofMillis(20), 2);
    return options.withSession(options.session().withBackoff(backoff));
  }

  @TulipTest
  void aServerThatIsKilledAndStartedAgain(@TempDir Path folder) throws IOException {
    int port = RealServer.freePort();
    var options = options(new Endpoint.Host("127.0.0.1", port, null));
    var command = RedisServer.command(Integer.toString(port));
    var process = RealProcess.start(folder, command);
    try (var redis = Redis.open(options);
        var group = TaskGroup.open()) {
      redis.set("k", "first");
      var blocked =
          group.start(() -> assertThrows(IOException.class, () -> redis.blpop(ofSeconds(0), "q")));
      while (!redis.clientList().contains("cmd=blpop")) {
        redis.ping();
      }
      process.close();
      blocked.await();
      var waiting = group.start(() -> redis.get("k"));
      process = RealProcess.start(folder, command);
      try {
        waiting.await();
      } catch (CompletionException e) {
        assertTrue(e.getCause() instanceof RedisConnectionException, e::toString);
      }
      assertNull(redis.get("k"));
      redis.rpush("q", "again");
      assertEquals(new Popped("q", "again"), redis.blpop(ofSeconds(5), "q"));
    } finally {
      process.close();
    }
  }

  @TulipTest
  void failingFastDoesNotWaitForAServer() throws IOException {
    int port = RealServer.freePort();
    var options = options(new Endpoint.Host("127.0.0.1", port, null)).withFailFast(true);
    try (var redis = Redis.open(options)) {
      var e = assertThrows(RedisConnectionException.class, () -> redis.get("k"));
      assertFalse(e.mayHaveBeenExecuted());
    }
  }

  /// The connection is cut behind one byte or another that the server has sent. Each command has
  /// its own value or fails, and those that fail come after those that do not.
  @TulipTest
  void theNetworkFailsAnywhere() throws IOException {
    for (var fault : new Fault[] {Fault.CUT, Fault.RESET}) {
      for (int bytes = 0; bytes < 400; bytes += 3) {
        failAt(bytes, fault);
      }
    }
  }

  private static void failAt(int bytes, Fault fault) throws IOException {
    try (var proxy = FaultProxy.open(server.address())) {
      proxy.toClient().after(bytes, fault);
      var options = options(RedisServer.endpoint(proxy));
      try (var connection = RedisConnection.connect(options)) {
        var texts = List.of("one", "two", "three", "four");
        var echoed = Tulip.gather(texts, text -> isEchoed(connection, text));
        assertEquals(echoed.stream().sorted(Comparator.reverseOrder()).toList(), echoed);
      } catch (RedisConnectionException e) {
        assertTrue(bytes < 300, e::toString); // the login was cut
      }
      proxy.toClient().heal();
      try (var redis = Redis.open(options)) {
        assertEquals("after", redis.echo("after"));
      }
    }
  }

  private static boolean isEchoed(RedisConnection connection, String text) throws IOException {
    try {
      assertEquals(text, connection.echo(text));
      return true;
    } catch (RedisConnectionException e) {
      return false;
    }
  }

  @TulipTest
  void aStalledServerIsTooLateForItsCommandsAlone() throws IOException {
    try (var proxy = FaultProxy.open(server.address());
        var redis =
            Redis.open(options(RedisServer.endpoint(proxy)).withCommandTimeout(ofMillis(200)))) {
      redis.ping();
      proxy.toClient().stall();
      var e = assertThrows(RedisConnectionException.class, () -> redis.echo("late"));
      assertTrue(e.mayHaveBeenExecuted());
      proxy.toClient().heal();
      assertEquals("in time", redis.echo("in time"));
    }
  }

  @TulipTest
  void aHundredThousandCommandsWithCancellations() throws IOException {
    cancelAtRandom(100_000);
  }

  @TulipTest
  @Tag("long")
  void aMillionCommandsWithCancellations() throws IOException {
    cancelAtRandom(1_000_000);
  }

  /// Each task asks for texts that nobody else asks for, so that no reply can be mistaken.
  private static void cancelAtRandom(int commands) throws IOException {
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
    try (var redis = Redis.open(options(new Endpoint.Host("127.0.0.1", server.port(), null)))) {
      int workers = 50;
      var cancelled = new int[1];
      try (var group = TaskGroup.open()) {
        for (int i = 0; i < workers; i++) {
          var name = "worker " + i + " ";
          group.start(() -> echoMany(redis, name, commands / workers, random, cancelled));
        }
        group.join();
      }
      assertTrue(cancelled[0] > commands / 100, () -> cancelled[0] + " were cancelled");
      assertEquals(1, redis.clientList().lines().count());
    }
  }

  private static void echoMany(
      Redis redis, String name, int count, RandomGenerator random, int[] cancelled)
      throws IOException {
    for (int i = 0; i < count; i++) {
      var text = name + i;
      if (random.nextInt(10) > 0) {
        assertEquals(text, redis.echo(text));
      } else if (isCutOff(redis, text, random.nextInt(4))) {
        cancelled[0]++;
      }
    }
  }

  /// Asks, and cancels that after some iterations of the loop.
  private static boolean isCutOff(Redis redis, String text, int iterations) {
    var task = EventLoop.current().createTask(() -> assertEquals(text, redis.echo(text)));
    for (int i = 0; i < iterations; i++) {
      Tulip.yield();
    }
    task.cancel();
    Tulip.wait(List.of(task), null, ReturnWhen.ALL_COMPLETED);
    return task.isCancelled();
  }
}
