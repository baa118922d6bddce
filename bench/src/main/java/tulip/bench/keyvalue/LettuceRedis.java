// SPDX-License-Identifier: Apache-2.0
package tulip.bench.keyvalue;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.StatefulRedisConnection;
import java.util.ArrayList;
import tulip.core.Action;

/// Lettuce: one connection, virtual threads, and batches by hand.
record LettuceRedis() implements Peer {
  @Override
  public void measure(int port, Measurement measurement) throws Exception {
    var client = RedisClient.create("redis://127.0.0.1:" + port);
    try (var connection = client.connect()) {
      connection.sync().set(Operations.KEY, Operations.VALUE);
      measurement.run(new Work(connection));
    } finally {
      client.shutdown();
    }
  }

  @Override
  public boolean holds() {
    return true;
  }

  private record Work(StatefulRedisConnection<String, String> connection) implements Operations {
    @Override
    public void gets(int count) throws Exception {
      var commands = connection.sync();
      Threads.gets(
          count,
          () -> {
            Checks.value(commands.get(KEY));
            return null;
          });
    }

    @Override
    public void batches(int count) throws Exception {
      connection.setAutoFlushCommands(false);
      var commands = connection.async();
      for (int i = 0; i < count / WIDTH; i++) {
        var futures = new ArrayList<RedisFuture<String>>();
        for (int command = 0; command < WIDTH; command++) {
          futures.add(commands.get(KEY));
        }
        connection.flushCommands();
        for (var future : futures) {
          Checks.value(future.get());
        }
      }
      connection.setAutoFlushCommands(true);
    }

    @Override
    public void held(int count, Action<Exception> look) throws Exception {
      var commands = connection.sync();
      var threads = new ArrayList<Thread>();
      for (int task = 0; task < count; task++) {
        threads.add(Thread.startVirtualThread(() -> Checks.value(commands.get(KEY))));
      }
      Thread.sleep(1000);
      look.run();
      for (var thread : threads) {
        thread.join();
      }
    }
  }
}
