// SPDX-License-Identifier: Apache-2.0
package tulip.bench.keyvalue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import net.spy.memcached.MemcachedClient;

/// spymemcached: one connection, virtual threads.
record Spymemcached() implements Peer {
  @Override
  public void measure(int port, Measurement measurement) throws Exception {
    System.setProperty("net.spy.log.LoggerImpl", "net.spy.memcached.compat.log.SunLogger");
    var client = new MemcachedClient(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    try {
      for (var key : MemcachedKeys.MANY) {
        client.set(key, 0, Operations.VALUE).get();
      }
      client.set(Operations.KEY, 0, Operations.VALUE).get();
      measurement.run(new Work(client));
    } finally {
      client.shutdown();
    }
  }

  private record Work(MemcachedClient client) implements Operations {
    @Override
    public void gets(int count) throws Exception {
      Threads.gets(
          count,
          () -> {
            Checks.value(client.get(KEY));
            return null;
          });
    }

    @Override
    public void batches(int count) {
      for (int i = 0; i < count / WIDTH; i++) {
        Checks.size(client.getBulk(MemcachedKeys.MANY).size());
      }
    }
  }
}
