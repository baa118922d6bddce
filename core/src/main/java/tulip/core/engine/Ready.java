// SPDX-License-Identifier: Apache-2.0
package tulip.core.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// Something that waits for the turn.
///
/// It is its own node in the queue, so that queueing allocates nothing and cannot fail, and it
/// stands in the queue once at most, however often it is submitted.
public abstract class Ready {
  private static final VarHandle QUEUED;

  static {
    try {
      QUEUED = MethodHandles.lookup().findVarHandle(Ready.class, "queued", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @Nullable Ready next;

  private volatile boolean queued;

  /// For subclasses.
  protected Ready() {}

  /// Uses the turn. The loop's thread calls it, or the virtual thread of a [CallbackRunner].
  public abstract void run();

  /// Takes the turn that came after the loop was closed. On the [Reaper]'s thread.
  public void reap() {}

  /// Whether the caller may put this into a queue: false when it stands there already.
  final boolean claim() {
    return QUEUED.compareAndSet(this, false, true);
  }

  /// Says that this has left the queue and may be submitted again.
  final void release() {
    QUEUED.setRelease(this, false);
  }
}
