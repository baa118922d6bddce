// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import java.util.ArrayList;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import tulip.core.diagnostics.Histogram;
import tulip.core.engine.Callback;
import tulip.core.engine.CallbackRunner;
import tulip.core.engine.ReadyQueue;
import tulip.core.spi.LastCall;
import tulip.core.spi.LoopClock;
import tulip.core.spi.LoopClock.Outside;
import tulip.core.spi.Poller;

/// One iteration of a loop: the order that [EventLoop] promises.
///
/// It waits if nothing is ready, queues what channels, other threads and timers have made ready,
/// and gives each that stands in the queue then one turn.
final class Turns {
  private final EventLoop loop;
  private final ReadyQueue queue;
  private final Timers timers;
  private final Idle idle;
  private final @Nullable SplittableRandom shuffle;
  private final LoopClock clock;
  private final Poller poller;
  private final CallbackRunner callbacks;
  private final Stopwatch stopwatch = new Stopwatch();

  private long iterations;
  private long callbackCount;

  /// What a guest's sleep was announced for.
  private long sleepDeadline;

  private Outside sleepOutside = Outside.NOTHING;
  private final ArrayList<LastCall> last = new ArrayList<>();

  Turns(EventLoop loop, LoopClock clock, Poller poller, CallbackRunner callbacks) {
    this.loop = loop;
    this.queue = loop.queue;
    this.timers = loop.timers;
    this.idle = loop.idle;
    var seed = loop.options().shuffle();
    this.shuffle = seed == null ? null : new SplittableRandom(seed);
    this.clock = clock;
    this.poller = poller;
    this.callbacks = callbacks;
  }

  /// Runs one iteration.
  ///
  /// @param maxWait how many nanoseconds to wait at most when nothing is ready; negative not to
  ///   wait for timers at all, on a virtual clock either
  /// @param end the `System.nanoTime` after which no turn is begun; `Long.MAX_VALUE` for no limit
  void iterate(long maxWait, long end) {
    iterations++;
    queue.collect();
    if (queue.size() > 0 || maxWait < 0) {
      look();
    } else {
      sleep(maxWait);
    }
    poller.dispatch();
    queue.collect();
    if (!timers.isEmpty()) {
      timers.expire(clock.time());
    }
    if (shuffle != null) {
      queue.shuffleFibers(shuffle);
    }
    give(queue.size(), end);
    while (!last.isEmpty()) {
      giveLast();
    }
    stopwatch.lap();
  }

  /// Makes a call when the present iteration, or the next one, has given its turns.
  void callLast(LastCall call) {
    last.add(call);
  }

  long iterations() {
    return iterations;
  }

  long callbacks() {
    return callbackCount;
  }

  Histogram iterationTimes() {
    return stopwatch.times();
  }

  /// The loop begins to run, perhaps after a pause.
  void begin() {
    stopwatch.start();
  }

  /// The loop ceases to run.
  void end() {
    stopwatch.stop();
  }

  /// Somebody has jumped the queue: this iteration gives so many turns more.
  void extend(int turns) {
    queue.changeTurns(turns);
  }

  // Waiting.

  private void sleep(long maxWait) {
    var outside = outside();
    if (refusesForeignTimers(outside)) {
      return; // the tasks that used them go on with their error
    }
    long deadline = Math.min(timers.next(), idle.deadline(clock));
    long nanos = Math.min(maxWait, clock.waitFor(deadline, outside));
    if (nanos <= 0) {
      look();
    } else if (queue.fallAsleep()) {
      boolean forOthers = nanos == Long.MAX_VALUE && outside == Outside.NOTHING;
      long patience = forOthers ? loop.deadlocks.patience() : nanos;
      stopwatch.stop();
      await(patience);
      queue.awake();
      stopwatch.start();
      boolean quiet = isQuiet();
      if (quiet && patience < nanos) {
        loop.deadlocks.slept();
      } else if (quiet && nanos < maxWait) {
        clock.waited(deadline, outside);
      }
    }
    if (idle.isAwaited() && isQuiet() && clock.time() < timers.next()) {
      idle.reached(clock.time());
    }
  }

  private void look() {
    if (poller.hasChannels()) {
      await(0);
    }
  }

  private void await(long nanos) {
    if (loop.instruments != null) {
      loop.instruments.beforeIoWait(nanos);
    }
    poller.await(nanos);
    if (loop.instruments != null) {
      loop.instruments.afterIoWait(nanos);
    }
  }

  /// Whether the poller has found nothing, and other threads have brought nothing.
  private boolean isQuiet() {
    boolean woken = poller.dispatch();
    queue.collect();
    return !woken && queue.size() == 0;
  }

  private Outside outside() {
    if (queue.waitingOutside() > 0 || loop.blocking().jobs() > 0) {
      return Outside.WORK;
    }
    return poller.hasChannels() ? Outside.CHANNELS : Outside.NOTHING;
  }

  /// Virtual time stands still while a task waits in foreign code; if that wait goes by real time,
  /// it is made to fail.
  ///
  /// @return whether something is ready now
  private boolean refusesForeignTimers(Outside outside) {
    if (outside == Outside.WORK && !clock.isReal()) {
      for (var task : loop.allTasks()) {
        if (task.isWaitingOutside() && task.thread().getState() == Thread.State.TIMED_WAITING) {
          task.poison(ForeignWaitError.of(task));
        }
      }
    }
    return queue.size() > 0;
  }

  // Waiting of a guest, whose host must not wait.

  /// Announces the sleep of a guest, between two iterations.
  ///
  /// @return how long its waiter may wait; 0 if there is something to do
  long fallAsleep() {
    queue.collect();
    if (queue.size() > 0) {
      return 0;
    }
    sleepDeadline = Math.min(timers.next(), idle.deadline(clock));
    sleepOutside = outside();
    if (refusesForeignTimers(sleepOutside)) {
      return 0;
    }
    long nanos = clock.waitFor(sleepDeadline, sleepOutside);
    return nanos > 0 && queue.fallAsleep() ? nanos : 0;
  }

  /// The sleep of a guest has lasted as long as it might: if nothing has happened, time passes.
  void slept() {
    if (isQuiet()) {
      clock.waited(sleepDeadline, sleepOutside);
    }
  }

  // Turns.

  private void give(int count, long end) {
    boolean timed = end != Long.MAX_VALUE;
    if (count > 0) {
      idle.disturb();
    }
    queue.allowTurns(count, !timed);
    while (queue.turnsLeft() > 0) {
      if (queue.peek() instanceof Callback) {
        int begun = callbacks.run(timed ? 1 : queue.turnsLeft());
        queue.changeTurns(-begun);
        callbackCount += begun;
        loop.endCallbacks();
      } else if (!giveOne()) {
        return; // a nested run of the host has given the other turns
      }
      if (timed && System.nanoTime() >= end) {
        return;
      }
    }
  }

  /// The calls jump the queue: what they write is to leave before the loop waits.
  private void giveLast() {
    int wanted = 0;
    for (int i = last.size() - 1; i >= 0; i--) {
      var call = last.get(i);
      if (call.isWanted()) {
        queue.prepend(new ScheduledCall(loop, call::run, Context.EMPTY));
        wanted++;
      }
    }
    last.clear();
    if (wanted > 0) {
      give(wanted, Long.MAX_VALUE);
    }
  }

  private boolean giveOne() {
    var ready = queue.poll();
    if (ready == null) {
      return false;
    }
    queue.changeTurns(-1);
    try {
      ready.run();
    } catch (Throwable t) {
      loop.errors.report("the engine failed to run " + ready, t, ready);
    }
    return true;
  }
}
