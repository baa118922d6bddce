// SPDX-License-Identifier: Apache-2.0
package tulip.core.spi;

/// A foreign loop that a Tulip loop lives in: a window system, a game, an executor with one thread.
@FunctionalInterface
public interface HostLoop {
  /// Runs something on the host's thread soon, always the same thread, in the order of the calls.
  /// Any thread.
  void post(Runnable runnable);
}
