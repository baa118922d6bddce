// SPDX-License-Identifier: Apache-2.0
package tulip.it.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tulip.core.LoopOptions;
import tulip.core.LoopOptions.Engine;
import tulip.core.Tulip;
import tulip.core.sync.Event;
import tulip.net.ByteStream;
import tulip.net.ListenOptions;
import tulip.net.Server;
import tulip.net.Tcp;

/// A server of ours that answers each line in capitals, and keeps what its connections ended with.
final class Shouting {
  static final InetSocketAddress FREE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  /// What a test does while the server runs.
  interface Visit {
    void run(Shouting server) throws Exception;
  }

  private final List<String> ends = new ArrayList<>();
  private final Server.Handler opening;
  private Event oneMore = new Event();
  private @Nullable Server running;

  private Shouting(Server.Handler opening) {
    this.opening = opening;
  }

  /// Runs a server on a loop of its own, and a visit.
  ///
  /// @param opening what each connection begins with: TLS perhaps
  static void serve(Server.Handler opening, Visit visit) throws Exception {
    serve(Engine.AUTO, opening, visit);
  }

  /// As [#serve(Server.Handler, Visit)], on an engine.
  static void serve(Engine engine, Server.Handler opening, Visit visit) throws Exception {
    var shouting = new Shouting(opening);
    Tulip.run(
        LoopOptions.DEFAULT.withEngine(engine),
        () ->
            Tulip.timeout(
                Peer.LIMIT,
                () -> {
                  try (var server =
                      Server.open(Tcp.listen(FREE, ListenOptions.DEFAULT), shouting::handle)) {
                    shouting.running = server;
                    visit.run(shouting);
                  }
                }));
  }

  private void handle(ByteStream stream) throws Exception {
    try {
      opening.handle(stream);
      shout(stream);
      ended("end");
    } catch (Exception e) {
      ended(String.valueOf(e.getMessage()));
      throw e;
    }
  }

  private void ended(String how) {
    ends.add(how);
    oneMore.set();
    oneMore = new Event();
  }

  /// Answers to the end.
  static void shout(ByteStream stream) throws Exception {
    for (var line : stream.lines()) {
      stream.write(line.toUpperCase(Locale.ROOT) + "\n");
    }
  }

  int port() {
    return server().port();
  }

  /// The server itself.
  Server server() {
    return Objects.requireNonNull(running);
  }

  InetSocketAddress address() {
    return (InetSocketAddress) server().listeners().getFirst().address();
  }

  /// How the connections ended, the first in front; waits until so many have.
  List<String> ends(int count) {
    while (ends.size() < count) {
      oneMore.await();
    }
    return ends;
  }
}
