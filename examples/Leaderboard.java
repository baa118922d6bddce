// SPDX-License-Identifier: Apache-2.0
import module tulip.core;
import module tulip.net.testing;
import module tulip.redis;

/// The best of a game, in a sorted set: `Leaderboard.java [--url redis://...]`.
///
/// Without a URL it starts a `redis-server` of its own.
void main(String[] arguments) throws Exception {
  if (arguments.length == 2 && arguments[0].equals("--url")) {
    Tulip.run(() -> play(arguments[1]));
    return;
  }
  try (var server =
      RealServer.start(
          place -> List.of("redis-server", "--port", place.portText(), "--save", ""))) {
    Tulip.run(() -> play("redis://localhost:" + server.port()));
  }
}

/// A player, the best score and the place, from 1.
record Standing(String player, double best, long place) {}

void play(String url) throws Exception {
  try (var redis = Redis.open(url)) {
    redis.del("best", "games");
    var players = List.of("ada", "bjarne", "guido", "james");
    Tulip.gather(players, player -> playRounds(redis, player));
    for (var scored : redis.zrevrangeWithScores("best", 0, 2)) {
      IO.println("%-6s %4.0f".formatted(scored.member(), scored.score()));
    }
    IO.println(standing(redis, "bjarne"));
    IO.println(redis.get("games") + " games");
  }
}

/// Three games; only a better score counts. Both commands of a game leave together.
Void playRounds(Redis redis, String player) throws IOException {
  for (int round = 1; round <= 3; round++) {
    double score = player.length() * 100 + player.charAt(0) * round % 7;
    var game = new Batch();
    game.add(c -> c.zadd("best", Map.of(player, score), ZaddOption.GT));
    game.add(c -> c.incr("games"));
    redis.pipeline(game);
  }
  return null;
}

/// Everything about a player at one moment.
Standing standing(Redis redis, String player) throws IOException {
  var moment = new Batch();
  var best = moment.queue(c -> c.zscore("best", player));
  var rank = moment.queue(c -> c.zrevrank("best", player));
  redis.multi(moment);
  return new Standing(player, best.result(), rank.result() + 1);
}
