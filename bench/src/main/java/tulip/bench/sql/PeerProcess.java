// SPDX-License-Identifier: Apache-2.0
package tulip.bench.sql;

import tulip.bench.Repeated;
import tulip.core.LoopOptions.Engine;

/// Measures one client in one case, and prints its figures.
final class PeerProcess {
  private PeerProcess() {}

  /// Usage: the peer, the case, the port of its server, and how many seconds a round takes or, with
  /// bulk data, how many rows there are.
  public static void main(String[] args) throws Exception {
    var peer = peer(args[0]);
    int port = Integer.parseInt(args[2]);
    double size = Double.parseDouble(args[3]);
    var repeated = new Repeated(args[0], args[1]);
    switch (args[1]) {
      case "copy" -> peer.copy(port, operation -> repeated.measureAll((int) size, operation));
      case "stream" -> peer.stream(port, operation -> repeated.measureAll((int) size, operation));
      default -> {
        for (var load : Load.values()) {
          if (load.mode.equals(args[1])) {
            peer.queries(port, load, operation -> repeated.measure(size, operation));
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
}
