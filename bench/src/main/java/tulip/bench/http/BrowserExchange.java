// SPDX-License-Identifier: Apache-2.0
package tulip.bench.http;

import org.openjdk.jmh.annotations.Benchmark;
import tulip.http.protocol.ProtocolException;

/// Receives a request of a browser and sends a response of JSON.
public class BrowserExchange {
  @Benchmark
  public int tulip(TulipServer server) throws ProtocolException {
    return System.identityHashCode(server.request(Messages.BROWSER)) + server.response();
  }

  @Benchmark
  public int netty(NettyServer server) {
    return System.identityHashCode(server.request(Messages.BROWSER)) + server.response();
  }
}
