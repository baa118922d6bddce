// SPDX-License-Identifier: Apache-2.0
package tulip.core.engine;

import org.jspecify.annotations.Nullable;

/// A virtual thread that runs only while it holds the turn of its loop.
///
/// Its body calls [#suspend] to give the turn back; whoever makes it ready calls [#resume].
public abstract class Fiber extends Ready {
  /// Where the fiber queues for its turn.
  protected final ReadyQueue queue;

  /// What the fiber runs; a [ReadyQueue#mounted] fiber is recognised by it.
  protected final Runnable body;

  /// The thread; a subclass sets it when it makes it.
  @SuppressWarnings("NullAway.Init")
  Thread thread;

  /// The fiber is to go on from [#suspend]. Written by the turn's holder only.
  boolean resumed;

  private boolean suspended;
  private boolean outside;
  private boolean done;
  private int waits;
  private volatile int pinnedWait;
  private StackTraceElement @Nullable [] pinnedFrames;

  /// A fiber of the loop that `queue` belongs to.
  protected Fiber(ReadyQueue queue, Runnable body) {
    this.queue = queue;
    this.body = body;
  }

  /// The thread; the same for the fiber's whole life.
  public final Thread thread() {
    return thread;
  }

  /// Queues the fiber for its first turn. Any thread, once.
  public abstract void start();

  /// What the fiber runs.
  public final Runnable body() {
    return body;
  }

  /// Gives the turn back until [#resume]. On the fiber's own thread, with the turn.
  ///
  /// @return true when resumed; false when the thread was interrupted, whose flag is then clear
  public final boolean suspend() {
    suspended = true;
    waits++;
    try {
      while (true) {
        pause();
        if (resumed) {
          resumed = false;
          return true;
        }
        if (Thread.interrupted()) {
          return false;
        }
      }
    } finally {
      suspended = false;
    }
  }

  /// Has the fiber go on from [#suspend] when its turn comes. By the turn's holder only.
  public final void resume() {
    resumed = true;
    if (claim()) {
      queue.append(this);
    }
  }

  /// As [#resume], but before all others. By the fiber itself, about to suspend.
  public final void resumeFirst() {
    resumed = true;
    if (claim()) {
      queue.prepend(this);
    }
  }

  /// As [#start], but before all others. By the turn's holder.
  public abstract void startFirst();

  /// Leaves a suspended fiber to the [Reaper]. By the closing loop, as its last deed.
  public final void abandon() {
    resumed = true;
    if (claim()) {
      Reaper.take(this);
    }
  }

  /// Whether the fiber waits for something that is not Tulip's. By the turn's holder.
  public final boolean isOutside() {
    return outside;
  }

  /// Whether the body has ended. By the turn's holder.
  public final boolean isDone() {
    return done;
  }

  /// Gives the turn back once; may return for no reason.
  abstract void pause();

  /// Whether the body is in [#suspend]. From another thread: a moment's view.
  public final boolean isSuspended() {
    return suspended;
  }

  /// The turn is about to go to the fiber.
  final void cameInside() {
    if (outside) {
      outside = false;
      queue.wentOutside(-1);
    }
  }

  /// The fiber has given the turn back.
  final void wentOut() {
    if (!suspended && !done) {
      outside = true;
      queue.wentOutside(1);
    }
  }

  /// The body, and the note that it has ended.
  final void runBody() {
    try {
      body.run();
    } finally {
      done = true;
    }
  }

  // Pinned waits: told by the watchdog from its own thread.

  /// How many waits the fiber has begun. The watchdog's view of it may be late, as its looks are
  /// rare.
  public final int waits() {
    return waits;
  }

  /// The watchdog found wait number `wait` pinned, with these frames on top: end it.
  public final void breakPinnedWait(int wait, StackTraceElement[] frames) {
    pinnedFrames = frames;
    pinnedWait = wait;
    thread.interrupt();
  }

  /// The frames of the wait that has just been interrupted, if the watchdog did it for a pin.
  public final StackTraceElement @Nullable [] takePinnedFrames() {
    return pinnedWait == waits ? pinnedFrames : null;
  }

  /// Whether an interrupt came from a watchdog that looked at an earlier wait: nobody's request.
  public final boolean isStaleBreak() {
    if (pinnedWait == 0 || pinnedWait == waits) {
      return false;
    }
    pinnedWait = 0;
    return true;
  }
}
