// SPDX-License-Identifier: Apache-2.0
package tulip.core.engine;

import java.util.concurrent.locks.LockSupport;

/// A fiber whose thread waits for a baton, the turn, which goes round between the threads of one
/// loop.
///
/// The loop's thread gives it to the first fiber of an iteration and waits for it to come home. A
/// fiber that is done with its turn gives it straight to the next one in the queue, and home only
/// when something else stands there: one hand-over a turn instead of two.
final class BatonFiber extends Fiber {
  private volatile boolean hasTurn;
  private boolean started;

  /// The turn comes from the [Reaper], who does not wait for it.
  private boolean late;

  BatonFiber(ReadyQueue queue, String name, Runnable body) {
    super(queue, body);
    thread =
        Thread.ofVirtual().name(name).inheritInheritableThreadLocals(false).unstarted(this::live);
  }

  @Override
  public void start() {
    queue.submit(this);
  }

  @Override
  public void startFirst() {
    if (claim()) {
      queue.prepend(this);
    }
  }

  @Override
  public void run() {
    release();
    if (isDone()) {
      return;
    }
    queue.stepBegins(this);
    var before = queue.mount(this);
    try {
      queue.letTurnGo();
      takeTurn();
      queue.awaitTurn();
    } finally {
      queue.unmount(before);
    }
  }

  /// Does not wait for the turn to come back: one stuck task would hold up all late ones.
  @Override
  public void reap() {
    release();
    late = true;
    takeTurn();
  }

  private void takeTurn() {
    hasTurn = true;
    if (started) {
      LockSupport.unpark(thread);
    } else {
      started = true;
      thread.start();
    }
  }

  private void live() {
    try {
      runBody();
    } finally {
      giveBack();
    }
  }

  /// Gives the turn on, after which this fiber may get it again at once.
  private void giveBack() {
    if (late) {
      hasTurn = false;
      return;
    }
    queue.stepEnded(this);
    hasTurn = false;
    for (var next = queue.pollDirect(); next != null; next = queue.pollDirect()) {
      next.release();
      if (next instanceof BatonFiber fiber && !fiber.isDone()) {
        queue.stepBegins(fiber);
        queue.mount(fiber);
        fiber.takeTurn();
        return;
      }
    }
    queue.bringTurnHome();
  }

  /// Waits for the turn even when the thread is interrupted: it must not run without it.
  @Override
  void pause() {
    giveBack();
    boolean interrupted = false;
    while (!hasTurn) {
      LockSupport.park();
      if (Thread.interrupted()) {
        interrupted = true;
        queue.submit(this);
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
