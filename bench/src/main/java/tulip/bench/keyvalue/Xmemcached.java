// SPDX-License-Identifier: Apache-2.0
package tulip.bench.keyvalue;

import net.rubyeye.xmemcached.MemcachedClient;
import net.rubyeye.xmemcached.XMemcachedClient;

/// XMemcached: one connection, virtual threads.
record Xmemcached() implements Peer {
  @Override
  public void measure(int port, Measurement measurement) throws Exception {
    var client = new XMemcachedClient("127.0.0.1", port);
    try {
      for (var key : MemcachedKeys.MANY) {
        client.set(key, 0, Operations.VALUE);
      }
      client.set(Operations.KEY, 0, Operations.VALUE);
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
    public void batches(int count) throws Exception {
      for (int i = 0; i < count / WIDTH; i++) {
        Checks.size(client.get(MemcachedKeys.MANY).size());
      }
    }
  }
}
