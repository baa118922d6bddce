// SPDX-License-Identifier: Apache-2.0
package tulip.redis.recipes;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import tulip.redis.RedisCommands;
import tulip.redis.Script;
import tulip.redis.protocol.Reply;

/// A limit that holds in each span of time, wherever one lets it begin: so many in the last minute.
///
/// It remembers each one that was allowed, up to the limit, in a sorted set, which is gone after
/// the window. For large limits [TokenBucket] is much smaller.
public final class SlidingWindow implements RateLimiter {
  private static final Script TAKE =
      Script.of(
          """
          local limit, window, wanted = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
          local time = redis.call('TIME')
          local now = time[1] * 1000000 + time[2]
          redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - window)
          local used = redis.call('ZCARD', KEYS[1])
          if used + wanted > limit then
            local nth = redis.call('ZRANGE', KEYS[1], used + wanted - limit - 1,
              used + wanted - limit - 1, 'WITHSCORES')
            return {0, limit - used, math.max(1, math.ceil((nth[2] + window - now) / 1000))}
          end
          local newest = redis.call('ZRANGE', KEYS[1], -1, -1)[1] or '0-0'
          local number = tonumber(string.match(newest, '-(%d+)$'))
          for i = 1, wanted do
            redis.call('ZADD', KEYS[1], now, string.format('%.0f-%012d', now, number + i))
          end
          redis.call('PEXPIRE', KEYS[1], math.ceil(window / 1000) + 1000)
          return {1, limit - used - wanted, 0}
          """);

  private final RedisCommands redis;
  private final int limit;
  private final Duration window;

  /// A limiter.
  ///
  /// @param limit how many are allowed in any window
  /// @param window how long that is
  public SlidingWindow(RedisCommands redis, int limit, Duration window) {
    RateLimiter.check(limit, window);
    this.redis = redis;
    this.limit = limit;
    this.window = window;
  }

  @Override
  public RateDecision tryAcquire(String key, int permits) throws IOException {
    RateLimiter.checkPermits(permits, limit);
    long micros = window.toNanos() / 1000;
    var reply = redis.eval(TAKE, List.of(key), limit, micros, permits).list(Reply::integer);
    return new RateDecision(reply.get(0) == 1, reply.get(1), Duration.ofMillis(reply.get(2)));
  }
}
