// SPDX-License-Identifier: Apache-2.0
package tulip.bench.keyvalue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import tulip.bench.Figure;
import tulip.bench.Repeated;
import tulip.core.LoopOptions.Engine;

/// Measures one client, and prints its figures.
final class PeerProcess {
  /// How many commands wait when memory is measured.
  private static final int HELD = 10_000;

  private static final byte[] PAUSE =
      "CLIENT PAUSE 6000 ALL\r\n".getBytes(StandardCharsets.US_ASCII);

  private final String name;
  private final Peer peer;
  private final int port;
  private final double seconds;

  private PeerProcess(String name, int port, double seconds) {
    this.name = name;
    this.peer = peer(name);
    this.port = port;
    this.seconds = seconds;
  }

  /// Usage: the peer, the port of its server, and how many seconds a round takes.
  public static void main(String[] args) throws Exception {
    var process = new PeerProcess(args[0], Integer.parseInt(args[1]), Double.parseDouble(args[2]));
    process.peer.measure(process.port, process::measure);
    System.exit(0); // some leave threads behind
  }

  private static Peer peer(String name) {
    return switch (name) {
      case "tulip" -> new TulipRedis(Engine.CARRIER, false);
      case "tulip-typed" -> new TulipRedis(Engine.CARRIER, true);
      case "baton" -> new TulipRedis(Engine.BATON, false);
      case "lettuce" -> new LettuceRedis();
      case "vertx" -> new VertxRedis();
      case "jedis" -> new JedisRedis();
      case "memcached-tulip" -> new TulipMemcached(Engine.CARRIER);
      case "memcached-baton" -> new TulipMemcached(Engine.BATON);
      case "memcached-spymemcached" -> new Spymemcached();
      case "memcached-xmemcached" -> new Xmemcached();
      default -> throw new IllegalArgumentException("nobody is called " + name);
    };
  }

  private void measure(Operations operations) throws Exception {
    new Repeated(name, "get").measure(seconds, operations::gets);
    new Repeated(name, "batch").measure(seconds, operations::batches);
    if (peer.holds()) {
      measureMemory(operations);
    }
  }

  private void measureMemory(Operations operations) throws Exception {
    var used = new long[2];
    operations.held(1, () -> used[0] = used());
    pauseServer();
    operations.held(HELD, () -> used[1] = used());
    double bytes = (double) (used[1] - used[0]) / HELD;
    System.out.println(new Figure(name, "held", 0, 0).with("bytes", bytes).toJson());
  }

  private void pauseServer() throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(PAUSE);
      if (socket.getInputStream().read() != '+') {
        throw new IOException("the server does not pause");
      }
    }
  }

  private static long used() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    var runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
