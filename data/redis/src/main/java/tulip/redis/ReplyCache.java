// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;
import tulip.redis.protocol.Reply;

/// Replies to commands, until one of their keys changes.
///
/// A reply may be old before it is kept: its key changes while it is on its way to the task that
/// waits for it. So reads that are under way are known here too, and a change spoils them.
final class ReplyCache {
  /// A read that is under way.
  static final class Reading {
    private final CacheableCommand command;
    private boolean spoilt;

    private Reading(CacheableCommand command) {
      this.command = command;
    }
  }

  private final int maxEntries;
  private final LinkedHashMap<CacheableCommand, Reply> replies =
      new LinkedHashMap<>(16, 0.75f, true);
  private final Map<Bytes, Set<CacheableCommand>> byKey = new HashMap<>();
  private final Map<Bytes, Set<Reading>> underWay = new HashMap<>();
  private long hits;
  private long misses;
  private long invalidated;
  private long evicted;

  ReplyCache(int maxEntries) {
    this.maxEntries = maxEntries;
  }

  /// The reply to a command, if it is known.
  @Nullable Reply get(CacheableCommand command) {
    var reply = replies.get(command);
    if (reply != null) {
      hits++;
    }
    return reply;
  }

  // Reads.

  /// Notes that a command is about to be sent; [#end] must follow.
  Reading begin(CacheableCommand command) {
    misses++;
    var reading = new Reading(command);
    for (var key : command.keys()) {
      underWay.computeIfAbsent(key, _ -> new HashSet<>()).add(reading);
    }
    return reading;
  }

  /// Keeps the reply, unless it is old.
  void put(Reading reading, Reply reply) {
    if (reading.spoilt) {
      return;
    }
    var command = reading.command;
    replies.put(command, reply);
    for (var key : command.keys()) {
      byKey.computeIfAbsent(key, _ -> new HashSet<>()).add(command);
    }
    if (replies.size() > maxEntries) {
      remove(replies.firstEntry().getKey());
      evicted++;
    }
  }

  /// Notes that nothing is under way any more.
  void end(Reading reading) {
    for (var key : reading.command.keys()) {
      removeFrom(underWay, key, reading);
    }
  }

  // Changes.

  /// Drops what depends on a key.
  void invalidate(Bytes key) {
    var known = byKey.get(key);
    if (known != null) {
      var commands = List.copyOf(known);
      invalidated += commands.size();
      commands.forEach(this::remove);
    }
    underWay.getOrDefault(key, Set.of()).forEach(reading -> reading.spoilt = true);
  }

  /// Drops everything.
  void invalidateAll() {
    invalidated += replies.size();
    replies.clear();
    byKey.clear();
    underWay.values().forEach(readings -> readings.forEach(reading -> reading.spoilt = true));
  }

  private void remove(CacheableCommand command) {
    replies.remove(command);
    for (var key : command.keys()) {
      removeFrom(byKey, key, command);
    }
  }

  private static <T> void removeFrom(Map<Bytes, Set<T>> sets, Bytes key, T element) {
    sets.computeIfPresent(
        key,
        (_, set) -> {
          set.remove(element);
          return set.isEmpty() ? null : set;
        });
  }

  CachingStatistics statistics() {
    return new CachingStatistics(replies.size(), hits, misses, invalidated, evicted);
  }
}
