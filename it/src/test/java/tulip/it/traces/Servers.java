// SPDX-License-Identifier: Apache-2.0
package tulip.it.traces;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tulip.net.ByteStream;
import tulip.net.ListenOptions;
import tulip.net.Listener;
import tulip.net.Server;
import tulip.net.Tcp;
import tulip.net.TcpOptions;

/// asyncio's servers.
final class Servers extends Scenarios {
  private static Listener listen(int port) throws IOException {
    return Tcp.listen(
        new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), ListenOptions.DEFAULT);
  }

  private static Server shouting(Listener listener) {
    return Server.open(
        listener,
        stream -> {
          for (var line : stream.lines()) {
            stream.write(line.toUpperCase(Locale.ROOT) + "\n");
          }
        });
  }

  private static ByteStream connect(Server server) throws IOException {
    return Tcp.connect(
        (InetSocketAddress) server.listeners().getFirst().address(), TcpOptions.DEFAULT);
  }

  private static @Nullable String ask(ByteStream stream, String line) throws IOException {
    stream.write(line + "\n");
    return stream.readLine();
  }

  @Scenario
  void eachConnectionIsServedByItself() throws Exception {
    try (var server = shouting(listen(0));
        var two = connect(server)) {
      try (var one = connect(server)) {
        trace(ask(two, "b"));
        trace(ask(one, "a"));
      }
      trace(ask(two, "c"));
    }
  }

  @Scenario
  void whoIsConnectedStays() throws Exception {
    try (var server = shouting(listen(0));
        var client = connect(server)) {
      trace(ask(client, "before"));
      server.stopAccepting();
      trace(ask(client, "after"));
      try {
        connect(server).close();
      } catch (ConnectException e) {
        trace("refused");
      }
    }
  }

  @Scenario
  void aPortIsFreeWhenItsServerHasEnded() throws Exception {
    int port;
    try (var server = shouting(listen(0));
        var client = connect(server)) {
      trace(ask(client, "first"));
      port = server.port();
    }
    try (var server = shouting(listen(port));
        var client = connect(server)) {
      trace(ask(client, "second"));
    }
  }

  @Scenario
  void aPortIsTakenOnce() throws Exception {
    try (var server = shouting(listen(0))) {
      try {
        listen(server.port()).close();
      } catch (BindException e) {
        trace("taken");
      }
    }
  }
}
