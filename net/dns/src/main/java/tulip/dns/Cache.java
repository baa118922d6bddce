// SPDX-License-Identifier: Apache-2.0
package tulip.dns;

import java.time.Duration;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import tulip.core.EventLoop;
import tulip.dns.protocol.Question;

/// Outcomes that are still true; when it is full the one that was not asked for the longest goes.
final class Cache {
  private record Entry(Outcome outcome, long since, long until) {}

  private final EventLoop loop;
  private final DnsOptions options;
  private final LinkedHashMap<Question, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

  Cache(EventLoop loop, DnsOptions options) {
    this.loop = loop;
    this.options = options;
  }

  /// What is known, with the times to live that are left; or `null`.
  @Nullable Outcome get(Question question) {
    var entry = entries.get(question);
    if (entry == null) {
      return null;
    }
    long now = loop.time();
    if (now >= entry.until()) {
      entries.remove(question);
      return null;
    }
    var age = Duration.ofNanos(now - entry.since());
    return switch (entry.outcome()) {
      case Outcome.Found(var answer) -> new Outcome.Found(answer.after(age));
      case Outcome.Failed failed -> failed;
    };
  }

  void put(Question question, Outcome outcome) {
    var most = outcome instanceof Outcome.Found ? options.maxTtl() : options.maxNegativeTtl();
    var ttl = outcome.ttl().compareTo(most) < 0 ? outcome.ttl() : most;
    if (options.cacheSize() == 0 || !ttl.isPositive()) {
      return;
    }
    entries.put(question, new Entry(outcome, loop.time(), loop.time() + ttl.toNanos()));
    if (entries.size() > options.cacheSize()) {
      entries.pollFirstEntry();
    }
  }

  void clear() {
    entries.clear();
  }

  int size() {
    return entries.size();
  }
}
