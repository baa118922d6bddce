// SPDX-License-Identifier: Apache-2.0
package tulip.it.memcached;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.memcached.Memcached;
import tulip.memcached.MemcachedOptions;
import tulip.net.testing.FaultProxy;
import tulip.net.testing.Faults.Fault;
import tulip.net.testing.RealProcess;
import tulip.net.testing.RealServer;
import tulip.pool.Backoff;
import tulip.pool.ConnectionLostException;
import tulip.testing.TulipTest;

/// A bad network between client and server, and a server that is killed: every operation succeeds,
/// or fails and says whether it may have been executed, and no reply reaches the wrong caller.
@TulipTest(clock = TulipTest.Clock.REAL)
class FaultsTest {
  private static final MemcachedOptions OPTIONS =
      MemcachedOptions.DEFAULT.withBackoff(Backoff.DEFAULT.withDelays(ofMillis(1), ofMillis(5), 2));

  /// Where a reply ends or none has begun: the next request may not have left yet.
  private static final Set<Integer> REPLY_ENDS = Set.of(0, 4, 26, 30);

  /// So many bytes come back in [#converse]; the client sends more.
  private static final int BYTES = 52;

  private static RealServer server;

  @BeforeAll
  static void start() throws IOException {
    server = Peer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void converse(Memcached<String> memcached) throws IOException {
    memcached.set("a", "value of a");
    assertEquals("value of a", memcached.get("a"));
    memcached.set("b", "value of b");
    assertEquals("value of b", memcached.get("b"));
  }

  @TulipTest
  @ParameterizedTest
  @EnumSource(names = {"CUT", "RESET"})
  void aConnectionThatBreaksAtAnyByteFailsAndIsReplaced(Fault fault) throws Exception {
    for (int at = 0; at < BYTES; at++) {
      try (var proxy = FaultProxy.open(server.address());
          var memcached = Peer.client(proxy.address(), OPTIONS)) {
        proxy.toClient().after(at, fault);
        var e = assertThrows(ConnectionLostException.class, () -> converse(memcached));
        assertTrue(e.mayHaveBeenExecuted() || REPLY_ENDS.contains(at), e::toString);
        proxy.toClient().heal();
        afterPause(memcached);
        proxy.toServer().after(at, fault);
        assertThrows(ConnectionLostException.class, () -> converse(memcached));
      }
    }
  }

  /// After a server that broke before it said anything there is a pause.
  private static void afterPause(Memcached<String> memcached) throws IOException {
    Backoff.DEFAULT
        .withDelays(ofMillis(1), ofMillis(5), 2)
        .retry(
            ConnectionLostException.class::isInstance,
            () -> {
              converse(memcached);
              return 0;
            });
  }

  @TulipTest
  void aTimeOutAtAnyByteHarmsNobodyElse() throws Exception {
    for (int at = 0; at < BYTES; at++) {
      try (var proxy = FaultProxy.open(server.address());
          var memcached = Peer.client(proxy.address(), OPTIONS)) {
        var stalled = proxy.toClient().after(at, Fault.STALL);
        TaskGroup.run(group -> {
          var late = group.start(() -> converse(memcached));
          stalled.awaitStall();
          assertThrows(TimeoutException.class, () -> Tulip.timeout(ofMillis(1), memcached::noop));
          late.taskScope().cancel("too late");
        });
        stalled.heal();
        converse(memcached);
      }
    }
  }

  @TulipTest
  void repliesThatComeByteByByteAreRepliesAllTheSame() throws Exception {
    try (var proxy = FaultProxy.open(server.address());
        var memcached = Peer.client(proxy.address(), OPTIONS)) {
      proxy.toClient().split();
      proxy.toServer().split();
      converse(memcached);
    }
  }

  @TulipTest
  void aServerThatIsKilledInTheMiddleOfTraffic() throws Exception {
    var folder = Files.createTempDirectory("tulip");
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), RealServer.freePort());
    try (var memcached = Peer.client(address, OPTIONS)) {
      var counts = new ArrayList<Counts>();
      TaskGroup.run(group -> {
        for (int i = 0; i < 20; i++) {
          var counter = "counter" + i;
          group.start(() -> counts.add(count(memcached, counter)));
        }
        for (int life = 0; life < 5; life++) {
          var process = Tulip.blocking(() -> startAt(folder, address));
          Tulip.sleep(ofMillis(50));
          Tulip.blocking(process::close); // kill -9
        }
        var last = Tulip.blocking(() -> startAt(folder, address));
        stopping = true;
        group.join();
        Tulip.blocking(last::close);
      });
      assertTrue(counts.stream().anyMatch(count -> count.unknown > 0), counts::toString);
      assertTrue(counts.stream().allMatch(count -> count.done > 0), counts::toString);
    } finally {
      stopping = false;
      Files.delete(folder);
    }
  }

  private static boolean stopping;

  /// What became of the operations of one task.
  private record Counts(int done, int unknown, int refused) {}

  /// Adds up what the server says between two deaths: as many as were done, and of those that may
  /// have been done some.
  private static Counts count(Memcached<String> memcached, String key) throws IOException {
    int done = 0;
    int unknown = 0;
    int refused = 0;
    long last = 0;
    int maybe = 0;
    while (!stopping || done == 0) {
      try {
        long now = memcached.incr(key, 1, 1, Memcached.NEVER);
        assertTrue(
            now == 1 || (now > last && now <= last + 1 + maybe),
            "counted " + now + " after " + last + " and " + maybe + " more perhaps");
        last = now;
        maybe = 0;
        done++;
      } catch (ConnectionLostException e) {
        if (e.mayHaveBeenExecuted()) {
          unknown++;
          maybe++;
        } else {
          refused++;
          Tulip.sleep(ofMillis(1));
        }
      }
    }
    return new Counts(done, unknown, refused);
  }

  private static RealProcess startAt(Path folder, InetSocketAddress address) throws IOException {
    return RealProcess.start(folder, Peer.command(address.getPort()));
  }

  @TulipTest
  void aClientThatIsCancelledWhileItConnectsLeavesNothing() throws Exception {
    try (var proxy = FaultProxy.open(server.address())) {
      var memcached = Peer.client(proxy.address(), OPTIONS);
      TaskGroup.run(group -> {
        var asking = group.start(() -> memcached.get("a"));
        Tulip.yield();
        asking.taskScope().cancel("never mind");
      });
      assertFalse(Tulip.moveOnAfter(ofSeconds(0), () -> memcached.get("a")));
      memcached.close();
    }
  }
}
