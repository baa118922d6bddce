// SPDX-License-Identifier: Apache-2.0
package tulip.core.queue;

import org.jspecify.annotations.Nullable;

/// One of the things that a [Select] waits for.
///
/// Made by [ReceiveChannel#onReceive] and [SendChannel#onSend]. It may be used again when the
/// select has ended, but only by one at a time.
///
/// @param <R> what it has the select return
/// @param <X> what it has the select throw
public abstract sealed class SelectCase<R extends @Nullable Object, X extends Exception>
    permits ReceiveCase, SendCase {
  SelectCase() {}

  /// Does it if that can be done at once.
  abstract boolean attempt();

  /// Queues for it.
  abstract Waiter<?> enter(Selection selection);

  /// Whether a select has queued for it.
  abstract boolean isEntered();

  /// Forgets the place in the line.
  abstract void reset();

  /// Goes on with what came of it, which it forgets before.
  abstract R finish() throws X;

  abstract Home home();
}
