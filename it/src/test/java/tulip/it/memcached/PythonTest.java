// SPDX-License-Identifier: Apache-2.0
package tulip.it.memcached;

import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import tulip.core.Tulip;
import tulip.memcached.Memcached;
import tulip.memcached.MemcachedOptions;
import tulip.memcached.ValueCodec;
import tulip.net.testing.RealProcess;
import tulip.net.testing.RealServer;
import tulip.testing.TulipTest;

/// What Python's clients store ours reads, and the other way round: the flags and the servers of
/// the keys included.
@TulipTest(clock = TulipTest.Clock.REAL)
class PythonTest {
  private static final ValueCodec<String> TEXT = ValueCodec.text(16).compressed(400, 1 << 20);

  private static final String READ_AND_WRITE =
      """
      import sys
      from pymemcache.client.base import Client
      from pymemcache import serde
      c = Client(('127.0.0.1', int(sys.argv[1])), serde=serde.pickle_serde)
      assert c.get('ours') == 'from Tulip: gr\u00fc\u00dfe', c.get('ours')
      assert c.gets('ours')[1] is not None
      assert c.get('counter') == b'41', c.get('counter')
      assert c.incr('counter', 1) == 42
      c.set('theirs', 'from Python: gr\u00fc\u00dfe', expire=60)
      """;

  private static final String SPREAD =
      """
      import sys, pylibmc
      c = pylibmc.Client(['127.0.0.1:' + p for p in sys.argv[1:]],
                         behaviors={'ketama_weighted': True})
      for i in range(500):
          assert c.get('ours-%d' % i) == 'o%d' % i, (i, c.get('ours-%d' % i))
          c.set('theirs-%d' % i, 't%d' % i)
      assert c.get('ours-large') == 'large ' * 1000, c.get('ours-large')
      c.set('theirs-large', 'large ' * 1000, min_compress_len=400)
      """;

  private static final List<RealServer> servers = new ArrayList<>();

  @BeforeAll
  static void start() throws IOException {
    for (int i = 0; i < 3; i++) servers.add(Peer.start());
  }

  @AfterAll
  static void stop() {
    servers.forEach(RealServer::close);
  }

  private static void python(RealServer at, String program, List<String> arguments)
      throws IOException {
    var command = new ArrayList<>(List.of("/usr/bin/python3", "-c", program));
    command.addAll(arguments);
    RealProcess.run(at.folder(), ofSeconds(30), command.toArray(String[]::new));
  }

  @TulipTest
  void pymemcacheAndWeReadEachOther() throws Exception {
    var server = servers.getFirst();
    try (var memcached = Peer.client(server.address()).withValues(TEXT)) {
      memcached.set("ours", "from Tulip: gr\u00fc\u00dfe");
      memcached.withValues(ValueCodec.text()).set("counter", "41");
      Tulip.blocking(
          () -> python(server, READ_AND_WRITE, List.of(Integer.toString(server.port()))));
      assertEquals("from Python: gr\u00fc\u00dfe", memcached.get("theirs"));
      assertEquals("42", memcached.get("counter"));
    }
  }

  @TulipTest
  void pylibmcAndWeFindEachKeyOnTheSameServer() throws Exception {
    var endpoints = servers.stream().map(server -> Peer.endpoint(server.address())).toList();
    try (var memcached = Memcached.open(endpoints, MemcachedOptions.DEFAULT).withValues(TEXT)) {
      memcached.flushAll();
      for (int i = 0; i < 500; i++) memcached.set("ours-" + i, "o" + i);
      memcached.set("ours-large", "large ".repeat(1000));
      var ports = servers.stream().map(server -> Integer.toString(server.port())).toList();
      Tulip.blocking(() -> python(servers.getFirst(), SPREAD, ports));
      var keys = IntStream.range(0, 500).mapToObj(i -> "theirs-" + i).toList();
      assertEquals(500, memcached.getMulti(keys).size());
      assertEquals("t42", memcached.get("theirs-42"));
      assertEquals("large ".repeat(1000), memcached.get("theirs-large"));
      for (var statistics : memcached.stats().values()) {
        int items = Integer.parseInt(statistics.getOrDefault("curr_items", "0"));
        assertTrue(items > 100, items + " of 1002 items");
      }
    }
  }
}
