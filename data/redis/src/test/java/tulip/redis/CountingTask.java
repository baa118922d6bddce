// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;

/// Counts in a key of its own while servers die, and knows what the key may say.
final class CountingTask {
  final String key;
  long succeeded;
  long maybe;
  long unsent;

  CountingTask(String key) {
    this.key = key;
  }

  void count(RedisCommands redis) throws IOException {
    try {
      long value = redis.incr(key);
      succeeded++;
      assertTrue(value <= succeeded + maybe, () -> this + " is at " + value);
    } catch (RedisConnectionException e) {
      if (e.mayHaveBeenExecuted()) {
        maybe++;
      } else {
        unsent++;
      }
    }
  }

  /// No command was executed twice. Some may be lost that the dead master had acknowledged.
  void check(String text) {
    long value = Long.parseLong(text);
    assertTrue(value <= succeeded + maybe, () -> this + " is at " + value);
  }

  @Override
  public String toString() {
    return key + ": " + succeeded + " and perhaps " + maybe + ", not " + unsent;
  }
}
