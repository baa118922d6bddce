// SPDX-License-Identifier: Apache-2.0
package tulip.core.engine;

import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A fiber that is the scheduler of its own virtual thread.
///
/// [#execute] is how the JDK says that the thread can go on. For our own resumptions the order is
/// turned round: the fiber queues first, and is unparked when its turn has come, so that nothing
/// but the queue decides about order.
final class CarrierFiber extends Fiber implements Executor {
  /// Mounts the thread and runs it to its next wait. The JDK hands it to us at the start.
  private @Nullable Runnable continuation;

  /// The loop is unparking the thread, and will run it next: no need to queue.
  private boolean unparking;

  CarrierFiber(ReadyQueue queue, String name, Runnable body) {
    super(queue, body);
    thread = CarrierAccess.newThread(this, name, this::runBody);
  }

  @Override
  public void start() {
    thread.start();
  }

  @Override
  public void startFirst() {
    unparking = true;
    thread.start();
    unparking = false;
    if (claim()) {
      queue.prepend(this);
    }
  }

  /// Must never throw: a thread whose resumption was refused is lost for good, and when the JVM's
  /// own unblocker thread gets the exception, so is every thread that waits for a monitor.
  @Override
  @SuppressWarnings("ReferenceEquality") // the JDK hands over the same object each time
  public void execute(Runnable runnable) {
    if (runnable != continuation) {
      if (continuation != null) {
        queue.submit(new Stranger(queue, runnable));
        return;
      }
      continuation = runnable;
    }
    if (!unparking) {
      queue.submit(this);
    }
  }

  @Override
  public void run() {
    release();
    if (resumed) {
      unpark();
    }
    mountAndRun();
  }

  /// Gives the turn at once, without queueing.
  void runNow() {
    if (continuation == null) {
      unparking = true;
      thread.start();
      unparking = false;
    } else {
      resumed = true;
      unpark();
    }
    mountAndRun();
  }

  @Override
  public void reap() {
    release();
    if (resumed) {
      unpark();
    }
    var runnable = continuation;
    if (runnable != null) {
      runnable.run();
    }
  }

  @Override
  void pause() {
    LockSupport.park();
  }

  /// [#execute] may be called by another thread too at this moment, and be ignored: rightly, since
  /// the thread is then runnable and is run next.
  private void unpark() {
    unparking = true;
    LockSupport.unpark(thread);
    unparking = false;
  }

  @SuppressWarnings("NullAway") // it was handed over at the start
  private void mountAndRun() {
    cameInside();
    queue.stepBegins(this);
    var before = queue.mount(this);
    try {
      continuation.run();
    } finally {
      queue.unmount(before);
      wentOut();
      queue.stepEnded(this);
    }
  }

  /// A virtual thread that somebody started inside a task: it inherits the task's scheduler.
  private static final class Stranger extends Ready {
    private final ReadyQueue queue;
    private final Runnable continuation;

    Stranger(ReadyQueue queue, Runnable continuation) {
      this.queue = queue;
      this.continuation = continuation;
    }

    @Override
    public void run() {
      queue.countStranger();
      var before = queue.mount(null);
      try {
        continuation.run();
      } finally {
        queue.unmount(before);
      }
    }

    @Override
    public void reap() {
      continuation.run();
    }
  }
}
