// SPDX-License-Identifier: Apache-2.0
package tulip.core.watch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tulip.core.diagnostics.BlockReport;
import tulip.core.engine.ReadyQueue;

/// A loop that does nothing but run on the thread that made it, and beat when it is told.
final class FakeLoop implements Watched {
  final ReadyQueue queue = new ReadyQueue(() -> {});
  final List<BlockReport> reports = new ArrayList<>();
  final List<Duration> ends = new ArrayList<>();
  @Nullable Object running = "task main";
  long beats;

  FakeLoop() {
    queue.own();
  }

  @Override
  public ReadyQueue queue() {
    return queue;
  }

  @Override
  public long beats() {
    return beats;
  }

  @Override
  public boolean suspendsForeignWaits() {
    return true;
  }

  @Override
  public @Nullable Object running() {
    return running;
  }

  @Override
  public void blocked(BlockReport report) {
    reports.add(report);
  }

  @Override
  public void unblocked(BlockReport report, Duration whole) {
    ends.add(whole);
  }

  @Override
  public String toString() {
    return "event loop fake";
  }
}
