// SPDX-License-Identifier: Apache-2.0
package tulip.core.queue;

import org.jspecify.annotations.Nullable;
import tulip.core.Block;
import tulip.core.queue.Waiter.Outcome;

/// Sending, as one of the things that a select waits for.
final class SendCase<T, R extends @Nullable Object, X extends Exception> extends SelectCase<R, X> {
  private final SendChannel<T> channel;
  private final T item;
  private final Block<R, X> then;
  private @Nullable Waiter<T> waiter;

  SendCase(SendChannel<T> channel, T item, Block<R, X> then) {
    this.channel = channel;
    this.item = item;
    this.then = then;
  }

  @Override
  boolean attempt() {
    channel.checkOpen();
    return channel.pipe.offer(item);
  }

  @Override
  Waiter<?> enter(Selection selection) {
    var place = new Waiter<>(selection.task, item, channel, selection);
    channel.pipe.senders.add(place);
    waiter = place;
    return place;
  }

  @Override
  R finish() throws X {
    var place = waiter;
    waiter = null;
    if (place != null && place.outcome != Outcome.DONE) {
      throw Pipe.problem(place.outcome);
    }
    return then.run();
  }

  @Override
  boolean isEntered() {
    return waiter != null;
  }

  @Override
  void reset() {
    waiter = null;
  }

  @Override
  Home home() {
    return channel.pipe.home;
  }
}
