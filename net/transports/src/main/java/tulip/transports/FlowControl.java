// SPDX-License-Identifier: Apache-2.0
package tulip.transports;

/// Tells who writes to stop when too much waits to be sent, and to go on when little does.
final class FlowControl {
  private final Runnable pause;
  private final Runnable resume;
  private WriteBufferLimits limits;
  private boolean paused;

  FlowControl(WriteBufferLimits limits, Runnable pause, Runnable resume) {
    this.limits = limits;
    this.pause = pause;
    this.resume = resume;
  }

  WriteBufferLimits limits() {
    return limits;
  }

  void limits(WriteBufferLimits changed) {
    limits = changed;
  }

  /// So many bytes wait now.
  void update(int size) {
    if (!paused && size > limits.high()) {
      paused = true;
      pause.run();
    } else if (paused && size <= limits.low()) {
      paused = false;
      resume.run();
    }
  }
}
