// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import static java.time.Duration.ofMinutes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tulip.redis.Exercise.present;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import tulip.redis.protocol.RedisException;

/// Keys, whatever their values are.
final class KeyExercises {
  private KeyExercises() {}

  static void keys(RedisCommands redis) throws IOException {
    assertNull(redis.randomkey());
    redis.mset(Map.of("a", 1, "b", 2, "c", 3));
    assertEquals(3, redis.exists("a", "a", "b", "none"));
    assertEquals("string", redis.type("a"));
    assertEquals("none", redis.type("none"));
    assertTrue(redis.expire("a", ofMinutes(1)));
    assertFalse(redis.expire("none", ofMinutes(1)));
    assertTrue(redis.persist("a"));
    assertNull(redis.ttl("a"));
    assertTrue(redis.expireat("a", Instant.now().plus(ofMinutes(1))));
    redis.rename("a", "d");
    assertFalse(redis.renamenx("d", "b"));
    assertTrue(redis.copy("d", "e"));
    assertEquals(1, redis.touch("e"));
    assertEquals(2, redis.del("d", "e", "none"));
    assertEquals(1, redis.unlink("c"));
    assertEquals(List.of("b"), redis.keys("*"));
    assertEquals("b", redis.randomkey());
    assertThrows(RedisException.class, () -> redis.rename("none", "x"));
    redis.mset(Map.of("m", 1, "n", 2));
    assertFalse(redis.copy("m", "n"));
    assertTrue(redis.copyReplace("m", "n"));
    assertEquals("1", redis.get("n"));
    assertTrue(redis.move("m", 5));
    assertNull(redis.get("m"));
  }

  static void expiry(RedisCommands redis) throws IOException {
    redis.set("k", 1);
    assertNull(redis.expiretime("k"));
    assertFalse(redis.expire("k", ofMinutes(1), ExpireCondition.XX));
    assertTrue(redis.expire("k", ofMinutes(1), ExpireCondition.NX));
    var later = Instant.now().plus(ofMinutes(5)).truncatedTo(ChronoUnit.MILLIS);
    assertFalse(redis.expireat("k", later, ExpireCondition.LT));
    assertTrue(redis.expireat("k", later, ExpireCondition.GT));
    assertEquals(later, redis.expiretime("k"));
  }

  static void dumps(RedisCommands redis) throws IOException {
    redis.set("k", "value");
    assertEquals("embstr", redis.objectEncoding("k"));
    assertEquals(Duration.ZERO, redis.objectIdletime("k"));
    assertEquals(1L, redis.objectRefcount("k"));
    assertThrows(RedisException.class, () -> redis.objectFreq("k"));
    assertNull(redis.objectEncoding("none"));
    var dumped = present(redis.dump("k"));
    assertNull(redis.dump("none"));
    redis.restore("copy", ofMinutes(1), dumped);
    assertEquals("value", redis.get("copy"));
    assertNotNull(redis.ttl("copy"));
    assertThrows(RedisException.class, () -> redis.restore("copy", Duration.ZERO, dumped));
    redis.restoreReplace("copy", Duration.ZERO, dumped);
    assertNull(redis.ttl("copy"));
  }

  static void sorting(RedisCommands redis) throws IOException {
    redis.rpush("l", 3, 1, 2);
    assertEquals(List.of("1", "2", "3"), redis.sort("l"));
    assertEquals(List.of("3", "2"), redis.sortRo("l", SortOption.DESC, SortOption.limit(0, 2)));
    redis.mset(Map.of("weight_1", 9, "weight_2", 8, "weight_3", 7, "name_3", "three"));
    var named =
        redis.sort("l", SortOption.by("weight_*"), SortOption.get("#"), SortOption.get("name_*"));
    assertEquals(Arrays.asList("3", "three", "2", null, "1", null), named);
    assertEquals(3, redis.sortStore("l", "sorted", SortOption.ALPHA));
    assertEquals(List.of("1", "2", "3"), redis.lrange("sorted", 0, -1));
  }

  static void scans(RedisCommands redis) throws IOException {
    var keys = new HashSet<String>();
    for (int i = 0; i < 500; i++) {
      keys.add("k" + i);
      redis.sadd("members", "m" + i);
    }
    for (var key : keys) {
      redis.set(key, 1);
    }
    var found = new HashSet<String>();
    redis.scan("k*").forEach(found::add);
    assertEquals(keys, found);
    found.clear();
    redis.sscan("members", "m1*").forEach(found::add);
    assertEquals(111, found.size());
    assertFalse(redis.scan("none*").iterator().hasNext());
    var sizes = new ArrayList<Integer>();
    for (var options :
        List.of(
            new ScanOption[] {},
            new ScanOption[] {ScanOption.type("set"), ScanOption.count(100)},
            new ScanOption[] {ScanOption.match("k1*")})) {
      found.clear();
      redis.scan(options).forEach(found::add);
      sizes.add(found.size());
    }
    assertEquals(List.of(501, 1, 111), sizes);
    found.clear();
    redis.sscan("members", ScanOption.count(100)).forEach(found::add);
    assertEquals(500, found.size());
    var fields = new HashMap<String, String>();
    redis.hset("h", Map.of("a", 1, "b", 2));
    redis.hscan("h").forEach(entry -> fields.put(entry.getKey(), entry.getValue()));
    assertEquals(Map.of("a", "1", "b", "2"), fields);
    redis.zadd("z", Map.of("a", 1.5, "b", 2.0));
    var members = new ArrayList<Scored>();
    redis.zscan("z", ScanOption.match("a")).forEach(members::add);
    assertEquals(List.of(new Scored("a", 1.5)), members);
  }
}
