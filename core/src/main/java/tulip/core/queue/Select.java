// SPDX-License-Identifier: Apache-2.0
package tulip.core.queue;

import org.jspecify.annotations.Nullable;

/// Waits for several channels at once, and does what is possible first: one thing, and none of the
/// others.
///
/// ```java
/// boolean more = Select.select(
///     stop.onReceive(_ -> false),
///     requests.onReceive(request -> { handle(request); return true; }),
///     ticks.onSend(now(), () -> true));
/// ```
///
/// The order of the cases is an order of preference: of those that can be done at once the first is
/// done. So put what is rare and urgent first. A case that is always ready starves those behind it;
/// [tulip.core.Tulip#timeout] limits the wait. Otherwise the case is done that the other side
/// serves first; a select has its place in every line as any other task has.
///
/// A select that is cancelled while it waits has neither sent nor received anything. What a case
/// goes on with runs in the caller's task when the item is sent or received already.
public final class Select {
  private Select() {}

  /// Does the first of the cases that is possible, waiting if none is. In a task.
  ///
  /// @return what the case goes on with returns
  /// @throws X what the case goes on with throws
  /// @throws EndOfChannelException if nothing is left in a channel to receive from, all its senders
  ///   are closed, and its case says nothing about that
  /// @throws BrokenChannelException if no receiver is left for a case to send to
  /// @throws ChannelClosedException if the end of a case is closed
  /// @throws tulip.core.Cancelled if the task was cancelled; nothing was done
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  public static <R extends @Nullable Object, X extends Exception> R select(
      SelectCase<? extends R, ? extends X>... cases) throws X {
    int ready = attempt(cases);
    return cases[ready < 0 ? await(cases) : ready].finish();
  }

  /// Does the first of the cases that is possible, if one is. On the loop; does not wait itself.
  ///
  /// @return what the case goes on with returns; null if none is possible
  /// @throws X what the case goes on with throws
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  public static <R, X extends Exception> @Nullable R trySelect(
      SelectCase<? extends R, ? extends X>... cases) throws X {
    int ready = attempt(cases);
    return ready < 0 ? null : cases[ready].finish();
  }

  private static int attempt(SelectCase<?, ?>[] cases) {
    if (cases.length == 0) {
      throw new IllegalArgumentException("a select without a case would wait for ever");
    }
    for (var one : cases) {
      one.home().check();
      if (one.isEntered()) {
        throw new IllegalStateException("another select waits with the same case");
      }
    }
    for (int i = 0; i < cases.length; i++) {
      if (cases[i].attempt()) {
        return i;
      }
    }
    return -1;
  }

  private static int await(SelectCase<?, ?>[] cases) {
    var selection = new Selection(cases[0].home().task(), cases.length);
    int chosen = -1;
    try {
      for (var one : cases) {
        if (one.isEntered()) {
          throw new IllegalArgumentException("the same case stands in a select twice");
        }
        selection.add(one.enter(selection));
      }
      chosen = selection.await();
    } finally {
      selection.leave();
      for (int i = 0; i < cases.length; i++) {
        if (i != chosen) {
          cases[i].reset();
        }
      }
    }
    return chosen;
  }
}
