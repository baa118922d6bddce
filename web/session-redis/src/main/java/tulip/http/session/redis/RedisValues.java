// SPDX-License-Identifier: Apache-2.0
package tulip.http.session.redis;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;
import tulip.http.session.ValueStore;
import tulip.redis.recipes.RedisStore;

/// Redis, as sessions see it.
record RedisValues(RedisStore<Bytes> store) implements ValueStore {
  private static final Duration SHORTEST = Duration.ofMillis(1);

  @Override
  public @Nullable Bytes get(String name) throws IOException {
    return store.get(name);
  }

  @Override
  public void put(String name, Bytes value, Duration life) throws IOException {
    store.put(name, value, life.compareTo(SHORTEST) < 0 ? SHORTEST : life);
  }

  @Override
  public void remove(String name) throws IOException {
    store.remove(name);
  }

  @Override
  public String toString() {
    return "Redis";
  }
}
