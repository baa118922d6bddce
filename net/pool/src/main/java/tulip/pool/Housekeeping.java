// SPDX-License-Identifier: Apache-2.0
package tulip.pool;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import tulip.core.Scope;
import tulip.core.Task;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.core.sync.Event;

/// What runs beside the leases of a pool, in a group of its owner: the tasks that open, close and
/// reset connections, and one that wakes when a connection gets too old.
final class Housekeeping {
  private final Collection<? extends Stock<?>> stocks;
  private final Budget budget;
  private final TaskGroup group = TaskGroup.open();
  private final Event wake = new Event();
  private final Event returned = new Event();

  /// When the task wakes.
  private long due = Long.MAX_VALUE;

  /// @param stocks all that there are, as they come and go
  Housekeeping(String name, Budget budget, Collection<? extends Stock<?>> stocks) {
    this.budget = budget;
    this.stocks = stocks;
    group.start("upkeep of pool " + name, this::keepUp);
  }

  Budget budget() {
    return budget;
  }

  TaskGroup group() {
    return group;
  }

  private void keepUp() {
    while (true) {
      wake.clear();
      due = Long.MAX_VALUE;
      dueNotLaterThan(stocks.stream().mapToLong(Stock::sweep).min().orElse(Long.MAX_VALUE));
      new Scope().deadline(due).run(wake::await);
    }
  }

  private void dueNotLaterThan(long when) {
    due = Math.min(due, when);
  }

  /// Something has to be done at a certain time.
  void dueBy(long when) {
    if (when < due) {
      due = when;
      wake.set();
    }
  }

  /// A connection was given back or is gone.
  void returned() {
    returned.set();
  }

  /// Ends everything: lends no more, waits for the leases, and then for the connections to close.
  /// By the owner.
  void close(Duration grace) {
    try {
      stocks.forEach(Stock::stop);
      Tulip.shield(() -> Tulip.moveOnAfter(grace, this::awaitLeases));
    } finally {
      List.copyOf(stocks).forEach(Stock::abortLent);
      group.close();
    }
  }

  private void awaitLeases() {
    var closer = Task.current();
    while (stocks.stream().anyMatch(stock -> stock.isHeldFrom(closer))) {
      returned.clear();
      returned.await();
    }
  }
}
