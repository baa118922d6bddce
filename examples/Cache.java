// SPDX-License-Identifier: Apache-2.0
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import module tulip.core;
import module tulip.memcached;
import module tulip.net.testing;

/// Puts a slow computation behind memcached: `Cache.java [HOST PORT]`.
///
/// Without an address it starts a memcached of its own.
void main(String[] arguments) throws Exception {
  if (arguments.length == 2) {
    Tulip.run(() -> show(arguments[0], Integer.parseInt(arguments[1])));
    return;
  }
  try (var server =
      RealServer.start(
          place -> List.of("memcached", "-u", "root", "-l", "127.0.0.1", "-p", place.portText()))) {
    Tulip.run(() -> show("127.0.0.1", server.port()));
  }
}

void show(String host, int port) throws Exception {
  try (var memcached = Memcached.open(host, port)) {
    memcached.delete("answer");
    var answers = Tulip.gather(List.of("one", "two", "three"), name -> answer(memcached, name));
    IO.println(answers);
    memcached.set("visits", "41", ofMinutes(1));
    IO.println("visit " + memcached.incr("visits", 1).getAsLong());
    IO.println(memcached.getMulti(List.of("answer", "visits", "nothing")));
  }
}

/// The answer from the cache, computed by one of all that ask while it is not there.
String answer(Memcached<String> memcached, String name) throws IOException {
  while (true) {
    var lease = memcached.lease("answer", ofSeconds(10), ofSeconds(0));
    if (lease.won()) {
      IO.println(name + " computes");
      Tulip.sleep(Duration.ofMillis(100));
      memcached.cas("answer", "42", lease.cas(), ofMinutes(1));
      return "42";
    }
    if (lease.value() != null) {
      return lease.value();
    }
    Tulip.sleep(Duration.ofMillis(20));
  }
}
