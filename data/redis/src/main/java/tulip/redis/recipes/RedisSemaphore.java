// SPDX-License-Identifier: Apache-2.0
package tulip.redis.recipes;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tulip.core.Tulip.Mapping;
import tulip.pool.Use;
import tulip.redis.RedisCommands;
import tulip.redis.Script;

/// A limit of how many do something at the same time, which programs on different machines share.
///
/// It guarantees what [RedisLock] does, and no more: each holder has a lease, which is renewed
/// while its block runs. When a lease is over the server counts its holder no more. All holders of
/// one name should give the same limit; each is judged by its own.
public final class RedisSemaphore {
  private static final String BEGIN =
      """
      local time = redis.call('TIME')
      local now = time[1] * 1000 + math.floor(time[2] / 1000)
      local function hold()
        redis.call('ZADD', KEYS[1], now + ARGV[2], ARGV[1])
        if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[2]) then
          redis.call('PEXPIRE', KEYS[1], ARGV[2])
        end
      end
      """;

  private static final Leasing.Scripts SCRIPTS =
      new Leasing.Scripts(
          Script.of(
              BEGIN
                  + """
                  redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
                  local held = redis.call('ZSCORE', KEYS[1], ARGV[1])
                  if not held and redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[3]) then
                    local first = redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')
                    return {0, first[2] - now}
                  end
                  hold()
                  if held then return {tonumber(redis.call('GET', KEYS[2])), 0} end
                  return {redis.call('INCR', KEYS[2]), 0}
                  """),
          Script.of(
              BEGIN
                  + """
                  local held = redis.call('ZSCORE', KEYS[1], ARGV[1])
                  if not held or tonumber(held) <= now then return 0 end
                  hold()
                  return 1
                  """),
          Script.of("return redis.call('ZREM', KEYS[1], ARGV[1])"));

  private final String name;
  private final Leasing leasing;

  /// A semaphore with the usual lease.
  ///
  /// @param name the key that says who holds a place
  /// @param limit how many do at most
  public RedisSemaphore(RedisCommands redis, String name, int limit) {
    this(redis, name, limit, LeaseOptions.DEFAULT);
  }

  /// A semaphore.
  ///
  /// @param name the key that says who holds a place
  /// @param limit how many do at most
  public RedisSemaphore(RedisCommands redis, String name, int limit, LeaseOptions options) {
    if (limit < 1) {
      throw new IllegalArgumentException("a semaphore lets one through at least, not " + limit);
    }
    this.name = name;
    var keys = List.of(name, KeyNames.beside(name, "fence"));
    leasing = new Leasing(redis, "semaphore " + name, SCRIPTS, keys, options, limit);
  }

  /// Waits for a place, runs a block with it, and gives it back. In a task.
  ///
  /// @return what the block returns
  /// @throws X what the block throws
  /// @throws LockLostException if the place was lost before the block was done, which was cancelled
  /// @throws IOException if the server cannot be asked, or told that the place is free: then it is
  ///   when the lease is over
  public <T extends @Nullable Object, X extends Exception> T use(Mapping<? super Hold, T, X> block)
      throws X, IOException {
    return leasing.use(block);
  }

  /// The same for a block without a result.
  ///
  /// @throws X what the block throws
  /// @throws IOException as [#use]
  public <X extends Exception> void run(Use<? super Hold, X> block) throws X, IOException {
    leasing.use(Leasing.mapping(block));
  }

  /// Runs a block with a place, if there is one. In a task.
  ///
  /// @return whether it was run
  /// @throws X what the block throws
  /// @throws IOException as [#use]
  public <X extends Exception> boolean tryRun(Use<? super Hold, X> block) throws X, IOException {
    return leasing.tryUse(Leasing.mapping(block));
  }

  @Override
  public String toString() {
    return "semaphore " + name;
  }
}
