// SPDX-License-Identifier: Apache-2.0
package tulip.core.queue;

/// The queue was shut down: nothing can be put, and there is nothing left to get.
public final class QueueShutDown extends RuntimeException {
  private static final long serialVersionUID = 1;

  QueueShutDown(String message) {
    super(message);
  }
}
