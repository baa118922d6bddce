// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import java.util.concurrent.TimeUnit;
import tulip.core.diagnostics.Histogram;

/// Times the iterations of one loop.
///
/// To ask for the time costs a tenth of a switch between tasks. So while iterations are short many
/// of them share one question, and one iteration's time is the mean of theirs.
final class Stopwatch {
  private static final int MOST_LAPS = 16;
  private static final long SHORT = TimeUnit.MICROSECONDS.toNanos(100);

  private final Histogram.Recorder times = new Histogram.Recorder();
  private long began;
  private int most = MOST_LAPS;
  private int laps;

  /// An iteration begins, after a wait.
  void start() {
    began = System.nanoTime();
    laps = 0;
  }

  /// An iteration has ended, and the next one follows.
  void lap() {
    if (++laps >= most) {
      long now = System.nanoTime();
      book(now);
      began = now;
    }
  }

  /// The loop is about to wait.
  void stop() {
    if (laps > 0) {
      book(System.nanoTime());
    }
  }

  /// What took long was one iteration, most likely; the next ones are timed one by one.
  private void book(long now) {
    long took = now - began;
    if (took < SHORT) {
      times.record(took / laps, laps);
      most = MOST_LAPS;
    } else {
      times.record(took);
      most = 1;
    }
    laps = 0;
  }

  Histogram times() {
    return times.snapshot();
  }
}
