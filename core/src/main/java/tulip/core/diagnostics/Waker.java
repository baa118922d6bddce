// SPDX-License-Identifier: Apache-2.0
package tulip.core.diagnostics;

/// Who can end a wait, as far as can be known. That a cancellation can do so too is understood.
public enum Waker {
  /// Nothing happens before each of the holders has acted: the owner of a lock, the task that is
  /// awaited, the children of a group.
  EVERY_HOLDER,
  /// One of the holders is enough: whoever gives a token back first.
  ANY_HOLDER,
  /// Any code of the loop that knows the thing: it sets the event, or puts an item into the queue.
  ANYONE,
  /// Time.
  CLOCK,
  /// The world outside the loop: a channel, a thread, another process, whoever presses Ctrl-C.
  OUTSIDE
}
