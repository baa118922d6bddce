// SPDX-License-Identifier: Apache-2.0
package tulip.core.diagnostics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HistogramTest {
  private static final double[] PERCENTS = {0, 0.1, 1, 10, 50, 90, 99, 99.9, 100};

  @Test
  void nothingMeasured() {
    var empty = new Histogram.Recorder().snapshot();
    assertEquals(0, empty.count());
    assertEquals(Duration.ZERO, empty.max());
    assertEquals(Duration.ZERO, empty.percentile(50));
  }

  @Test
  void aPercentileIsNeverTooLowAndAtMostAnEighthTooHigh() {
    var random = new Random(1);
    for (int bits = 1; bits <= 40; bits++) {
      long bound = 1L << bits;
      var values = random.longs(1_000, 0, bound).toArray();
      var recorder = new Histogram.Recorder();
      for (long value : values) {
        recorder.record(value);
      }
      Arrays.sort(values);
      var histogram = recorder.snapshot();
      assertEquals(1_000, histogram.count());
      assertEquals(values[999], histogram.max().toNanos());
      for (double percent : PERCENTS) {
        long exact = values[Math.max(1, (int) Math.ceil(10 * percent)) - 1];
        long found = histogram.percentile(percent).toNanos();
        assertTrue(found >= exact, () -> percent + " %: " + found + " < " + exact);
        assertTrue(found <= exact + exact / 8, () -> percent + " %: " + found + " > " + exact);
      }
    }
  }

  @Test
  void whatIsNotADurationOrTooLongIsCounted() {
    var recorder = new Histogram.Recorder();
    recorder.record(-5);
    recorder.record(Long.MAX_VALUE);
    var histogram = recorder.snapshot();
    assertEquals(2, histogram.count());
    assertEquals(Duration.ZERO, histogram.percentile(50));
    assertEquals((1L << 40) - 1, histogram.max().toNanos());
    assertEquals(histogram.max(), histogram.percentile(100));
  }

  @Test
  void aSnapshotDoesNotChange() {
    var recorder = new Histogram.Recorder();
    recorder.record(5, 3);
    var before = recorder.snapshot();
    recorder.record(1_000_000);
    assertEquals(3, before.count());
    assertEquals(5, before.max().toNanos());
    assertEquals(4, recorder.snapshot().count());
  }

  @Test
  void theDifferenceOfTwoSnapshots() {
    var recorder = new Histogram.Recorder();
    recorder.record(1_000_000);
    var before = recorder.snapshot();
    recorder.record(7);
    recorder.record(3, 9);
    var since = recorder.snapshot().since(before);
    assertEquals(10, since.count());
    assertEquals(3, since.percentile(90).toNanos());
    assertEquals(7, since.max().toNanos());
    assertEquals(0, before.since(before).count());
    assertEquals(Duration.ZERO, before.since(before).max());
  }

  @Test
  void percentilesOutOfRange() {
    var histogram = new Histogram.Recorder().snapshot();
    assertThrows(IllegalArgumentException.class, () -> histogram.percentile(-1));
    assertThrows(IllegalArgumentException.class, () -> histogram.percentile(100.1));
    assertThrows(IllegalArgumentException.class, () -> histogram.percentile(Double.NaN));
  }
}
