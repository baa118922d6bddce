// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import static java.time.Duration.ofMillis;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tulip.redis.Exercise.present;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/// Streams and their groups.
final class StreamExercises {
  private StreamExercises() {}

  static void streams(RedisCommands redis) throws IOException {
    var first = redis.xadd("s", Map.of("n", 1));
    var second = redis.xadd("s", Map.of("n", 2), 1000);
    assertEquals(2, redis.xlen("s"));
    var both = List.of(entry(first, 1), entry(second, 2));
    assertEquals(both, redis.xrange("s", "-", "+"));
    assertEquals(both, redis.xread("s", "0", 10));
    assertEquals(List.of(), redis.xread("s", second, 10, ofMillis(10)));
    assertTrue(redis.xgroupCreate("s", "g", "0"));
    assertFalse(redis.xgroupCreate("s", "g", "0"));
    assertEquals(List.of(entry(first, 1)), redis.xreadgroup("g", "me", "s", ">", 1));
    assertEquals(List.of(entry(second, 2)), redis.xreadgroup("g", "me", "s", 9, ofMillis(10)));
    assertEquals(List.of(), redis.xreadgroup("g", "me", "s", 9, ofMillis(10)));
    assertEquals(1, redis.xack("s", "g", first));
    var claimed = redis.xautoclaim("s", "g", "you", ofMillis(0), 10);
    assertEquals(List.of(entry(second, 2)), claimed);
    assertEquals(claimed, redis.xreadgroup("g", "you", "s", "0", 10));
    assertEquals(1, redis.xdel("s", first));
    assertEquals(1, redis.xtrim("s", 0));
    assertEquals("1-1", redis.xadd("t", "1-1", Map.of("n", 1)));
    redis.xadd("t", "2-1", Map.of("n", 2));
    assertEquals(List.of(entry("1-1", 1)), redis.xrange("t", "-", "+", 1));
    assertEquals(List.of(entry("2-1", 2)), redis.xrevrange("t", "+", "-", 1));
    redis.xadd("v", "3-1", Map.of("n", 3));
    assertEquals(
        Map.of("t", List.of(entry("2-1", 2)), "v", List.of(entry("3-1", 3))),
        redis.xread(Map.of("t", "1-1", "v", "0"), 10, ofMillis(10)));
    assertEquals(Map.of(), redis.xread(Map.of("t", "2-1"), 10, ofMillis(10)));
    assertEquals(1, redis.xtrimMinid("t", "2-0"));
    redis.xsetid("t", "9-9");
    assertEquals("9-9", present(redis.xinfoStream("t").get("last-generated-id")).string());
  }

  private static StreamEntry entry(String id, int number) {
    return new StreamEntry(id, Map.of("n", Integer.toString(number)));
  }

  static void groups(RedisCommands redis) throws IOException {
    redis.xadd("s", "1-1", Map.of("n", 1));
    redis.xadd("s", "2-1", Map.of("n", 2));
    assertTrue(redis.xgroupCreate("s", "g", "$"));
    redis.xgroupSetid("s", "g", "0");
    assertTrue(redis.xgroupCreateconsumer("s", "g", "me"));
    assertEquals(new PendingSummary(0, null, null, Map.of()), redis.xpending("s", "g"));
    assertEquals(2, redis.xreadgroup("g", "me", "s", ">", 10).size());
    assertEquals(new PendingSummary(2, "1-1", "2-1", Map.of("me", 2L)), redis.xpending("s", "g"));
    var pending = redis.xpending("s", "g", "-", "+", 1).getFirst();
    assertEquals("1-1 me 1", pending.id() + " " + pending.consumer() + " " + pending.deliveries());
    assertEquals(List.of(entry("2-1", 2)), redis.xclaim("s", "g", "you", ofMillis(0), "2-1"));
    assertEquals(2, present(redis.xinfoGroups("s").getFirst().get("consumers")).integer());
    assertEquals("me", present(redis.xinfoConsumers("s", "g").getFirst().get("name")).string());
    assertEquals(1, redis.xgroupDelconsumer("s", "g", "you"));
    assertTrue(redis.xgroupDestroy("s", "g"));
    assertFalse(redis.xgroupDestroy("s", "g"));
  }
}
