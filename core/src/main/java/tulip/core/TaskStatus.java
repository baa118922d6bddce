// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import org.jspecify.annotations.Nullable;

/// What a task of [TaskGroup#startAndWait] says when it is ready to serve.
///
/// @param <V> what it tells its starter: a port, a connection
public final class TaskStatus<V extends @Nullable Object> {
  final Future<V> ready;

  TaskStatus(EventLoop loop) {
    ready = new Future<>(loop);
  }

  /// Whether it was said that the task is ready.
  public boolean isStarted() {
    return ready.isDone();
  }

  /// The task is ready; its starter goes on with this value.
  ///
  /// @throws InvalidStateException if it was said before
  public void started(V value) {
    ready.setResult(value);
  }
}
