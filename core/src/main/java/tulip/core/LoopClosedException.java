// SPDX-License-Identifier: Apache-2.0
package tulip.core;

/// The loop is closed: it takes no callback and no task any more, and a task that outlived it
/// cannot wait.
public final class LoopClosedException extends IllegalStateException {
  private static final long serialVersionUID = 1;

  LoopClosedException(String message) {
    super(message);
  }
}
