// SPDX-License-Identifier: Apache-2.0
package tulip.bench.keyvalue;

import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;

/// Jedis: a connection for each virtual thread, and a pipeline.
record JedisRedis() implements Peer {
  @Override
  public void measure(int port, Measurement measurement) throws Exception {
    var config = new ConnectionPoolConfig();
    config.setMaxTotal(Operations.WIDTH);
    config.setMaxIdle(Operations.WIDTH);
    try (var jedis =
        RedisClient.builder().hostAndPort("127.0.0.1", port).poolConfig(config).build()) {
      jedis.set(Operations.KEY, Operations.VALUE);
      measurement.run(new Work(jedis));
    }
  }

  private record Work(RedisClient jedis) implements Operations {
    @Override
    public void gets(int count) throws Exception {
      Threads.gets(
          count,
          () -> {
            Checks.value(jedis.get(KEY));
            return null;
          });
    }

    @Override
    public void batches(int count) {
      try (var pipeline = jedis.pipelined()) {
        for (int i = 0; i < count / WIDTH; i++) {
          Response<String> last = pipeline.get(KEY);
          for (int command = 1; command < WIDTH; command++) {
            last = pipeline.get(KEY);
          }
          pipeline.sync();
          Checks.value(last.get());
        }
      }
    }
  }
}
