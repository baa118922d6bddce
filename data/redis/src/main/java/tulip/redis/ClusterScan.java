// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/// The keys of all masters, master after master.
record ClusterScan(RedisCluster cluster, List<ScanOption> options) implements Iterable<String> {
  @Override
  public Iterator<String> iterator() {
    try {
      return new Keys(cluster.masters().iterator());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private final class Keys implements Iterator<String> {
    private final Iterator<RedisCommands> masters;
    private Iterator<String> keys = Collections.emptyIterator();

    Keys(Iterator<RedisCommands> masters) {
      this.masters = masters;
    }

    @Override
    public boolean hasNext() {
      while (!keys.hasNext() && masters.hasNext()) {
        keys = masters.next().scan(options.toArray(ScanOption[]::new)).iterator();
      }
      return keys.hasNext();
    }

    @Override
    public String next() {
      if (!hasNext()) {
        throw new NoSuchElementException("the scan is at its end");
      }
      return keys.next();
    }
  }
}
