// SPDX-License-Identifier: Apache-2.0
package tulip.redis.recipes;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tulip.core.TaskGroup;
import tulip.core.Tulip.Mapping;
import tulip.core.sync.Event;
import tulip.redis.RedisCommands;
import tulip.redis.Script;
import tulip.redis.protocol.RedisException;
import tulip.redis.protocol.Reply;

/// Values that are dear to make, kept in Redis for a time.
///
/// ```java
/// var options = CacheOptions.of("user:", Duration.ofMinutes(5));
/// try (var users = RedisCache.open(redis, options, codec, id -> database.load(id))) {
///   var ann = users.get("ann");
/// }
/// ```
///
/// A value that several tasks want at the same time is loaded once; programs on other machines may
/// load it too. A load goes on if those who wanted it are cancelled, since the next one will want
/// it. If it fails all who wait for it get that failure, and the next one tries again.
///
/// It is a cache: if Redis cannot be asked, values are loaded, and [CacheStatistics#failures]
/// counts. So that this does not wait for Redis for long, its client fails fast
/// ([tulip.redis.RedisOptions#failFast]).
///
/// A cache is a block, and belongs to the task that opened it, which closes it; loads that are
/// under way are cancelled then. The other methods are for any task of its loop.
///
/// @param <T> the values
/// @param <X> what loading them throws
public final class RedisCache<T, X extends Exception> implements AutoCloseable {
  private static final Script READ =
      Script.of("return {redis.call('GET', KEYS[1]), redis.call('PTTL', KEYS[1])}");

  /// What was found.
  private record Found<T>(T value, boolean stale) {}

  /// A load that is under way, for all who want its value.
  private static final class Load<T> {
    final Event done = new Event();
    @Nullable T value;
    @Nullable Exception failure;
  }

  private final RedisCommands redis;
  private final CacheOptions options;
  private final ValueCodec<T> codec;
  private final Mapping<String, T, X> loader;
  private final TaskGroup group = TaskGroup.open();
  private final Map<String, Load<T>> loads = new HashMap<>();
  private long hits;
  private long staleHits;
  private long loaded;
  private long failures;
  private @Nullable Throwable lastFailure;

  private RedisCache(
      RedisCommands redis,
      CacheOptions options,
      ValueCodec<T> codec,
      Mapping<String, T, X> loader) {
    this.redis = redis;
    this.options = options;
    this.codec = codec;
    this.loader = loader;
  }

  /// Opens a cache. In a task.
  ///
  /// @param loader makes the value of a name
  public static <T, X extends Exception> RedisCache<T, X> open(
      RedisCommands redis,
      CacheOptions options,
      ValueCodec<T> codec,
      Mapping<String, T, X> loader) {
    return new RedisCache<>(redis, options, codec, loader);
  }

  // Reading.

  /// The value of a name: from Redis, or loaded. In a task.
  ///
  /// @throws X what the loader throws
  /// @throws tulip.core.Cancelled if the task was cancelled; the load goes on
  public T get(String name) throws X {
    var under = loads.get(name);
    var found = under == null ? find(name) : null;
    if (found == null) {
      return load(name);
    }
    if (found.stale) {
      staleHits++;
      begin(name);
    } else {
      hits++;
    }
    return found.value;
  }

  private @Nullable Found<T> find(String name) {
    try {
      var reply = redis.eval(READ, List.of(options.prefix() + name)).list();
      var bytes = reply.get(0).orNull(Reply::bytes);
      long left = reply.get(1).integer();
      boolean stale = left >= 0 && left < options.stale().toMillis();
      return bytes == null ? null : new Found<>(codec.decode(bytes), stale);
    } catch (IOException | RedisException | IllegalArgumentException e) {
      failed(e);
      return null;
    }
  }

  // Loading.

  private T load(String name) throws X {
    var load = begin(name);
    load.done.await();
    if (load.value == null) {
      throw thrown(load.failure);
    }
    return load.value;
  }

  /// What a load throws is what the loader throws.
  @SuppressWarnings("unchecked")
  private X thrown(@Nullable Exception failure) {
    if (failure == null) {
      throw new IllegalStateException(this + " was closed");
    }
    return (X) failure;
  }

  private Load<T> begin(String name) {
    var known = loads.get(name);
    if (known != null) {
      return known;
    }
    var load = new Load<T>();
    loads.put(name, load);
    group.start("load " + options.prefix() + name, () -> run(name, load));
    return load;
  }

  private void run(String name, Load<T> load) {
    boolean wanted;
    try {
      loaded++;
      load.value = Objects.requireNonNull(loader.apply(name), "the loader returned null");
    } catch (Exception e) {
      load.failure = e;
      failed(e);
    } finally {
      wanted = loads.remove(name, load);
      load.done.set();
    }
    if (wanted && load.value != null) {
      keep(name, load.value);
    }
  }

  private void keep(String name, T value) {
    try {
      put(name, value);
    } catch (IOException | RedisException e) {
      failed(e);
    }
  }

  private void failed(Throwable e) {
    failures++;
    lastFailure = e;
  }

  // Changing.

  /// Gives a name a value. In a task.
  ///
  /// @throws IOException if Redis cannot be told
  public void put(String name, T value) throws IOException {
    double shortened = 1 - options.jitter() * RandomGenerator.getDefault().nextDouble();
    long millis = Math.max(1, (long) (options.fresh().toMillis() * shortened));
    var whole = Duration.ofMillis(millis).plus(options.stale());
    redis.set(options.prefix() + name, codec.encode(value), whole);
  }

  /// Forgets a value: the next one who wants it loads it. A load that is under way may have seen
  /// what was before, and is for those alone who wait for it. In a task.
  ///
  /// @throws IOException if Redis cannot be told
  public void remove(String name) throws IOException {
    loads.remove(name);
    redis.del(options.prefix() + name);
  }

  /// What has happened up to now.
  public CacheStatistics statistics() {
    return new CacheStatistics(hits, staleHits, loaded, failures, lastFailure);
  }

  /// Cancels what is being loaded. By the task that opened it.
  @Override
  public void close() {
    group.close();
  }

  @Override
  public String toString() {
    return "cache " + options.prefix();
  }
}
