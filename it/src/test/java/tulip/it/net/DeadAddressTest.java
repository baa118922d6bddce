// SPDX-License-Identifier: Apache-2.0
package tulip.it.net;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tulip.core.EventLoop;
import tulip.core.LoopOptions;
import tulip.core.TimerHandle;
import tulip.core.Tulip;
import tulip.core.VirtualClock;
import tulip.it.ChildJvm;
import tulip.net.Attribute;
import tulip.net.ListenOptions;
import tulip.net.Server;
import tulip.net.Tcp;
import tulip.net.spi.NameResolver;
import tulip.net.testing.RealProcess;

/// Happy Eyeballs (RFC 8305) in a network of its own, in which IPv6 is configured, and dead: nobody
/// answers, and nobody says so.
class DeadAddressTest {
  /// What is sent to the two silent addresses reaches a card that is not theirs.
  private static final String NETWORK =
      """
      set -e
      ip link set lo up
      ip link add dead type veth peer name nobody
      ip addr add 2001:db8::1/64 dev dead nodad
      ip link set dead up
      ip link set nobody up
      ip neigh add 2001:db8::2 lladdr 02:00:00:00:00:01 dev dead
      ip neigh add 2001:db8::3 lladdr 02:00:00:00:00:01 dev dead
      exec "$@"
      """;

  /// A line of `/proc/net/tcp6`: number, here, there, state.
  private static final Pattern SYN_SENT = Pattern.compile(" *\\d+: \\S+ \\S+ 02 ");

  private static final InetAddress SILENT = InetAddress.ofLiteral("2001:db8::2");
  private static final InetAddress SILENT_TOO = InetAddress.ofLiteral("2001:db8::3");
  private static final InetAddress UNREACHABLE = InetAddress.ofLiteral("2001:db8:1::1");
  private static final InetAddress GOOD = InetAddress.ofLiteral("127.0.0.1");

  @BeforeAll
  static void namespacesArePermitted() throws IOException {
    try {
      RealProcess.run(Path.of("."), Peer.LIMIT, "unshare", "--net", "true");
    } catch (IOException e) {
      var why = String.valueOf(e.getMessage());
      assumeFalse(why.contains("Operation not permitted"), why);
      throw e;
    }
  }

  private static ChildJvm.Run run(Class<?> program) throws Exception {
    var run = ChildJvm.withFlag().under("unshare", "--net", "sh", "-c", NETWORK, "sh").run(program);
    assertEquals(0, run.status(), run::err);
    return run;
  }

  /// Attempts under way, as the kernel sees them: at 100 and at 300 ms, and at the end.
  @Test
  void attemptsBeginAsTheStandardSays() throws Exception {
    assertEquals(
        """
        silent, good: [1 at 100 ms, 127.0.0.1 at 250 ms, 0 left]
        silent, silent, good: [1 at 100 ms, 127.0.0.1 at 250 ms, 0 left]
        unreachable, good: [127.0.0.1 at 0 ms, 0 left]
        unreachable, silent, good: [127.0.0.1 at 0 ms, 0 left]
        silent, silent: [1 at 100 ms, 2 at 300 ms, nobody at 1000 ms, 0 left]
        """,
        run(Attempts.class).out());
  }

  /// Under the virtual clock, so that each attempt has all the time it needs.
  static final class Attempts {
    public static void main(String[] arguments) {
      show("silent, good", SILENT, GOOD);
      show("silent, silent, good", SILENT, SILENT_TOO, GOOD);
      show("unreachable, good", UNREACHABLE, GOOD);
      show("unreachable, silent, good", UNREACHABLE, SILENT, GOOD);
      show("silent, silent", SILENT, SILENT_TOO);
    }

    private static void show(String what, InetAddress... addresses) {
      var events = new ArrayList<String>();
      var options = LoopOptions.DEFAULT.withClock(VirtualClock.autojump());
      try {
        Tulip.run(options, () -> connect(events, addresses));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      events.add(attempts() + " left");
      System.out.println(what + ": " + events);
    }

    private static void connect(List<String> events, InetAddress... addresses) throws IOException {
      var loop = EventLoop.current();
      NameResolver.CURRENT.set(_ -> List.of(addresses));
      var looks =
          Stream.of(100, 300)
              .map(ms ->
                  loop.callLater(ofMillis(ms), () -> events.add(attempts() + " at " + now(loop))))
              .toList();
      var listener = Tcp.listen(new InetSocketAddress(GOOD, 0), ListenOptions.DEFAULT);
      try (var server = Server.open(listener, Shouting::shout)) {
        events.add(Tulip.timeout(ofSeconds(1), () -> remote(server.port())) + " at " + now(loop));
        looks.forEach(TimerHandle::cancel);
      } catch (TimeoutException e) {
        events.add("nobody at " + now(loop));
      }
    }

    private static String now(EventLoop loop) {
      return Duration.ofNanos(loop.time()).toMillis() + " ms";
    }

    /// How many connections of this network are being made.
    private static long attempts() {
      try (var lines = Files.lines(Path.of("/proc/net/tcp6"))) {
        return lines.filter(line -> SYN_SENT.matcher(line).lookingAt()).count();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static String remote(int port) throws IOException {
    try (var stream = Tcp.connect("host.test", port)) {
      var address = (InetSocketAddress) stream.attribute(Attribute.REMOTE_ADDRESS);
      return address == null ? "nobody" : address.getAddress().getHostAddress();
    }
  }

  /// The delay is the standard's; a user does not notice more than a second.
  @Test
  void inRealTimeItTakesNoSecond() throws Exception {
    var took = run(RealTime.class).out().lines().mapToLong(Long::parseLong).sorted().toArray();
    assertEquals(3, took.length);
    assertTrue(took[0] >= 250, () -> took[0] + " ms");
    assertTrue(took[0] < 1000, () -> took[0] + " ms");
  }

  static final class RealTime {
    public static void main(String[] arguments) throws IOException {
      Tulip.run(() -> {
        NameResolver.CURRENT.set(_ -> List.of(SILENT, GOOD));
        var listener = Tcp.listen(new InetSocketAddress(GOOD, 0), ListenOptions.DEFAULT);
        try (var server = Server.open(listener, Shouting::shout)) {
          for (int i = 0; i < 3; i++) {
            long begin = System.nanoTime();
            assertEquals("127.0.0.1", remote(server.port()));
            System.out.println(Duration.ofNanos(System.nanoTime() - begin).toMillis());
          }
        }
      });
    }
  }
}
