// SPDX-License-Identifier: Apache-2.0
package tulip.core.diagnostics;

import java.time.Duration;

/// How often which durations were measured: a snapshot that does not change.
///
/// The buckets are log-linear, eight to each power of two, from a nanosecond to 18 minutes: a
/// percentile is at most an eighth too high, never too low. Longer durations count as 18 minutes.
public final class Histogram {
  /// Eight buckets a power of two.
  private static final int BITS = 3;

  private static final int LINEAR = 1 << BITS;
  private static final long LIMIT = 1L << 40;
  private static final int BUCKETS = index(LIMIT - 1) + 1;

  private final long[] counts;
  private final long count;
  private final long max;

  private Histogram(long[] counts, long max) {
    this.counts = counts;
    this.max = max;
    long sum = 0;
    for (long one : counts) {
      sum += one;
    }
    count = sum;
  }

  /// How many were measured.
  public long count() {
    return count;
  }

  /// The longest; zero if there is none.
  public Duration max() {
    return Duration.ofNanos(max);
  }

  /// A duration that so many percent did not exceed; zero if nothing was measured.
  ///
  /// @param percent from 0 to 100
  /// @throws IllegalArgumentException if it is neither
  public Duration percentile(double percent) {
    if (!(percent >= 0 && percent <= 100)) {
      throw new IllegalArgumentException("a percentile is from 0 to 100: " + percent);
    }
    long rank = Math.max(1, (long) Math.ceil(count * percent / 100));
    long seen = 0;
    for (int i = 0; i < BUCKETS; i++) {
      seen += counts[i];
      if (seen >= rank) {
        return Duration.ofNanos(Math.min(highest(i), max));
      }
    }
    return Duration.ZERO;
  }

  /// What was measured since an earlier snapshot of the same thing. Its maximum is that of its
  /// highest bucket.
  public Histogram since(Histogram earlier) {
    var difference = new long[BUCKETS];
    long top = 0;
    for (int i = 0; i < BUCKETS; i++) {
      difference[i] = Math.max(0, counts[i] - earlier.counts[i]);
      if (difference[i] > 0) {
        top = Math.min(highest(i), max);
      }
    }
    return new Histogram(difference, top);
  }

  @Override
  public String toString() {
    return "%d measured; 50 %% within %s, 99 %% within %s, the longest %s"
        .formatted(count, percentile(50), percentile(99), max());
  }

  /// The bucket of a duration.
  private static int index(long nanos) {
    if (nanos < LINEAR) {
      return (int) nanos;
    }
    int shift = 63 - BITS - Long.numberOfLeadingZeros(nanos);
    return ((shift + 1) << BITS) + (int) ((nanos >>> shift) & (LINEAR - 1));
  }

  /// The longest duration in a bucket.
  private static long highest(int index) {
    if (index < LINEAR) {
      return index;
    }
    int shift = (index >>> BITS) - 1;
    return ((LINEAR + (index & (LINEAR - 1)) + 1L) << shift) - 1;
  }

  /// Counts durations: two and a half kilobytes, whatever comes.
  ///
  /// One thread at a time records. Any thread may take a snapshot, which may miss what is being
  /// recorded at that moment.
  public static final class Recorder {
    private final long[] counts = new long[BUCKETS];
    private long max;

    /// An empty one.
    public Recorder() {}

    /// Counts a duration; a negative one counts as none.
    public void record(long nanos) {
      record(nanos, 1);
    }

    /// Counts a duration several times.
    public void record(long nanos, int times) {
      long clamped = Math.clamp(nanos, 0, LIMIT - 1);
      counts[index(clamped)] += times;
      if (clamped > max) {
        max = clamped;
      }
    }

    /// What was counted so far. Any thread.
    public Histogram snapshot() {
      return new Histogram(counts.clone(), max);
    }
  }
}
