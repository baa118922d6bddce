// SPDX-License-Identifier: Apache-2.0
package tulip.bench.keyvalue;

import java.io.IOException;
import java.util.List;
import tulip.bench.Machine;
import tulip.bench.Run;

/// Clients of memcached.
public final class MemcachedSuite extends KeyValueSuite {
  /// Nothing has been measured yet.
  public MemcachedSuite() {}

  @Override
  public String name() {
    return "memcached";
  }

  @Override
  List<String> server(String port) {
    return List.of("memcached", "-l", "127.0.0.1", "-p", port, "-U", "0", "-t", "1", "-u", "root");
  }

  @Override
  List<String> javaPeers() {
    return List.of(
        "memcached-tulip", "memcached-baton", "memcached-xmemcached", "memcached-spymemcached");
  }

  @Override
  List<String> pythonModules() {
    return List.of("pymemcache");
  }

  @Override
  String report(Run run) throws IOException {
    var tables = new KeyValueTables(figures);
    return """
    # memcached: beside XMemcached, spymemcached and pymemcache

    %s
    - Load average: %.1f after. The client is a process on the first processor, a Java one with its
      compiler and collector; memcached has the second, with one thread. Medians of three rounds,
      after twice as long to warm up.
    - tulip: a hundred tasks that call `memcached.get` again and again, on the client's one
      connection; baton: the other engine. xmemcached, spymemcached: a hundred virtual threads on
      one connection. pymemcache: one command after the other. In batches: a hundred keys at once.
    %s
    In brackets: how many times what tulip takes.

    ## Microseconds of the client's processor time for a get

    Target: 1.2 from a hundred tasks.

    %s
    ## Thousands of gets a second

    %s
    """
        .formatted(
            run.origin(),
            Machine.load(),
            Run.leftOut(skipped),
            tables.processorTime(),
            tables.rates());
  }
}
