// SPDX-License-Identifier: Apache-2.0
package tulip.it.blocking;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tulip.core.Task;
import tulip.core.spi.Instrument;

/// How long the longest turn of a loop's tasks was: for so long nothing else of the loop could run.
///
/// Time in which the thread wanted a processor and other programs had it does not count: Linux
/// tells it for each thread.
final class TurnMeter implements Instrument {
  private static final Path SCHEDULER = Path.of("/proc/thread-self/schedstat");

  private boolean begun;
  private long begin;
  private long begunWaiting;
  private long longest;

  @Override
  public void beforeTaskStep(Task<?> task) {
    begun = true;
    begunWaiting = waitedForProcessor();
    begin = System.nanoTime();
  }

  @Override
  public void afterTaskStep(Task<?> task) {
    long wall = System.nanoTime() - begin;
    if (begun && wall > longest) {
      longest = Math.max(longest, wall - (waitedForProcessor() - begunWaiting));
    }
  }

  /// In nanoseconds, since the thread was started.
  private static long waitedForProcessor() {
    try {
      return Long.parseLong(Files.readString(SCHEDULER).split(" ", -1)[1]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The longest turn since the last call, in milliseconds.
  long takeLongest() {
    long nanos = longest;
    longest = 0;
    return nanos / 1_000_000;
  }
}
