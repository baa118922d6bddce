// SPDX-License-Identifier: Apache-2.0
import static java.time.Duration.ofSeconds;

import module tulip.core;
import module tulip.net.testing;
import module tulip.redis;

/// A tour of Redis: `RedisTour.java [--url redis://...]`.
///
/// Without a URL it starts a `redis-server` of its own.
void main(String[] arguments) throws Exception {
  if (arguments.length == 2 && arguments[0].equals("--url")) {
    Tulip.run(() -> tour(arguments[1]));
    return;
  }
  try (var server = RealServer.start(this::command)) {
    Tulip.run(() -> tour("redis://localhost:" + server.port()));
  }
}

List<String> command(RealServer.Place place) {
  return List.of("redis-server", "--port", place.portText(), "--save", "");
}

void tour(String url) throws Exception {
  try (var redis = Redis.open(url)) {
    redis.del("foo", "bar", "visits", "ann", "bob", "nothing");
    redis.set("foo", "spam");
    IO.println(waitForEachCommand(redis));
    IO.println(pipelined(redis));
    count(redis);
    transfer(redis);
    listen(redis);
  }
}

/// No pipelining: the second command leaves when the first one is answered.
List<Object> waitForEachCommand(Redis redis) throws IOException {
  var foo = redis.get("foo");
  var bar = redis.incr("bar");
  return List.of(foo, bar);
}

/// Both commands leave in one write, and their replies are gathered.
List<Object> pipelined(Redis redis) throws IOException {
  try (var group = TaskGroup.open()) {
    var foo = group.start(() -> redis.get("foo"));
    var bar = group.start(() -> redis.incr("bar"));
    return List.of(foo.await(), bar.await());
  }
}

/// What a hundred tasks ask at once leaves in one write too.
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
        if (balance >= 30) then.add(c -> c.decrby("ann", 30)).add(c -> c.incrby("bob", 30));
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
