// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.time.Duration;

/// Who reads a stream, for [Redis#consume].
///
/// @param key the stream, which is made if there is none
/// @param group the consumers that share it, which is made with the stream's beginning if there is
///   none
/// @param name which of them this is: the same after a restart
/// @param batch how many entries are fetched at once, 10 if nothing else is said
/// @param claimAfter how long another consumer may leave an entry before this one takes it over, 1
///   minute: more than handling one takes
public record StreamConsumer(
    String key, String group, String name, int batch, Duration claimAfter) {
  /// What is done with an entry.
  ///
  /// @param <X> what it throws
  @FunctionalInterface
  public interface Handler<X extends Exception> {
    /// Deals with an entry; it may come a second time.
    void handle(StreamEntry entry) throws X;
  }

  /// Checks it.
  public StreamConsumer {
    if (batch < 1 || !claimAfter.isPositive()) {
      throw new IllegalArgumentException("batch " + batch + ", claim after " + claimAfter);
    }
  }

  /// A consumer with the usual numbers.
  public static StreamConsumer of(String key, String group, String name) {
    return new StreamConsumer(key, group, name, 10, Duration.ofMinutes(1));
  }

  /// The same with another number of entries fetched at once.
  public StreamConsumer withBatch(int batch) {
    return new StreamConsumer(key, group, name, batch, claimAfter);
  }

  /// The same with another time after which entries of others are taken over.
  public StreamConsumer withClaimAfter(Duration claimAfter) {
    return new StreamConsumer(key, group, name, batch, claimAfter);
  }
}
