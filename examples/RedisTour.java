// SPDX-License-Identifier: Apache-2.0
import static java.time.Duration.ofSeconds;

import module tulip.core;
import module tulip.net.testing;
import module tulip.redis;

/// A tour of Redis, on a server of its own: needs `redis-server`.
void main() throws Exception {
  try (var server = RealServer.start(this::command)) {
    Tulip.run(() -> {
      try (var redis = Redis.open("redis://localhost:" + server.port())) {
        count(redis);
        transfer(redis);
        listen(redis);
      }
    });
  }
}

List<String> command(RealServer.Place place) {
  return List.of("redis-server", "--port", place.portText(), "--save", "");
}

/// What a hundred tasks ask at once leaves in one write.
void count(Redis redis) throws IOException {
  var visits = IntStream.range(0, 100).boxed().toList();
  Tulip.gather(visits, visit -> redis.hincrby("visits", "page " + visit % 3, 1));
  IO.println(redis.hgetall("visits"));
}

/// Runs again if somebody else has changed what it has read.
void transfer(Redis redis) throws IOException {
  redis.mset(Map.of("ann", 100, "bob", 0));
  redis.watch(
      List.of("ann"),
      (now, then) -> {
        int balance = Integer.parseInt(now.get("ann"));
        if (balance >= 30) then.call("DECRBY", "ann", 30).call("INCRBY", "bob", 30);
      });
  IO.println(redis.mget("ann", "bob"));
}

void listen(Redis redis) throws IOException {
  try (var news = redis.subscribe("news")) {
    redis.publish("news", "a blackbird has sung");
    switch (news.receive()) {
      case PubSubEvent.Message message -> IO.println(message.channel() + ": " + message.text());
      case PubSubEvent.Gap gap -> IO.println("missed something: " + gap.why());
    }
  }
  IO.println(redis.blpop(ofSeconds(1), "nothing"));
}
