// SPDX-License-Identifier: Apache-2.0
package tulip.http.session.memcached;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;
import tulip.http.session.ValueStore;
import tulip.memcached.Memcached;

/// memcached, as sessions see it.
///
/// @param prefix how all keys begin
record MemcachedValues(Memcached<Bytes> memcached, String prefix) implements ValueStore {
  @Override
  public @Nullable Bytes get(String name) throws IOException {
    return memcached.get(prefix + name);
  }

  @Override
  public void put(String name, Bytes value, Duration life) throws IOException {
    memcached.set(prefix + name, value, life);
  }

  @Override
  public void remove(String name) throws IOException {
    memcached.delete(prefix + name);
  }

  @Override
  public String toString() {
    return memcached.toString();
  }
}
