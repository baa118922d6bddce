// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import org.jspecify.annotations.Nullable;
import tulip.core.engine.Callback;

/// A callback in a loop's queue, and its own handle.
non-sealed class ScheduledCall extends Callback implements Handle {
  final EventLoop loop;
  private final Context context;
  private @Nullable Runnable action;

  ScheduledCall(EventLoop loop, @Nullable Runnable action, Context context) {
    this.loop = loop;
    this.action = action;
    this.context = context;
  }

  @Override
  public void cancel() {
    action = null;
  }

  @Override
  public boolean isCancelled() {
    return action == null;
  }

  @Override
  public void run() {
    var call = action;
    if (call != null) {
      loop.call(call, context, this);
    }
  }

  @Override
  public String toString() {
    return "callback " + (action == null ? "(cancelled)" : action);
  }
}
