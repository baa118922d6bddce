// SPDX-License-Identifier: Apache-2.0
package tulip.bench.keyvalue;

import static java.time.Duration.ofSeconds;

import tulip.core.Action;
import tulip.core.LoopOptions;
import tulip.core.LoopOptions.Engine;
import tulip.core.Runner;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.redis.Batch;
import tulip.redis.Redis;

/// Ours: straight-line code in tasks that share a client.
record TulipRedis(Engine engine, boolean typed) implements Peer {
  @Override
  public void measure(int port, Measurement measurement) throws Exception {
    try (var runner = Runner.open(LoopOptions.DEFAULT.withEngine(engine))) {
      runner.run(() -> {
        try (var redis = Redis.open("redis://127.0.0.1:" + port)) {
          redis.set(Operations.KEY, Operations.VALUE);
          measurement.run(new Work(redis, typed));
        }
      });
    }
  }

  @Override
  public boolean holds() {
    return !typed;
  }

  private record Work(Redis redis, boolean typed) implements Operations {
    @Override
    public void gets(int count) throws Exception {
      try (var group = TaskGroup.open()) {
        for (int task = 0; task < WIDTH; task++) {
          group.start(() -> {
            for (int i = 0; i < count / WIDTH; i++) {
              Checks.value(redis.get(KEY));
            }
          });
        }
        group.join();
      }
    }

    @Override
    public void batches(int count) throws Exception {
      for (int i = 0; i < count / WIDTH; i++) {
        var batch = new Batch();
        for (int command = 0; command < WIDTH; command++) {
          if (typed) {
            batch.queue(c -> c.get(KEY));
          } else {
            batch.call("GET", KEY);
          }
        }
        Checks.size(redis.pipeline(batch).size());
        Tulip.yield();
      }
    }

    @Override
    public void held(int count, Action<Exception> look) throws Exception {
      try (var group = TaskGroup.open()) {
        for (int task = 0; task < count; task++) {
          group.start(() -> Checks.value(redis.get(KEY)));
        }
        Tulip.sleep(ofSeconds(1));
        look.run();
        group.join();
      }
    }
  }
}
