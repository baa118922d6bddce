// SPDX-License-Identifier: Apache-2.0
package tulip.memcached.protocol;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tulip.memcached.protocol.Ketama.Server;

class KetamaTest {
  private static Ketama ring(int... weights) {
    var servers = new ArrayList<Server>();
    for (int weight : weights) {
      servers.add(new Server("127.0.0.1:" + (21001 + servers.size()), weight));
    }
    return new Ketama(servers, KeyEncoding.TEXT);
  }

  private static String servers(Ketama ring, int keys) {
    return IntStream.range(0, keys)
        .mapToObj(i -> Integer.toString(ring.indexOf("key-" + i)))
        .collect(joining());
  }

  /// Where pylibmc 1.6.3 over libmemcached 1.0.18 has put `key-0` to `key-59` with its behaviour
  /// `ketama_weighted`, on servers at 127.0.0.1:21001 to 21003.
  @Test
  void keysAreWhereLibmemcachedPutsThem() {
    assertEquals(
        "221112012222222100011021211222220111201021111222011102122210", servers(ring(1, 1, 1), 60));
  }

  /// The same with the weights 1, 2 and 3.
  @Test
  void weightsAreThoseOfLibmemcached() {
    assertEquals(
        "221112212222222122011021211222221111201021111222211102122212", servers(ring(1, 2, 3), 60));
  }

  @Test
  void onlyTheKeysOfAServerThatGoesMove() {
    var before = servers(ring(1, 1, 1), 1000);
    var after = servers(ring(1, 1), 1000);
    int moved = 0;
    for (int i = 0; i < 1000; i++) {
      if (before.charAt(i) == '2') {
        moved++;
      } else {
        assertEquals(before.charAt(i), after.charAt(i), "key-" + i);
      }
    }
    assertTrue(moved > 200 && moved < 500, moved + " of 1000 keys moved");
  }

  @Test
  void aRingNeedsServersWithWeights() {
    assertThrows(IllegalArgumentException.class, () -> new Ketama(List.of(), KeyEncoding.TEXT));
    assertThrows(IllegalArgumentException.class, () -> new Server("here", 0));
  }
}
