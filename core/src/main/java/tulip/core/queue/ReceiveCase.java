// SPDX-License-Identifier: Apache-2.0
package tulip.core.queue;

import org.jspecify.annotations.Nullable;
import tulip.core.Block;
import tulip.core.Tulip;
import tulip.core.queue.Waiter.Outcome;

/// Receiving, as one of the things that a select waits for.
final class ReceiveCase<T, R extends @Nullable Object, X extends Exception>
    extends SelectCase<R, X> {
  private final ReceiveChannel<T> channel;
  private final Tulip.Mapping<? super T, R, X> then;
  private final @Nullable Block<R, X> atEnd;
  private @Nullable T item;
  private @Nullable Waiter<T> waiter;

  ReceiveCase(
      ReceiveChannel<T> channel, Tulip.Mapping<? super T, R, X> then, @Nullable Block<R, X> atEnd) {
    this.channel = channel;
    this.then = then;
    this.atEnd = atEnd;
  }

  @Override
  boolean attempt() {
    channel.checkOpen();
    item = channel.pipe.poll();
    return item != null || channel.pipe.isAtEnd();
  }

  @Override
  Waiter<?> enter(Selection selection) {
    var place = new Waiter<T>(selection.task, null, channel, selection);
    channel.pipe.receivers.add(place);
    waiter = place;
    return place;
  }

  @Override
  R finish() throws X {
    var received = item;
    var place = waiter;
    item = null;
    waiter = null;
    if (place != null) {
      if (place.outcome == Outcome.CLOSED) {
        throw Pipe.problem(Outcome.CLOSED);
      }
      received = place.item;
    }
    if (received != null) {
      return then.apply(received);
    }
    if (atEnd != null) {
      return atEnd.run();
    }
    throw Pipe.ended();
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
