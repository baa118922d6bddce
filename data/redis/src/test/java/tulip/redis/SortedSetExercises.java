// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tulip.redis.Exercise.present;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Sorted sets, and places, which are kept in such.
final class SortedSetExercises {
  private SortedSetExercises() {}

  static void sortedSets(RedisCommands redis) throws IOException {
    assertTrue(redis.zadd("z", 1.5, "a"));
    assertEquals(2, redis.zadd("z", Map.of("b", 2.0, "c", Double.POSITIVE_INFINITY)));
    assertEquals(2.5, redis.zincrby("z", 1, "a"));
    assertEquals(Double.POSITIVE_INFINITY, redis.zscore("z", "c"));
    assertNull(redis.zscore("z", "none"));
    assertEquals(3, redis.zcard("z"));
    assertEquals(2, redis.zcount("z", 2, 10));
    assertEquals(1L, redis.zrank("z", "a"));
    assertEquals(0L, redis.zrevrank("z", "c"));
    assertEquals(List.of("b", "a", "c"), redis.zrange("z", 0, -1));
    assertEquals(List.of("c", "a"), redis.zrevrange("z", 0, 1));
    assertEquals(
        List.of(new Scored("b", 2), new Scored("a", 2.5)), redis.zrangeWithScores("z", 0, 1));
    assertEquals(List.of("b", "a"), redis.zrangebyscore("z", Double.NEGATIVE_INFINITY, 2.5));
    assertEquals(new Scored("b", 2), redis.zpopmin("z"));
    assertEquals("c", present(redis.zpopmax("z")).member());
    assertNull(redis.zpopmin("none"));
    assertEquals(1, redis.zrem("z", "a"));
    redis.zadd("y", Map.of("a", 1.0, "b", 2.0, "c", 3.0));
    assertEquals(1, redis.zremrangebyrank("y", 0, 0));
    assertEquals(2, redis.zremrangebyscore("y", 2, 3));
    var scores = Map.of("a", 1.0, "b", 5.0);
    redis.zadd("o", Map.of("a", 2.0));
    assertEquals(1, redis.zadd("o", scores, ZaddOption.GT, ZaddOption.CH));
    assertEquals(Arrays.asList(2.0, 5.0, null), redis.zmscore("o", "a", "b", "none"));
    assertEquals(3.0, redis.zaddIncr("o", 1, "a"));
    assertNull(redis.zaddIncr("o", 1, "a", ZaddOption.NX));
    redis.zrem("o", "b");
    assertEquals("a", redis.zrandmember("o"));
    assertEquals(List.of(new Scored("a", 3)), redis.zrandmember("o", 5));
    assertEquals(List.of(), redis.zrandmember("none", 5));
  }

  static void ranges(RedisCommands redis) throws IOException {
    redis.zadd("z", Map.of("a", 1.0, "b", 2.0, "c", 3.0));
    assertEquals(List.of("b"), redis.zrangebyscore("z", 1, 3, 1, 1));
    assertEquals(
        List.of(new Scored("b", 2), new Scored("c", 3)),
        redis.zrangebyscoreWithScores("z", 1.5, 3));
    assertEquals(List.of("c", "b"), redis.zrevrangebyscore("z", 3, 2));
    assertEquals(List.of(new Scored("c", 3)), redis.zrevrangeWithScores("z", 0, 0));
    assertEquals(2, redis.zrangestore("top", "z", 1, 2));
    redis.zadd("l", Map.of("a", 0.0, "b", 0.0, "c", 0.0));
    assertEquals(List.of("b", "c"), redis.zrangebylex("l", "(a", "+"));
    assertEquals(2, redis.zlexcount("l", "-", "[b"));
    assertEquals(2, redis.zremrangebylex("l", "-", "[b"));
  }

  static void pops(RedisCommands redis) throws IOException {
    redis.zadd("z", Map.of("a", 1.0, "b", 2.0, "c", 3.0, "d", 4.0, "e", 5.0, "f", 6.0));
    assertEquals(List.of(new Scored("a", 1)), redis.zpopmin("z", 1));
    assertEquals(List.of(new Scored("f", 6)), redis.zpopmax("z", 1));
    assertEquals(popped("b", 2), redis.bzpopmin(ofSeconds(5), "none", "z"));
    assertEquals(popped("e", 5), redis.bzpopmax(ofSeconds(5), "none", "z"));
    assertEquals(popped("c", 3), redis.zmpop(ScoreEnd.MIN, 1, "none", "z"));
    assertEquals(popped("d", 4), redis.bzmpop(ofSeconds(5), ScoreEnd.MAX, 9, "none", "z"));
    assertNull(redis.bzpopmin(ofMillis(10), "z"));
    assertNull(redis.bzmpop(ofMillis(10), ScoreEnd.MIN, 1, "z"));
    assertNull(redis.zmpop(ScoreEnd.MIN, 1, "z"));
    assertEquals(List.of(), redis.zpopmin("z", 1));
  }

  private static ScoredPopped popped(String member, double score) {
    return new ScoredPopped("z", List.of(new Scored(member, score)));
  }

  static void algebra(RedisCommands redis) throws IOException {
    redis.zadd("x", Map.of("a", 1.0, "b", 2.0));
    redis.zadd("y", Map.of("b", 10.0, "c", 20.0));
    assertEquals(
        List.of(new Scored("a", 1), new Scored("b", 12), new Scored("c", 20)),
        redis.zunion("x", "y"));
    assertEquals(List.of(new Scored("b", 12)), redis.zinter("x", "y"));
    assertEquals(List.of(new Scored("a", 1)), redis.zdiff("x", "y"));
    assertEquals(1, redis.zintercard(0, "x", "y"));
    assertEquals(3, redis.zunionstore("u", "x", "y"));
    assertEquals(1, redis.zinterstore("i", "x", "y"));
    assertEquals(1, redis.zdiffstore("d", "x", "y"));
    var weights = Map.of("x", 100.0, "y", 1.0);
    assertEquals(3, redis.zunionstore("u", ScoreAggregate.MAX, weights));
    assertEquals(200.0, redis.zscore("u", "b"));
    assertEquals(1, redis.zinterstore("i", ScoreAggregate.MIN, weights));
    assertEquals(10.0, redis.zscore("i", "b"));
  }

  static void geo(RedisCommands redis) throws IOException {
    assertTrue(redis.geoadd("g", 13.361389, 38.115556, "Palermo"));
    assertEquals(1, redis.geoadd("g", Map.of("Catania", new GeoPoint(15.087269, 37.502669))));
    assertEquals(166_274, present(redis.geodist("g", "Palermo", "Catania")), 1);
    assertNull(redis.geodist("g", "Palermo", "none"));
    assertEquals(Arrays.asList("sqc8b49rny0", null), redis.geohash("g", "Palermo", "none"));
    var places = redis.geopos("g", "Palermo", "none");
    assertEquals(13.361389, present(places.get(0)).longitude(), 0.0001);
    assertNull(places.get(1));
    var near = GeoSearch.around("Palermo", 1000);
    assertEquals(List.of("Palermo"), redis.geosearch("g", near));
    var middle = new GeoPoint(15, 37);
    var hits = redis.geosearchWithDist("g", GeoSearch.around(middle, 200_000).nearestFirst());
    assertEquals(List.of("Catania", "Palermo"), hits.stream().map(GeoHit::member).toList());
    assertEquals(56_441, hits.getFirst().distance(), 1);
    assertEquals(37.502669, hits.getFirst().place().latitude(), 0.0001);
    var box = GeoSearch.box(middle, 400_000, 400_000).farthestFirst().count(1);
    assertEquals(List.of("Palermo"), redis.geosearch("g", box));
    assertEquals(1, redis.geosearchstore("s", "g", GeoSearch.box("Catania", 1000, 1000)));
  }
}
