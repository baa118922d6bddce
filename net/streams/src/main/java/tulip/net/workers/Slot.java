// SPDX-License-Identifier: Apache-2.0
package tulip.net.workers;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tulip.core.EventLoop;
import tulip.core.Future;
import tulip.core.LoopClosedException;
import tulip.core.LoopOptions;
import tulip.core.Runner;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.core.diagnostics.LoopSnapshot;
import tulip.core.sync.Event;
import tulip.net.workers.WorkerStatistics.State;

/// The place of one worker: starts it, waits until it ends or is stuck, and starts the next. On the
/// loop that opened the workers.
final class Slot {
  /// How often to look within the time that a loop may be silent.
  private static final int LOOKS = 4;

  /// A worker that was started, with what this loop knows of it.
  private static final class Tended {
    final WorkerRun run;
    final Heartbeat heart;
    final Future<@Nullable Void> end;
    boolean ready;
    boolean stuck;

    Tended(WorkerRun run, EventLoop here) {
      this.run = run;
      heart = new Heartbeat(run.loop(), run.begun(), here.time());
      end = here.wrap(run.ended());
    }

    State state() {
      if (end.isDone()) {
        return State.ENDED;
      }
      return stuck ? State.STUCK : ready ? State.READY : State.STARTING;
    }
  }

  private final EventLoop loop = EventLoop.current();
  private final int index;
  private final WorkersOptions options;
  private final Workers.Main main;
  private final TaskGroup group;
  private final Announcer announcer;
  private final Restarts restarts;
  private final Event ready = new Event();

  /// The present worker, and those before it that have not ended.
  private final List<Tended> alive = new ArrayList<>();

  private @Nullable Tended present;
  private int starts;

  Slot(int index, WorkersOptions options, Workers.Main main, TaskGroup group) {
    this.index = index;
    this.options = options;
    this.main = main;
    this.group = group;
    announcer = new Announcer(options.listener());
    restarts = new Restarts(options.restarts());
  }

  /// Keeps a worker running until it ends as it should.
  ///
  /// @throws WorkersFailedException if it has to be started again too often
  void keepRunning() {
    while (true) {
      var tended = Tulip.shield(this::start);
      var silence = awaitEnd(tended);
      if (silence != null) {
        leave(tended, silence);
      } else {
        tellEnd(tended);
        if (tended.run.failure() == null) {
          ready.set(); // nobody need wait for that any more
          return;
        }
      }
      Tulip.sleep(pauseAfter(tended));
    }
  }

  private Tended start() {
    var runner = Tulip.blocking(() -> Runner.open(loopOptions())); // not allowed on a loop
    var worker = new Worker(index, starts++, this::tellReady);
    var run = WorkerRun.start(worker, main, runner);
    var tended = new Tended(run, loop);
    alive.add(tended);
    present = tended;
    return tended;
  }

  private LoopOptions loopOptions() {
    var loop = options.loop();
    return loop.withName(loop.name() + "-worker-" + index).withInterruptible(false);
  }

  /// On the worker's loop.
  private void tellReady(Worker worker) {
    try {
      loop.callSoonThreadSafe(() -> becameReady(worker));
    } catch (LoopClosedException e) {
      // the worker was left behind
    }
  }

  private void becameReady(Worker worker) {
    for (var tended : alive) {
      if (tended.run.worker() == worker) {
        tended.ready = true;
        announcer.tell(new WorkerEvent.Ready(worker));
        ready.set();
      }
    }
  }

  /// @return for how long it has been silent if it is stuck, `null` if it has ended
  private @Nullable Duration awaitEnd(Tended tended) {
    var limit = options.stuckAfter();
    if (limit.isZero()) {
      tended.end.awaitDone();
      return null;
    }
    while (!Tulip.moveOnAfter(limit.dividedBy(LOOKS), tended.end::awaitDone)) {
      var silence = tended.heart.look(loop.time());
      if (silence.compareTo(limit) >= 0) {
        return silence;
      }
    }
    return null;
  }

  private void tellEnd(Tended tended) {
    alive.remove(tended);
    var failure = tended.run.failure();
    var worker = tended.run.worker();
    announcer.tell(
        failure == null ? new WorkerEvent.Ended(worker) : new WorkerEvent.Crashed(worker, failure));
  }

  /// Leaves a stuck worker to itself.
  private void leave(Tended tended, Duration silence) {
    var run = tended.run;
    tended.stuck = true;
    announcer.tell(new WorkerEvent.Stuck(run.worker(), silence, where(run)));
    run.stop("its loop stood still for " + silence);
    group.start("recovery of " + run.worker(), () -> awaitRecovery(tended));
    Tulip.blocking(() -> run.worker().withdraw(run.loop()));
  }

  private static LoopSnapshot where(WorkerRun run) {
    return run.loop().snapshot(Duration.ZERO);
  }

  private void awaitRecovery(Tended tended) {
    Tulip.await(CompletableFuture.anyOf(tended.heart.sign(), tended.run.ended()));
    tended.stuck = false;
    announcer.tell(new WorkerEvent.Recovered(tended.run.worker()));
    tended.end.awaitDone();
    tellEnd(tended);
  }

  private Duration pauseAfter(Tended last) {
    var policy = options.restarts();
    var pause = alive.size() > policy.limit() ? null : restarts.next(loop.time());
    if (pause == null) {
      var end = new WorkerEvent.GivenUp(last.run.worker(), policy);
      announcer.tell(end);
      throw new WorkersFailedException(end.message(), last.run.failure());
    }
    announcer.tell(new WorkerEvent.Restarting(last.run.worker(), pause));
    return pause;
  }

  /// Waits until a worker has said that it is ready, or has ended.
  void awaitReady() {
    ready.await();
  }

  WorkerStatistics statistics() {
    var last = present;
    if (last == null) {
      return new WorkerStatistics(index, 0, State.STARTING, 0, 0, null);
    }
    var worker = last.run.worker();
    return new WorkerStatistics(
        index,
        worker.restarts(),
        last.state(),
        worker.served(),
        worker.open(),
        last.run.loop().statistics());
  }

  // The end, when no more workers are started.

  void stop() {
    alive.forEach(tended -> tended.run.stop("the workers are stopped"));
  }

  /// Waits for all but those that are stuck.
  void awaitStopped() {
    for (var tended : List.copyOf(alive)) {
      if (!tended.stuck) {
        tended.end.awaitDone();
        tellEnd(tended);
      }
    }
  }

  void abandonRest() {
    for (var tended : alive) {
      announcer.tell(new WorkerEvent.Abandoned(tended.run.worker(), where(tended.run)));
    }
  }
}
