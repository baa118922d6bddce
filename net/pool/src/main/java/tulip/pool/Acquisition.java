// SPDX-License-Identifier: Apache-2.0
package tulip.pool;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tulip.core.Scope;
import tulip.core.Task;
import tulip.pool.PoolEvent.CloseReason;

/// How one task gets a connection when none lies ready: it waits for one, or checks one that was
/// idle for long, or both, several times perhaps.
final class Acquisition<C> {
  /// So many holders are named in a message.
  private static final int NAMED = 10;

  private final Stock<C> stock;
  private final Task<?> task;
  private final Duration limit;
  private final long began;

  /// Whoever had a connection that turned out to be dead does not stand in line again.
  private boolean first;

  Acquisition(Stock<C> stock, Task<?> task, Duration limit) {
    this.stock = stock;
    this.task = task;
    this.limit = limit;
    began = stock.loop.time();
  }

  /// @param candidate an idle connection that has to be checked, or `null`
  Lease<C> run(@Nullable Lease<C> candidate) throws IOException {
    var lease =
        new Scope()
            .timeout(limit)
            .run(() -> {
              var checked = checked(candidate);
              return checked == null ? waitForOne() : checked;
            });
    if (lease == null) {
      throw timedOut();
    }
    return lease;
  }

  /// The first idle connection that works, or `null`.
  private @Nullable Lease<C> checked(@Nullable Lease<C> candidate) {
    var lease = candidate;
    while (lease != null && stock.needsCheck(lease.entry, stock.loop.time()) && !check(lease)) {
      first = true;
      lease = stock.takeIdle(task, stock.loop.time());
    }
    return lease;
  }

  private Lease<C> waitForOne() throws IOException {
    while (true) {
      stock.checkOpen();
      checkNested();
      var lease = stock.enterLine(task, first).await();
      if (!stock.isDead(lease.entry)) {
        return lease;
      }
      discard(lease, CloseReason.BROKEN, null);
      first = true;
    }
  }

  private boolean check(Lease<C> lease) {
    var entry = lease.entry;
    try {
      stock.hooks.check(entry.connection);
      return !entry.gone;
    } catch (IOException | TimeoutException | RuntimeException e) {
      discard(lease, CloseReason.CHECK_FAILED, e);
      return false;
    } catch (Throwable t) {
      discard(lease, CloseReason.CUT, null); // the answer to the check may come yet
      throw t;
    }
  }

  private void discard(Lease<C> lease, CloseReason reason, @Nullable Throwable cause) {
    lease.end("its connection did not work");
    stock.destroy(lease.entry, reason, cause);
  }

  /// Refuses what could never come to an end: all connections are with tasks that wait for another
  /// one of the same, and this task is one of them.
  private void checkNested() {
    boolean holds = false;
    for (var lease : stock.leasesIfExhausted()) {
      if (lease.holder == task) {
        holds = true;
      } else if (!stock.isInLine(lease.holder)) {
        return;
      }
    }
    if (holds) {
      throw new IllegalStateException(
          task
              + " would wait for ever for another connection of "
              + stock
              + ": every one is held by a task that waits here for one more ("
              + holders()
              + "); give a connection back before acquiring another, or make the pool larger");
    }
  }

  private ConnectionTimeoutException timedOut() {
    stock.ledger().timedOut(began);
    var statistics = stock.statistics();
    var timeout =
        new ConnectionTimeoutException(
            "no connection of "
                + stock
                + " for "
                + task
                + " within "
                + limit
                + ": "
                + statistics.inUse()
                + " of "
                + stock.options().maxSize()
                + " in use, "
                + statistics.opening()
                + " opening, "
                + statistics.waiting().size()
                + " others waiting"
                + (statistics.inUse() == 0 ? "" : "; in use by " + holders()),
            stock.lastFailure());
    stock.leases().stream()
        .map(lease -> lease.trace)
        .filter(trace -> trace != null)
        .limit(NAMED)
        .forEach(timeout::addSuppressed);
    return timeout;
  }

  private String holders() {
    var leases = stock.leases();
    var text = new StringBuilder();
    for (var lease : leases.subList(0, Math.min(NAMED, leases.size()))) {
      text.append(text.isEmpty() ? "" : ", ").append(lease.describe());
    }
    return text.append(leases.size() > NAMED ? ", ..." : "").toString();
  }
}
