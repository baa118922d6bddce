// SPDX-License-Identifier: Apache-2.0
package tulip.redis.recipes;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tulip.core.EventLoop;
import tulip.core.Scope;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.core.Tulip.Mapping;
import tulip.pool.Use;
import tulip.redis.RedisCommands;
import tulip.redis.Script;
import tulip.redis.protocol.RedisException;

/// Gets a lease, keeps it while a block runs, and gives it back.
///
/// **When is a lease lost?** The server counts its time from the moment when it has executed the
/// command, which is later than the one when it was sent. Counting from there the holder is always
/// the first to believe that it is over; then, at the latest, its block is cancelled.
final class Leasing {
  /// How a lease is asked for. All scripts have the holder's own word first, and the length of the
  /// lease in milliseconds behind it.
  ///
  /// @param acquire answers with the fencing token, above 0, or with 0 and how many milliseconds
  ///   others have it for sure; the same if it is called again by the holder
  /// @param renew answers with 1, or with 0 if the lease is lost
  /// @param release does nothing if it is
  record Scripts(Script acquire, Script renew, Script release) {}

  private static final int RENEWALS = 3;
  private static final Duration RELEASE = Duration.ofSeconds(5);
  private static final SecureRandom SECRETS = new SecureRandom();

  private final RedisCommands redis;
  private final String what;
  private final Scripts scripts;
  private final List<String> keys;
  private final LeaseOptions options;
  private final Object[] more;

  /// @param more further arguments of the scripts
  Leasing(
      RedisCommands redis,
      String what,
      Scripts scripts,
      List<String> keys,
      LeaseOptions options,
      Object... more) {
    this.redis = redis;
    this.what = what;
    this.scripts = scripts;
    this.keys = keys;
    this.options = options;
    this.more = more;
  }

  // Getting it.

  /// Waits for the lease and runs the block.
  <T extends @Nullable Object, X extends Exception> T use(Mapping<? super Hold, T, X> block)
      throws X, IOException {
    var token = token();
    while (true) {
      var attempt = new Attempt(token);
      if (attempt.acquire()) {
        return attempt.hold(block);
      }
      Tulip.sleep(pause(attempt.others));
    }
  }

  /// Runs the block if the lease is to be had now.
  <X extends Exception> boolean tryUse(Mapping<? super Hold, ?, X> block) throws X, IOException {
    var attempt = new Attempt(token());
    if (!attempt.acquire()) {
      return false;
    }
    attempt.hold(block);
    return true;
  }

  /// A block without a result as one that has one.
  static <X extends Exception> Mapping<Hold, @Nullable Void, X> mapping(
      Use<? super Hold, X> block) {
    return hold -> {
      block.accept(hold);
      return null;
    };
  }

  private static String token() {
    var bytes = new byte[16];
    SECRETS.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /// Those who wait come back at different times.
  private Duration pause(Duration others) {
    var longest = others.compareTo(options.poll()) < 0 ? others : options.poll();
    long nanos = Math.max(1_000_000, longest.toNanos());
    return Duration.ofNanos(RandomGenerator.getDefault().nextLong(nanos / 2, nanos + 1));
  }

  /// One question for the lease, and what follows if it is granted.
  private final class Attempt {
    private final EventLoop loop = EventLoop.current();
    private final String token;
    private final Scope scope = new Scope();
    private final long end = loop.time() + options.lease().toNanos();
    private long fence;
    private Duration others = Duration.ZERO;

    Attempt(String token) {
      this.token = token;
    }

    /// If it fails or is cancelled the lease may have been granted: it is given back.
    boolean acquire() throws IOException {
      try {
        var reply = redis.eval(scripts.acquire, keys, arguments()).list();
        fence = reply.get(0).integer();
        long millis = reply.get(1).integer();
        others = millis > 0 ? Duration.ofMillis(millis) : options.poll();
        return fence > 0;
      } catch (Throwable t) {
        release(t);
        throw t;
      }
    }

    private Object[] arguments() {
      var arguments = new ArrayList<Object>(List.of(token, options.lease().toMillis()));
      arguments.addAll(List.of(more));
      return arguments.toArray();
    }

    <T extends @Nullable Object, X extends Exception> T hold(Mapping<? super Hold, T, X> block)
        throws X, IOException {
      var hold = new Hold(scope, fence, end);
      T result;
      try {
        result = keep(hold, block);
      } catch (Throwable t) {
        release(t);
        throw t;
      }
      release();
      return result;
    }

    @SuppressWarnings("NullAway") // where the block has returned its value is what T says it is
    private <T extends @Nullable Object, X extends Exception> T keep(
        Hold hold, Mapping<? super Hold, T, X> block) throws X, IOException {
      T result;
      try (var group = TaskGroup.open()) {
        group.start("renew " + what, () -> renew(hold));
        result = scope.run(() -> block.apply(hold));
      }
      if (scope.wasCancelled() || hold.isLost()) {
        throw new LockLostException(
            what + " was lost before its holder was done: " + scope.reason());
      }
      return result;
    }

    private void renew(Hold hold) {
      while (true) {
        Tulip.sleep(options.lease().dividedBy(RENEWALS));
        try {
          long until = loop.time() + options.lease().toNanos();
          long left = hold.end() - loop.time();
          boolean held =
              Tulip.timeout(
                  Duration.ofNanos(Math.max(0, left)),
                  () -> redis.eval(scripts.renew, keys, arguments()).truth());
          if (!held) {
            hold.lose("its time was over, or somebody has deleted it");
            return;
          }
          hold.extend(until);
        } catch (IOException | RedisException | TimeoutException e) {
          if (hold.isLost()) {
            hold.lose("it could not be renewed in time: " + e.getMessage());
            return;
          }
        }
      }
    }

    private void release(Throwable failure) {
      try {
        release();
      } catch (IOException | RedisException e) {
        failure.addSuppressed(e);
      }
    }

    /// If this fails, it is free when its time is over.
    private void release() throws IOException {
      Tulip.shield(
          () -> Tulip.moveOnAfter(RELEASE, () -> redis.eval(scripts.release, keys, arguments())));
    }
  }
}
