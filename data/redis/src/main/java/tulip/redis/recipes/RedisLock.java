// SPDX-License-Identifier: Apache-2.0
package tulip.redis.recipes;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tulip.core.Tulip.Mapping;
import tulip.pool.Use;
import tulip.redis.RedisCommands;
import tulip.redis.Script;

/// A lock that programs on different machines share.
///
/// ```java
/// var lock = new RedisLock(redis, "lock:report");
/// lock.run(hold -> report.write(hold.fence()));         // refused if a later holder was there
/// ```
///
/// **What it guarantees.** There is one holder at a time as long as the server keeps what it has
/// acknowledged, and as long as a holder that has lost the lease does nothing any more. It is a
/// lease: it is renewed while the block runs, and if that fails the block is cancelled before the
/// server gives the lock to somebody else, and [LockLostException] thrown.
///
/// **What it does not.** A fail-over may lose the lock of a master that has died. A program that
/// stands still, or is deep in something that does not wait, is cancelled too late. So what must
/// never happen twice needs [Hold#fence], checked where it happens; what may happen twice, but
/// should not, needs nothing else.
///
/// It is not fair, and not re-entrant: who holds it and asks for it waits for ever. The fencing
/// token is counted in a key of its own, `name:fence` or `{name}:fence`, which stays.
public final class RedisLock {
  private static final Leasing.Scripts SCRIPTS =
      new Leasing.Scripts(
          Script.of(
              """
              local holder = redis.call('GET', KEYS[1])
              if not holder then
                redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
                return {redis.call('INCR', KEYS[2]), 0}
              elseif holder == ARGV[1] then
                redis.call('PEXPIRE', KEYS[1], ARGV[2])
                return {tonumber(redis.call('GET', KEYS[2])), 0}
              end
              return {0, redis.call('PTTL', KEYS[1])}
              """),
          Script.of(
              """
              if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
              return redis.call('PEXPIRE', KEYS[1], ARGV[2])
              """),
          Script.of(
              """
              if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
              return redis.call('DEL', KEYS[1])
              """));

  private final String name;
  private final Leasing leasing;

  /// A lock with the usual lease.
  ///
  /// @param name the key that says who holds it
  public RedisLock(RedisCommands redis, String name) {
    this(redis, name, LeaseOptions.DEFAULT);
  }

  /// A lock.
  ///
  /// @param name the key that says who holds it
  public RedisLock(RedisCommands redis, String name, LeaseOptions options) {
    this.name = name;
    var keys = List.of(name, KeyNames.beside(name, "fence"));
    leasing = new Leasing(redis, "lock " + name, SCRIPTS, keys, options);
  }

  /// Waits for the lock, runs a block with it, and gives it back. In a task.
  ///
  /// @return what the block returns
  /// @throws X what the block throws
  /// @throws LockLostException if the lock was lost before the block was done, which was cancelled
  /// @throws IOException if the server cannot be asked, or told that the lock is free: then it is
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

  /// Runs a block with the lock, if nobody else has it. In a task.
  ///
  /// @return whether it was run
  /// @throws X what the block throws
  /// @throws IOException as [#use]
  public <X extends Exception> boolean tryRun(Use<? super Hold, X> block) throws X, IOException {
    return leasing.tryUse(Leasing.mapping(block));
  }

  @Override
  public String toString() {
    return "lock " + name;
  }
}
