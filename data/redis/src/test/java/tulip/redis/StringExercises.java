// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tulip.redis.Exercise.present;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import tulip.bytes.Bytes;
import tulip.redis.BitField.Overflow;
import tulip.redis.protocol.RedisException;

/// Strings, and what is kept in strings.
final class StringExercises {
  private StringExercises() {}

  static void strings(RedisCommands redis) throws IOException {
    assertNull(redis.get("k"));
    redis.set("k", "grüße");
    assertEquals("grüße", redis.get("k"));
    redis.set("b", Bytes.ofHex("00ff0d0a"));
    assertEquals(Bytes.ofHex("00ff0d0a"), redis.getBytes("b"));
    assertThrows(IllegalStateException.class, () -> redis.get("b"));
    assertFalse(redis.set("k", "x", SetOption.NX));
    assertTrue(redis.set("k", "y", SetOption.XX, SetOption.px(ofMinutes(1))));
    assertNotNull(redis.ttl("k"));
    assertTrue(redis.set("k", "z", SetOption.KEEPTTL));
    assertNotNull(redis.ttl("k"));
    redis.set("k", "v", ofMinutes(2));
    assertEquals("v", redis.getex("k", ofSeconds(30)));
    assertTrue(ofSeconds(30).compareTo(present(redis.ttl("k"))) >= 0);
    assertEquals("v", redis.getdel("k"));
    redis.mset(Map.of("m", 1, "n", 2.5));
    assertEquals(Arrays.asList("1", null, "2.5"), redis.mget("m", "none", "n"));
    assertFalse(redis.msetnx(Map.of("m", 3, "o", 4)));
    assertEquals(2, redis.incr("m"));
    assertEquals(12, redis.incrby("m", 10));
    assertEquals(11, redis.decr("m"));
    assertEquals(1, redis.decrby("m", 10));
    assertEquals(3.0, redis.incrbyfloat("n", 0.5));
    assertEquals(2, redis.append("a", "ab"));
    assertEquals(4, redis.append("a", "cd"));
    assertEquals(4, redis.strlen("a"));
    assertEquals(Bytes.ofAscii("bc"), redis.getrange("a", 1, 2));
    assertEquals(4, redis.setrange("a", 2, "xy"));
    assertThrows(RedisException.class, () -> redis.incr("a"));
    assertNull(redis.setGet("g", "w"));
    assertEquals("w", redis.setGet("g", "x", SetOption.pxat(Instant.now().plus(ofMinutes(1)))));
    assertEquals("x", redis.getexPersist("g"));
    assertNull(redis.ttl("g"));
    assertEquals("x", redis.getexat("g", Instant.now().plus(ofMinutes(1))));
    assertNotNull(redis.ttl("g"));
    redis.mset(Map.of("one", "ohmytext", "two", "mynewtext"));
    assertEquals("mytext", redis.lcs("one", "two"));
    assertEquals(6, redis.lcsLen("one", "two"));
  }

  static void bitmaps(RedisCommands redis) throws IOException {
    assertFalse(redis.setbit("bits", 7, true));
    assertTrue(redis.getbit("bits", 7));
    assertEquals(1, redis.bitcount("bits"));
    redis.set("b", Bytes.ofHex("00ff0f"));
    assertEquals(8, redis.bitcount("b", 8, 15, BitUnit.BIT));
    assertEquals(4, redis.bitcount("b", -1, -1, BitUnit.BYTE));
    assertEquals(8, redis.bitpos("b", true));
    assertEquals(20, redis.bitpos("b", true, 2, 2, BitUnit.BYTE));
    assertEquals(3, redis.bitop(BitOperation.NOT, "not", "b"));
    assertEquals(Bytes.ofHex("ff00f0"), redis.getBytes("not"));
    assertEquals(3, redis.bitop(BitOperation.OR, "or", "b", "not"));
    var changed =
        redis.bitfield(
            "f",
            BitField.set("u8", "#1", 250),
            BitField.overflow(Overflow.FAIL),
            BitField.incrby("u8", "#1", 10),
            BitField.overflow(Overflow.SAT),
            BitField.incrby("u8", "#1", 10),
            BitField.get("i8", "8"));
    assertEquals(Arrays.asList(0L, null, 255L, -1L), changed);
    assertEquals(List.of(255L), redis.bitfieldRo("f", BitField.get("u8", "#1")));
  }

  static void hyperLogLogs(RedisCommands redis) throws IOException {
    assertTrue(redis.pfadd("p", "a", "b", 3));
    assertFalse(redis.pfadd("p", "a"));
    redis.pfadd("q", "c");
    assertEquals(4, redis.pfcount("p", "q"));
    redis.pfmerge("all", "p", "q");
    assertEquals(4, redis.pfcount("all"));
  }
}
