// SPDX-License-Identifier: Apache-2.0
package tulip.pool;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tulip.core.EventLoop;
import tulip.core.Task;
import tulip.pool.PoolEvent.CloseReason;

/// The connections to one place, and the line of those who wait for them.
///
/// A connection is being opened, idle, lent, or being closed; in each of these states it takes one
/// place of the pool. Those that are being opened belong to nobody yet: whoever stands first in the
/// line gets whatever comes first, a new connection or one that is given back. So nobody waits
/// while there is an idle one, and a task that gives up loses none.
///
/// Only the turn of the loop guards all this: nothing waits between looking at the state and
/// changing it.
final class Stock<C> {
  final EventLoop loop = EventLoop.current();
  final Hooks<C> hooks;

  private final String name;
  private final Housekeeping house;
  private final Ledger ledger;
  private final Opener<C> opener;
  private final ArrayList<Entry<C>> entries = new ArrayList<>();

  /// Those that are idle, that which is so for longest first.
  private final ArrayDeque<Entry<C>> idle = new ArrayDeque<>();

  private final LinkedHashSet<PoolWaiter<C>> line = new LinkedHashSet<>();
  private PoolOptions options;
  private int closing;

  /// How many tasks stand in the line or are about to.
  private int acquiring;

  private int generation;
  private boolean closed;

  Stock(String name, Connector<C> connector, PoolOptions options, Housekeeping house) {
    this.name = name;
    this.options = options;
    this.house = house;
    hooks = new Hooks<>(connector, options.connectTimeout(), options.hookTimeout());
    ledger = new Ledger(name, options.listener());
    opener = new Opener<>(this, house);
  }

  // Lending.

  /// Lends the running task a connection, for which it waits if need be.
  Lease<C> acquire(Duration limit) throws IOException {
    var task = caller();
    checkOpen();
    long began = loop.time();
    var lease = takeIdle(task, began);
    if (lease == null || needsCheck(lease.entry, began)) {
      lease = acquireSlowly(new Acquisition<>(this, task, limit), lease);
    }
    ledger.acquired(began);
    return lease;
  }

  /// Lends the running task a connection that lies idle; null if there is none.
  @Nullable Lease<C> acquireIdle() throws IOException {
    caller();
    checkOpen();
    return idle.isEmpty() ? null : acquire(options.acquireTimeout());
  }

  /// Whether there are as many connections as there may be.
  boolean isFull() {
    return size() >= options.maxSize();
  }

  private Lease<C> acquireSlowly(Acquisition<C> acquisition, @Nullable Lease<C> candidate)
      throws IOException {
    acquiring++;
    try {
      return acquisition.run(candidate);
    } finally {
      acquiring--;
    }
  }

  private Task<?> caller() {
    var task = loop.currentTask();
    if (task == null) {
      checkTurn();
      throw new IllegalStateException(
          "a callback cannot acquire a connection of " + this + ": start a task that does");
    }
    return task;
  }

  void checkTurn() {
    if (!loop.inLoop()) {
      throw new IllegalStateException(
          this + " belongs to " + loop + ": go there with submit or callSoonThreadSafe");
    }
  }

  void checkOpen() throws PoolClosedException {
    if (closed) {
      throw new PoolClosedException(this + " is closed");
    }
  }

  /// Lends an idle connection, if there is a good one.
  @Nullable Lease<C> takeIdle(Task<?> task, long now) {
    boolean lifo = options.order() == PoolOptions.Order.LIFO;
    while (!idle.isEmpty()) {
      var entry = lifo ? idle.removeLast() : idle.removeFirst();
      if (isDead(entry)) {
        destroy(entry, CloseReason.BROKEN, null);
      } else if (now >= entry.expires) {
        retire(entry, CloseReason.EXPIRED);
      } else {
        return lend(entry, task, now);
      }
    }
    return null;
  }

  private Lease<C> lend(Entry<C> entry, Task<?> task, long now) {
    var lease = new Lease<>(this, entry, task, now);
    entry.lease = lease;
    return lease;
  }

  boolean isDead(Entry<C> entry) {
    return entry.gone || !hooks.isAlive(entry.connection);
  }

  boolean needsCheck(Entry<C> entry, long now) {
    return now - entry.idleSince >= options.checkAfter().toNanos();
  }

  // The line.

  PoolWaiter<C> enterLine(Task<?> task, boolean first) {
    var waiter = new PoolWaiter<>(this, task);
    if (first) {
      line.addFirst(waiter);
    } else {
      line.addLast(waiter);
    }
    grow();
    return waiter;
  }

  void leaveLine(PoolWaiter<C> waiter) {
    line.remove(waiter);
    if (line.isEmpty()) {
      house.budget().forget(this);
    }
  }

  private @Nullable PoolWaiter<C> pollLine() {
    return line.isEmpty() ? null : line.removeFirst();
  }

  boolean isInLine(Task<?> task) {
    return task.waitingFor() instanceof PoolWaiter<?> waiter && line.contains(waiter);
  }

  // Taking back.

  void giveBack(Lease<C> lease, boolean cut) {
    var entry = lease.entry;
    entry.uses++;
    ledger.released(lease.since);
    if (lease.isBroken() || isDead(entry)) {
      destroy(entry, CloseReason.BROKEN, null);
      return;
    }
    switch (hooks.judge(entry.connection, cut)) {
      case REUSE -> settle(entry);
      case RESET -> reset(entry, cut);
      case DISCARD -> destroy(entry, cut ? CloseReason.CUT : CloseReason.BROKEN, null);
    }
  }

  /// Whoever was cut does not wait for it: the deadline is over perhaps.
  private void reset(Entry<C> entry, boolean cut) {
    if (reasonToRetire(entry, loop.time()) != null) {
      settle(entry);
    } else if (cut || loop.currentTask() == null) {
      house.group().start("reset a connection of " + name, () -> resetNow(entry));
    } else {
      resetNow(entry);
    }
  }

  private void resetNow(Entry<C> entry) {
    try {
      hooks.reset(entry.connection);
    } catch (Throwable t) {
      destroy(entry, CloseReason.RESET_FAILED, t);
      return;
    }
    settle(entry);
  }

  /// Finds a new place for a connection that nobody has any more.
  void settle(Entry<C> entry) {
    entry.lease = null;
    if (entry.gone) {
      return;
    }
    long now = loop.time();
    var reason = reasonToRetire(entry, now);
    if (reason != null) {
      retire(entry, reason);
    } else {
      offer(entry, now);
    }
  }

  private @Nullable CloseReason reasonToRetire(Entry<C> entry, long now) {
    if (closed) {
      return CloseReason.POOL_CLOSED;
    }
    if (entry.generation != generation) {
      return CloseReason.OUTDATED;
    }
    if (now >= entry.expires) {
      return CloseReason.EXPIRED;
    }
    if (entry.uses >= options.maxUses()) {
      return CloseReason.USED_UP;
    }
    return live() > options.maxSize() ? CloseReason.SURPLUS : null;
  }

  /// Gives a good connection to whoever waits longest, or keeps it.
  private void offer(Entry<C> entry, long now) {
    entry.idleSince = now;
    var waiter = pollLine();
    if (waiter != null) {
      waiter.grant(lend(entry, waiter.task, now));
      return;
    }
    idle.addLast(entry);
    house.dueBy(due(entry));
    house.budget().makeRoom();
  }

  // Opening.

  /// Opens connections for those who wait, and up to the minimum.
  void grow() {
    while (!closed
        && opener.opening() < Math.min(wanted(), options.maxOpening())
        && size() < options.maxSize()
        && house.budget().take(this)) {
      opener.start();
    }
  }

  private int wanted() {
    int missing = options.minSize() - entries.size();
    return missing > line.size() && loop.time() >= opener.restUntil() ? missing : line.size();
  }

  /// Takes a new connection in.
  void admit(Entry<C> entry) {
    entries.add(entry);
    settle(entry);
    grow();
  }

  /// Tells whoever waits longest that no connection could be opened for them.
  void failNext(Throwable cause) {
    var waiter = pollLine();
    if (waiter != null) {
      waiter.fail(cause);
    }
    grow();
  }

  /// When a connection that begins now is too old.
  long expiry() {
    double part = RandomGenerator.getDefault().nextDouble(0.9, 1);
    return loop.time() + (long) (options.maxAge().toNanos() * part);
  }

  int generation() {
    return generation;
  }

  // Closing.

  /// Ends a connection at once.
  void destroy(Entry<C> entry, CloseReason reason, @Nullable Throwable cause) {
    if (!entry.gone) {
      hooks.abort(entry.connection);
      remove(entry, reason, cause);
    }
  }

  /// Ends a connection in order, in a task of its own.
  private void retire(Entry<C> entry, CloseReason reason) {
    closing++;
    house
        .group()
        .start(
            "close a connection of " + name,
            () -> {
              hooks.close(entry.connection);
              closing--;
              remove(entry, reason, null);
            });
  }

  private void remove(Entry<C> entry, CloseReason reason, @Nullable Throwable cause) {
    entry.lease = null;
    entry.gone = true;
    entries.remove(entry);
    ledger.closed(reason, cause);
    house.budget().free(reason == CloseReason.EVICTED);
    house.returned();
    grow();
  }

  // Upkeep.

  /// Ends what has been idle for too long or is too old, and opens what is missing.
  ///
  /// @return when there is something to do again
  long sweep() {
    long now = loop.time();
    long next = Long.MAX_VALUE;
    for (var entry : List.copyOf(idle)) {
      if (now < due(entry)) {
        next = Math.min(next, due(entry));
      } else {
        idle.remove(entry);
        retire(entry, now >= entry.expires ? CloseReason.EXPIRED : CloseReason.IDLE);
      }
    }
    grow();
    return now < opener.restUntil() ? Math.min(next, opener.restUntil()) : next;
  }

  /// When an idle connection is to be closed.
  private long due(Entry<C> entry) {
    return live() > options.minSize()
        ? Math.min(entry.expires, entry.idleSince + options.maxIdle().toNanos())
        : entry.expires;
  }

  boolean hasIdle() {
    return !idle.isEmpty();
  }

  /// Since when the one that is idle for longest is so; there is one.
  long idleSince() {
    return idle.getFirst().idleSince;
  }

  void evict() {
    retire(idle.removeFirst(), CloseReason.EVICTED);
  }

  /// Those that are open now are not lent again.
  void expireAll() {
    generation++;
    retireAllIdle(CloseReason.OUTDATED);
  }

  private void retireAllIdle(CloseReason reason) {
    while (hasIdle()) {
      retire(idle.removeFirst(), reason);
    }
  }

  void resize(int min, int max) {
    options = options.withSize(min, max);
    while (hasIdle() && live() > max) {
      retire(idle.removeFirst(), CloseReason.SURPLUS);
    }
    house.dueBy(loop.time());
    grow();
  }

  // The end.

  /// Lends nothing any more.
  void stop() {
    closed = true;
    for (var waiter = pollLine(); waiter != null; waiter = pollLine()) {
      waiter.fail(new PoolClosedException(this + " was closed"));
    }
    opener.stop();
    retireAllIdle(CloseReason.POOL_CLOSED);
  }

  /// Whether there are leases whose end can be waited for by a task.
  boolean isHeldFrom(Task<?> closer) {
    return leases().stream().anyMatch(lease -> lease.holder != closer && !lease.holder.isDone());
  }

  void abortLent() {
    for (var lease : leases()) {
      lease.end(this + " was closed");
      destroy(lease.entry, CloseReason.POOL_CLOSED, null);
    }
  }

  // Looking.

  PoolOptions options() {
    return options;
  }

  Ledger ledger() {
    return ledger;
  }

  @Nullable Throwable lastFailure() {
    return opener.lastFailure();
  }

  boolean isTracing() {
    return options.traceLeases() || loop.isDebug();
  }

  /// Whether nothing is left of it, and nobody wants anything.
  boolean isEmpty() {
    return size() == 0 && acquiring == 0;
  }

  /// All places that are taken.
  private int size() {
    return entries.size() + opener.opening();
  }

  /// All but those that are being closed.
  private int live() {
    return size() - closing;
  }

  List<Lease<C>> leases() {
    var leases = new ArrayList<Lease<C>>();
    for (var entry : entries) {
      if (entry.lease != null) {
        leases.add(entry.lease);
      }
    }
    return leases;
  }

  /// All leases, if nothing but the end of one can give somebody a connection; else none.
  List<Lease<C>> leasesIfExhausted() {
    var leases = leases();
    return leases.size() >= options.maxSize() ? leases : List.of();
  }

  List<Task<?>> holders() {
    var tasks = new LinkedHashSet<Task<?>>();
    leasesIfExhausted().forEach(lease -> tasks.add(lease.holder));
    return List.copyOf(tasks);
  }

  PoolStatistics statistics() {
    var waiting = new ArrayList<Task<?>>();
    line.forEach(waiter -> waiting.add(waiter.task));
    return new PoolStatistics(
        idle.size(),
        leases().size(),
        opener.opening(),
        closing,
        waiting,
        ledger.acquired,
        ledger.opened,
        ledger.closed,
        ledger.connectFailures,
        ledger.timeouts);
  }

  @Override
  public String toString() {
    return "pool " + name;
  }
}
