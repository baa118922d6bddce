// SPDX-License-Identifier: Apache-2.0
package tulip.it.net;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tulip.core.ReturnWhen;
import tulip.core.Tulip;
import tulip.net.ByteStream;
import tulip.net.Tcp;
import tulip.net.TcpOptions;
import tulip.net.TlsContext;
import tulip.net.spi.NameResolver;
import tulip.net.testing.FaultProxy;
import tulip.net.testing.Faults;

/// Connections that are given up while they are made: no descriptor is left.
@Timeout(60)
class CancelledConnectTest {
  /// Prime, so that the cuts fall at ever other places of the records.
  private static final int STEP = 53;

  @TempDir private static Path folder;
  private static TlsContext server;
  private static TlsContext client;

  @BeforeAll
  static void issue() throws Exception {
    var authority = new Authority(folder, "authority");
    server = TlsContext.server(authority.issue("localhost").identity());
    client = TlsContext.client().trusting(authority.certificate());
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void handshakesAtEveryStep(String version) throws Exception {
    var context = client.withVersions(version);
    Shouting.serve(
        stream -> stream.startTls(server),
        shouting -> {
          try (var proxy = FaultProxy.open(shouting.address())) {
            converse(proxy, context);
            awaitEnds(proxy);
            long before = Descriptors.count();
            int steps = cancelEverywhere(proxy, proxy.toClient(), context);
            steps += cancelEverywhere(proxy, proxy.toServer(), context);
            assertTrue(steps > 10, () -> "the handshake has so few bytes?");
            Descriptors.awaitCount(before);
          }
        });
  }

  private static void converse(FaultProxy proxy, TlsContext context) throws IOException {
    try (var stream = Tcp.connect(proxy.address(), TcpOptions.DEFAULT)) {
      stream.startTls(context, "localhost");
      stream.write("hello\n");
      stream.readLine();
    }
  }

  private static void awaitEnds(FaultProxy proxy) {
    while (proxy.connections() > 0) {
      Tulip.yield();
    }
  }

  /// Cancels a conversation that stands still after so many bytes, and after more and more, until
  /// one comes to its end.
  private static int cancelEverywhere(FaultProxy proxy, Faults faults, TlsContext context)
      throws Exception {
    for (int step = 0; ; step++) {
      faults.after((long) step * STEP, Faults.Fault.STALL);
      var conversation =
          Tulip.createTask(() -> {
            converse(proxy, context);
            return true;
          });
      var stall =
          Tulip.createTask(() -> {
            faults.awaitStall();
            return true;
          });
      Tulip.wait(List.of(conversation, stall), null, ReturnWhen.FIRST_COMPLETED);
      stall.cancel();
      boolean through = conversation.isDone();
      conversation.cancel();
      conversation.awaitDone();
      assertTrue(through || conversation.isCancelled(), conversation::toString);
      proxy.reset();
      faults.heal();
      awaitEnds(proxy);
      if (through) {
        return step;
      }
    }
  }

  @Test
  void connectsToSilentAddresses() throws Exception {
    Tulip.run(() -> {
      try (var one = new SilentAddress(InetAddress.ofLiteral("127.0.0.2"), 0);
          var _ = new SilentAddress(InetAddress.ofLiteral("127.0.0.3"), one.address().getPort())) {
        NameResolver.CURRENT.set(
            _ -> List.of(InetAddress.ofLiteral("127.0.0.2"), InetAddress.ofLiteral("127.0.0.3")));
        long before = 0;
        for (int turns = 0; turns < 20; turns++) {
          var connect = Tulip.createTask(() -> Tcp.connect("silent.test", one.address().getPort()));
          for (int i = 0; i < turns; i++) {
            Tulip.yield();
          }
          connect.cancel();
          connect.awaitDone();
          assertTrue(connect.isCancelled(), connect::toString);
          if (turns == 10) {
            before = Descriptors.count(); // by now everything was loaded and opened once
          }
        }
        Descriptors.awaitCount(before);
      }
    });
  }

  @Test
  void connectsThatSucceedPerhaps() throws Exception {
    Shouting.serve(
        ByteStream::flush,
        shouting -> {
          Tcp.connect(shouting.address(), TcpOptions.DEFAULT).close();
          shouting.ends(1);
          long before = Descriptors.count();
          for (int turns = 0; turns < 20; turns++) {
            var connect =
                Tulip.createTask(() -> Tcp.connect(shouting.address(), TcpOptions.DEFAULT));
            for (int i = 0; i < turns; i++) {
              Tulip.yield();
            }
            connect.cancel();
            connect.awaitDone();
            if (!connect.isCancelled()) {
              connect.result().close(); // it had nothing to wait for
            }
          }
          Descriptors.awaitCount(before);
        });
  }
}
