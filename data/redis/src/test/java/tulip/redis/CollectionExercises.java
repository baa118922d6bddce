// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tulip.bytes.Bytes;

/// Hashes, lists and sets.
final class CollectionExercises {
  private CollectionExercises() {}

  static void hashes(RedisCommands redis) throws IOException {
    assertTrue(redis.hset("h", "a", 1));
    assertEquals(2, redis.hset("h", Map.of("a", 2, "b", "x", "c", 1.5)));
    assertFalse(redis.hsetnx("h", "a", 3));
    assertEquals("2", redis.hget("h", "a"));
    assertNull(redis.hget("h", "none"));
    assertEquals(Bytes.ofAscii("x"), redis.hgetBytes("h", "b"));
    assertEquals(Arrays.asList("2", null), redis.hmget("h", "a", "none"));
    assertEquals(Map.of("a", "2", "b", "x", "c", "1.5"), redis.hgetall("h"));
    assertEquals(Map.of(), redis.hgetall("none"));
    assertTrue(redis.hexists("h", "a"));
    assertEquals(5, redis.hincrby("h", "a", 3));
    assertEquals(2.0, redis.hincrbyfloat("h", "c", 0.5));
    assertEquals(Set.of("a", "b", "c"), Set.copyOf(redis.hkeys("h")));
    assertEquals(Set.of("5", "x", "2"), Set.copyOf(redis.hvals("h")));
    assertEquals(3, redis.hlen("h"));
    assertEquals(1, redis.hstrlen("h", "b"));
    assertEquals(1, redis.hdel("h", "a", "none"));
    redis.hset("one", "f", "v");
    assertEquals("f", redis.hrandfield("one"));
    assertEquals(List.of("f", "f"), redis.hrandfield("one", -2));
    assertEquals(Map.of("f", "v"), redis.hrandfieldWithValues("one", 5));
    assertNull(redis.hrandfield("none"));
  }

  static void lists(RedisCommands redis) throws IOException {
    assertEquals(0, redis.lpushx("l", "x"));
    assertEquals(2, redis.rpush("l", "b", "c"));
    assertEquals(3, redis.lpush("l", "a"));
    assertEquals(4, redis.rpushx("l", 4));
    assertEquals(List.of("a", "b", "c", "4"), redis.lrange("l", 0, -1));
    assertEquals(4, redis.llen("l"));
    assertEquals("c", redis.lindex("l", 2));
    redis.lset("l", 3, "d");
    assertEquals(5, redis.linsertBefore("l", "b", "b"));
    assertEquals(6, redis.linsertAfter("l", "d", "e"));
    assertEquals(2, redis.lrem("l", 0, "b"));
    assertEquals(1L, redis.lpos("l", "c"));
    assertNull(redis.lpos("l", "none"));
    assertEquals("a", redis.lpop("l"));
    assertEquals("e", redis.rpop("l"));
    assertEquals("d", redis.lmove("l", "m", ListEnd.RIGHT, ListEnd.LEFT));
    assertEquals(List.of("c"), redis.lpop("l", 5));
    assertEquals(List.of(), redis.rpop("l", 5));
    assertNull(redis.lpop("l"));
    redis.rpush("m", 1, 2, 3);
    redis.ltrim("m", 1, 2);
    assertEquals(new Popped("m", "1"), redis.blpop(ofSeconds(5), "l", "m"));
    assertEquals(new Popped("m", "2"), redis.brpop(ofSeconds(5), "m"));
    assertNull(redis.blpop(ofMillis(10), "l"));
    assertNull(redis.blmove("l", "m", ListEnd.LEFT, ListEnd.LEFT, ofMillis(10)));
    redis.rpush("p", "a", "b", "a", "c", "a");
    assertEquals(List.of(4L, 2L), redis.lpos("p", "a", -1, 2));
    assertEquals(
        new PoppedValues("p", List.of("a", "b")), redis.lmpop(ListEnd.LEFT, 2, "none", "p"));
    assertEquals(
        new PoppedValues("p", List.of("a", "c", "a")),
        redis.blmpop(ofSeconds(5), ListEnd.RIGHT, 9, "none", "p"));
    assertNull(redis.lmpop(ListEnd.LEFT, 2, "p"));
    assertNull(redis.blmpop(ofMillis(10), ListEnd.LEFT, 2, "p"));
  }

  static void sets(RedisCommands redis) throws IOException {
    assertEquals(3, redis.sadd("s", "a", "b", 3));
    assertEquals(1, redis.sadd("t", "a"));
    assertEquals(Set.of("a", "b", "3"), redis.smembers("s"));
    assertTrue(redis.sismember("s", "a"));
    assertEquals(List.of(true, false), redis.smismember("s", "a", "none"));
    assertEquals(3, redis.scard("s"));
    assertEquals(Set.of("a"), redis.sinter("s", "t"));
    assertEquals(Set.of("a", "b", "3"), redis.sunion("s", "t"));
    assertEquals(Set.of("b", "3"), redis.sdiff("s", "t"));
    assertTrue(redis.smove("s", "t", "b"));
    assertEquals(1, redis.srem("s", 3, "none"));
    assertEquals("a", redis.srandmember("s"));
    assertEquals("a", redis.spop("s"));
    assertNull(redis.spop("s"));
    redis.sadd("x", 1, 2, 3);
    redis.sadd("y", 2, 3, 4);
    assertEquals(2, redis.sinterstore("i", "x", "y"));
    assertEquals(4, redis.sunionstore("u", "x", "y"));
    assertEquals(1, redis.sdiffstore("d", "x", "y"));
    assertEquals(2, redis.sintercard(0, "x", "y"));
    assertEquals(1, redis.sintercard(1, "x", "y"));
    assertEquals(List.of("1", "1"), redis.srandmember("d", -2));
    assertEquals(Set.of("2", "3"), redis.spop("i", 5));
  }
}
