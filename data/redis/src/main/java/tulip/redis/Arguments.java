// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;

/// The parts of a command that is put together.
final class Arguments {
  private final ArrayList<Object> all = new ArrayList<>();

  private Arguments() {}

  static Arguments of(Object... first) {
    return new Arguments().add(first);
  }

  Arguments add(Object... more) {
    for (var one : more) {
      all.add(one);
    }
    return this;
  }

  Arguments addAll(Iterable<?> more) {
    more.forEach(all::add);
    return this;
  }

  Arguments each(Object[] more) {
    return add(more);
  }

  Arguments options(CommandOption... options) {
    for (var option : options) {
      all.addAll(option.words());
    }
    return this;
  }

  /// Adds a list of keys behind its length.
  Arguments counted(String... keys) {
    return add(keys.length).each(keys);
  }

  Arguments addPairs(Map<String, ?> pairs) {
    pairs.forEach((key, value) -> add(key, value));
    return this;
  }

  /// A time that the server waits: it counts in seconds, and takes 0 for ever.
  static double seconds(Duration limit) {
    return millis(limit) / 1000.0;
  }

  /// The same for those commands that count in milliseconds. A shorter time is not for ever.
  static long millis(Duration limit) {
    return limit.isZero() ? 0 : Math.max(1, limit.toMillis());
  }

  Object[] toArray() {
    return all.toArray();
  }
}
