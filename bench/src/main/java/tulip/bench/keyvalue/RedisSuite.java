// SPDX-License-Identifier: Apache-2.0
package tulip.bench.keyvalue;

import java.io.IOException;
import java.util.List;
import tulip.bench.Machine;
import tulip.bench.Run;

/// Clients of Redis.
public final class RedisSuite extends KeyValueSuite {
  /// Nothing has been measured yet.
  public RedisSuite() {}

  @Override
  public String name() {
    return "redis";
  }

  @Override
  List<String> server(String port) {
    return List.of("redis-server", "--port", port, "--save", "", "--appendonly", "no");
  }

  @Override
  List<String> javaPeers() {
    return List.of("tulip", "tulip-typed", "baton", "vertx", "lettuce", "jedis");
  }

  @Override
  List<String> pythonModules() {
    return List.of("redis", "aioredis");
  }

  @Override
  String report(Run run) throws IOException {
    var tables = new KeyValueTables(figures);
    return """
    # Redis: beside Vert.x, Lettuce, Jedis and Python's clients

    %s
    - Load average: %.1f after. The client is a process on the first processor, a Java one with its
      compiler and collector; redis-server has the second. Medians of three rounds, after twice as
      long to warm up.
    - tulip: a hundred tasks that call `redis.get` again and again, on the client's one connection;
      tulip-typed: the same with batches of `batch.queue(c -> c.get(key))`; baton: the other engine.
      vertx: a hundred chains of futures on one connection; lettuce: a hundred virtual threads on
      one connection, and flushing by hand; jedis: a hundred virtual threads with a connection each,
      and its pipeline. redis: redis-py, one command after the other, and its pipeline; aioredis: a
      hundred tasks, and its pipeline. redis-benchmark: C, a hundred connections, and `-P 100` on
      one.
    %s
    In brackets: how many times what tulip takes.

    ## Microseconds of the client's processor time for a GET

    Target: 1.2 and less than every other from a hundred tasks, 0.45 in batches.

    %s
    ## Thousands of GETs a second

    %s
    ## Memory

    %s
    """
        .formatted(
            run.origin(),
            Machine.load(),
            Run.leftOut(skipped),
            tables.processorTime(),
            tables.rates(),
            tables.memory());
  }
}
