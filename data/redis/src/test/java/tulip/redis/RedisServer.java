// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import tulip.net.testing.FaultProxy;
import tulip.net.testing.RealServer;

/// A Redis server for a test, in a folder of its own.
@SuppressWarnings("exports") // for tests of other packages of this module
public final class RedisServer {
  private RedisServer() {}

  /// Starts one that keeps nothing on the disk.
  ///
  /// @param options further arguments
  public static RealServer start(String... options) throws IOException {
    return RealServer.start(place -> command(place.portText(), options));
  }

  static List<String> command(String port, String... options) {
    var command =
        new ArrayList<>(
            List.of("redis-server", "--port", port, "--bind", "127.0.0.1", "--save", ""));
    command.addAll(List.of("--appendonly", "no"));
    command.addAll(List.of(options));
    return command;
  }

  public static RedisOptions options(RealServer server) {
    return RedisOptions.parse("redis://127.0.0.1:" + server.port());
  }

  /// The same server through a bad network.
  static Endpoint endpoint(FaultProxy proxy) {
    return new Endpoint.Host("127.0.0.1", proxy.address().getPort(), null);
  }
}
