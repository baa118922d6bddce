// SPDX-License-Identifier: Apache-2.0
package tulip.redis.recipes;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import tulip.redis.RedisCommands;
import tulip.redis.Script;
import tulip.redis.protocol.Reply;

/// A limit that allows bursts: a bucket that holds so many tokens, and is filled evenly.
///
/// Each key is a hash of two fields, and is gone when the bucket is full. The server's clock has
/// microseconds; should it be set back, nothing is filled until it has caught up.
public final class TokenBucket implements RateLimiter {
  private static final Script TAKE =
      Script.of(
          """
          local capacity, millis, wanted = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
          local time = redis.call('TIME')
          local now = time[1] * 1000 + time[2] / 1000
          local bucket = redis.call('HMGET', KEYS[1], 'tokens', 'at')
          local tokens = tonumber(bucket[1]) or capacity
          local at = tonumber(bucket[2]) or now
          tokens = math.min(capacity, tokens + math.max(0, now - at) * capacity / millis)
          at = math.max(now, at)
          local allowed = tokens >= wanted
          if allowed then tokens = tokens - wanted end
          redis.call('HSET', KEYS[1], 'tokens', string.format('%.9f', tokens),
            'at', string.format('%.3f', at))
          redis.call('PEXPIRE', KEYS[1], math.ceil((capacity - tokens) * millis / capacity) + 1000)
          local wait = allowed and 0 or math.ceil((wanted - tokens) * millis / capacity)
          return {allowed and 1 or 0, math.floor(tokens), wait}
          """);

  private final RedisCommands redis;
  private final int capacity;
  private final Duration refill;

  /// A limiter.
  ///
  /// @param capacity how many tokens a bucket holds: the longest burst
  /// @param refill in which time an empty bucket is full again
  public TokenBucket(RedisCommands redis, int capacity, Duration refill) {
    RateLimiter.check(capacity, refill);
    this.redis = redis;
    this.capacity = capacity;
    this.refill = refill;
  }

  @Override
  public RateDecision tryAcquire(String key, int permits) throws IOException {
    RateLimiter.checkPermits(permits, capacity);
    var reply =
        redis.eval(TAKE, List.of(key), capacity, refill.toMillis(), permits).list(Reply::integer);
    return new RateDecision(reply.get(0) == 1, reply.get(1), Duration.ofMillis(reply.get(2)));
  }
}
