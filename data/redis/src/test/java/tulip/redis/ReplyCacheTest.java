// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import tulip.bytes.Bytes;
import tulip.redis.protocol.Reply;

/// Replies that grow old before they are kept.
class ReplyCacheTest {
  private static final Reply REPLY = new Reply.Int(1);

  private final ReplyCache cache = new ReplyCache(10);
  private final CacheableCommand both = requireNonNull(CacheableCommand.of("MGET", "a", "b"));

  @Test
  void aReplyWhoseKeyHasChangedOnItsWayIsNotKept() {
    var reading = cache.begin(both);
    cache.invalidate(Bytes.ofUtf8("b"));
    cache.put(reading, REPLY);
    cache.end(reading);
    assertNull(cache.get(both));
  }

  @Test
  void aReplyFromBeforeEverythingWasDroppedIsNotKept() {
    var reading = cache.begin(both);
    cache.invalidateAll();
    cache.put(reading, REPLY);
    cache.end(reading);
    assertNull(cache.get(both));
  }

  @Test
  void otherKeysAndOtherTimesDoNoHarm() {
    var before = cache.begin(both);
    cache.end(before);
    cache.invalidate(Bytes.ofUtf8("a"));
    var reading = cache.begin(both);
    cache.invalidate(Bytes.ofUtf8("c"));
    cache.put(reading, REPLY);
    cache.end(reading);
    assertEquals(REPLY, cache.get(both));
    cache.invalidate(Bytes.ofUtf8("a"));
    assertNull(cache.get(both));
    assertEquals(new CachingStatistics(0, 1, 2, 1, 0), cache.statistics());
  }

  @Test
  void writesAndWhatDependsOnMoreThanKeysAreNotKept() {
    assertNull(CacheableCommand.of("SET", "a", 1));
    assertNull(CacheableCommand.of("TTL", "a"));
    assertNull(CacheableCommand.of("SRANDMEMBER", "a"));
    assertNull(CacheableCommand.of("GET"));
    assertEquals(CacheableCommand.of("get", "1"), CacheableCommand.of("GET", 1));
  }
}
