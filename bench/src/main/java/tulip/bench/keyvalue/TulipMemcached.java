// SPDX-License-Identifier: Apache-2.0
package tulip.bench.keyvalue;

import java.util.Collection;
import tulip.core.LoopOptions;
import tulip.core.LoopOptions.Engine;
import tulip.core.Runner;
import tulip.core.TaskGroup;
import tulip.memcached.Memcached;

/// Ours: straight-line code in tasks that share a client.
record TulipMemcached(Engine engine) implements Peer {
  @Override
  public void measure(int port, Measurement measurement) throws Exception {
    try (var runner = Runner.open(LoopOptions.DEFAULT.withEngine(engine))) {
      runner.run(() -> {
        try (var memcached = Memcached.open("127.0.0.1", port)) {
          for (var key : MemcachedKeys.MANY) {
            memcached.set(key, Operations.VALUE);
          }
          memcached.set(Operations.KEY, Operations.VALUE);
          measurement.run(new Work(memcached, MemcachedKeys.MANY));
        }
      });
    }
  }

  private record Work(Memcached<String> memcached, Collection<String> keys) implements Operations {
    @Override
    public void gets(int count) throws Exception {
      try (var group = TaskGroup.open()) {
        for (int task = 0; task < WIDTH; task++) {
          group.start(() -> {
            for (int i = 0; i < count / WIDTH; i++) {
              Checks.value(memcached.get(KEY));
            }
          });
        }
        group.join();
      }
    }

    @Override
    public void batches(int count) throws Exception {
      for (int i = 0; i < count / WIDTH; i++) {
        Checks.size(memcached.getMulti(keys).size());
      }
    }
  }
}
