// SPDX-License-Identifier: Apache-2.0
package tulip.bench.sql;

import java.util.concurrent.TimeUnit;
import tulip.bench.Stopwatch;
import tulip.core.LoopOptions.Engine;

/// Measures one client in one case, and prints its figures.
final class PeerProcess {
  private static final int ROUNDS = 3;

  private final String name;
  private final String which;
  private final double seconds;

  private PeerProcess(String name, String which, double seconds) {
    this.name = name;
    this.which = which;
    this.seconds = seconds;
  }

  /// Usage: the peer, the case, the port of its server, and how many seconds a round takes or, with
  /// bulk data, how many rows there are.
  public static void main(String[] args) throws Exception {
    var peer = peer(args[0]);
    int port = Integer.parseInt(args[2]);
    double size = Double.parseDouble(args[3]);
    var process = new PeerProcess(args[0], args[1], size);
    switch (args[1]) {
      case "copy" -> peer.copy(port, operation -> process.measureAll(operation, (int) size));
      case "stream" -> peer.stream(port, operation -> process.measureAll(operation, (int) size));
      default -> {
        for (var load : Load.values()) {
          if (load.mode.equals(args[1])) {
            peer.queries(port, load, process::measure);
          }
        }
      }
    }
    System.exit(0); // some leave threads behind
  }

  static Peer peer(String name) {
    return switch (name) {
      case "tulip" -> new TulipPeer(Engine.CARRIER);
      case "baton" -> new TulipPeer(Engine.BATON);
      case "vertx" -> new VertxPeer();
      case "pgjdbc" -> new JdbcPeer();
      default -> throw new IllegalArgumentException("nobody is called " + name);
    };
  }

  /// So often that it takes the time that it should, after twice that to warm up.
  private void measure(Peer.Operation operation) throws Exception {
    int count = 2_000;
    for (double spent = 0; spent < 2 * seconds; ) {
      var stopwatch = new Stopwatch();
      operation.run(count);
      double once = stopwatch.wall(count) / TimeUnit.SECONDS.toNanos(1);
      spent += once * count;
      count = 1_000 * Math.clamp((long) (seconds / once / 1_000), 1, count / 100);
    }
    measureRounds(operation, count);
  }

  private void measureAll(Peer.Operation operation, int rows) throws Exception {
    operation.run(rows);
    measureRounds(operation, rows);
  }

  private void measureRounds(Peer.Operation operation, int count) throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      var stopwatch = new Stopwatch();
      operation.run(count);
      System.out.println(stopwatch.figure(name, which, count).toJson());
    }
  }
}
