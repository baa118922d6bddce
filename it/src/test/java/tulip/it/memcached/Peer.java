// SPDX-License-Identifier: Apache-2.0
package tulip.it.memcached;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import tulip.memcached.Endpoint;
import tulip.memcached.Memcached;
import tulip.memcached.MemcachedOptions;
import tulip.net.testing.RealServer;

/// memcached itself.
final class Peer {
  private Peer() {}

  /// Starts one, with more options.
  static RealServer start(String... options) throws IOException {
    return RealServer.start(place -> command(place.port(), options));
  }

  static List<String> command(int port, String... options) {
    var command = new ArrayList<>(List.of("memcached", "-l", "127.0.0.1"));
    command.addAll(List.of("-p", Integer.toString(port), "-u", "root"));
    command.addAll(List.of(options));
    return command;
  }

  static Endpoint endpoint(InetSocketAddress address) {
    return Endpoint.of("127.0.0.1", address.getPort());
  }

  static Memcached<String> client(InetSocketAddress address) {
    return client(address, MemcachedOptions.DEFAULT);
  }

  static Memcached<String> client(InetSocketAddress address, MemcachedOptions options) {
    return Memcached.open(List.of(endpoint(address)), options);
  }
}
