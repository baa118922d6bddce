// SPDX-License-Identifier: Apache-2.0
package tulip.core.engine;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A fiber whose thread and whose loop's thread pass a baton: one of the two always waits.
final class BatonFiber extends Fiber {
  private volatile boolean hasTurn;
  private volatile @Nullable Thread giver;
  private boolean started;

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
    var before = queue.mount(this);
    try {
      passTurn();
    } finally {
      queue.unmount(before);
    }
  }

  /// Does not wait for the turn to come back: one stuck task would hold up all late ones.
  @Override
  public void reap() {
    release();
    letRun();
  }

  private void letRun() {
    giver = Thread.currentThread();
    hasTurn = true;
    if (started) {
      LockSupport.unpark(thread);
    } else {
      started = true;
      thread.start();
    }
  }

  private void passTurn() {
    if (isDone()) {
      return;
    }
    letRun();
    boolean interrupted = false;
    while (hasTurn) {
      LockSupport.park();
      interrupted |= Thread.interrupted(); // else the next park would not wait
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void live() {
    try {
      runBody();
    } finally {
      giveBack();
    }
  }

  private void giveBack() {
    hasTurn = false;
    LockSupport.unpark(giver);
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
