// SPDX-License-Identifier: Apache-2.0
package tulip.net.workers;

import java.time.Duration;
import tulip.core.diagnostics.LoopSnapshot;

/// What happens to a worker.
public sealed interface WorkerEvent {
  /// Whom it happens to. A worker that is started again is another one with the same index.
  Worker worker();

  /// What happens, in a sentence.
  String message();

  /// It says that it serves: see [Worker#ready].
  ///
  /// @param worker which one
  record Ready(Worker worker) implements WorkerEvent {
    @Override
    public String message() {
      return worker + " is ready";
    }
  }

  /// Its main task has ended by itself or as it was told, and its loop is closed. It is not started
  /// again.
  ///
  /// @param worker which one
  record Ended(Worker worker) implements WorkerEvent {
    @Override
    public String message() {
      return worker + " has ended";
    }
  }

  /// Its main task failed, or its loop did, and its loop is closed. It is started again, unless all
  /// are being stopped.
  ///
  /// @param worker which one
  /// @param cause what was thrown
  record Crashed(Worker worker, Throwable cause) implements WorkerEvent {
    @Override
    public String message() {
      return worker + " crashed: " + cause;
    }
  }

  /// Its loop gives no sign of life. Its shared ports are left to the others, and another worker
  /// takes its place. Nothing can end what holds the loop up: a thread cannot be killed. If it goes
  /// on one day, it is told to stop.
  ///
  /// @param worker which one
  /// @param silence how long the loop has been silent
  /// @param where who has the turn, and where: its stack
  record Stuck(Worker worker, Duration silence, LoopSnapshot where) implements WorkerEvent {
    @Override
    public String message() {
      return worker + " has stood still for " + silence + "; " + where;
    }
  }

  /// Its loop was stuck and goes on. It serves to the end what it had begun, and ends.
  ///
  /// @param worker which one
  record Recovered(Worker worker) implements WorkerEvent {
    @Override
    public String message() {
      return worker + " goes on, and ends";
    }
  }

  /// Another worker takes its place after a pause.
  ///
  /// @param worker the one that crashed or is stuck
  /// @param pause how long
  record Restarting(Worker worker, Duration pause) implements WorkerEvent {
    @Override
    public String message() {
      return worker + " is started again in " + pause;
    }
  }

  /// It was started again too often, which fails all workers.
  ///
  /// @param worker the one that crashed or is stuck
  /// @param policy that has been used up
  record GivenUp(Worker worker, RestartPolicy policy) implements WorkerEvent {
    @Override
    public String message() {
      return worker
          + " is not started again: its limit is "
          + policy.limit()
          + " restarts within "
          + policy.window();
    }
  }

  /// It has not ended in time when all were stopped, and is left behind: its thread goes on until
  /// it comes to an end by itself, or the JVM exits.
  ///
  /// @param worker which one
  /// @param where what its loop did then
  record Abandoned(Worker worker, LoopSnapshot where) implements WorkerEvent {
    @Override
    public String message() {
      return worker + " did not stop and is left behind; " + where;
    }
  }
}
