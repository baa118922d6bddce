// SPDX-License-Identifier: Apache-2.0
package tulip.core.queue;

import java.util.ArrayDeque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tulip.core.EventLoop;
import tulip.core.queue.Waiter.Outcome;
import tulip.core.spi.ResourceTracker;

/// What lies between the ends of a channel.
///
/// Receivers wait only while nothing is buffered and no sender waits; senders wait only while the
/// buffer is full. So every operation looks at the line of the other side first.
final class Pipe<T> {
  final Home home = new Home("channel");
  final Line<T> senders = new Line<>("room in a channel");
  final Line<T> receivers = new Line<>("an item of a channel");

  private final ResourceTracker tracker = EventLoop.currentTracker();
  private final int capacity;
  private final ArrayDeque<T> buffer = new ArrayDeque<>();
  private int openSenders = 1;
  private int openReceivers = 1;

  Pipe(int capacity) {
    this.capacity = capacity;
    tracker.opened(this);
  }

  /// Sends if that can be done at once.
  boolean offer(T item) {
    Objects.requireNonNull(item, "item");
    if (openReceivers == 0) {
      throw broken();
    }
    var receiver = receivers.poll();
    if (receiver != null) {
      receiver.finish(item);
      return true;
    }
    return buffer.size() < capacity && buffer.add(item);
  }

  /// Receives if that can be done at once; otherwise null.
  @Nullable T poll() {
    var item = buffer.poll();
    var sender = senders.poll();
    if (sender == null) {
      return item;
    }
    var sent = sender.item();
    if (item == null) {
      item = sent;
    } else {
      buffer.add(sent);
    }
    sender.finish(Outcome.DONE);
    return item;
  }

  /// Whether nothing is there and nobody can send anything.
  boolean isAtEnd() {
    return openSenders == 0 && buffer.isEmpty();
  }

  void openSender() {
    openSenders++;
  }

  void openReceiver() {
    openReceivers++;
  }

  void closeSender(Object end) {
    openSenders--;
    senders.finishAt(end, Outcome.CLOSED);
    if (openSenders == 0) {
      tracker.closed(this);
      receivers.finishAll(Outcome.ENDED);
    }
  }

  void closeReceiver(Object end) {
    openReceivers--;
    receivers.finishAt(end, Outcome.CLOSED);
    if (openReceivers == 0) {
      tracker.closed(this);
      buffer.clear();
      senders.finishAll(Outcome.BROKEN);
    }
  }

  Channel.Statistics statistics() {
    return new Channel.Statistics(
        buffer.size(), capacity, openSenders, openReceivers, senders.size(), receivers.size());
  }

  // Errors.

  /// What there is to throw for a wait that was ended without an item.
  static RuntimeException problem(Outcome outcome) {
    return switch (outcome) {
      case CLOSED -> closed();
      case ENDED -> ended();
      case BROKEN -> broken();
      case WAITING, DONE, FAILED -> throw new AssertionError(outcome);
    };
  }

  static ChannelClosedException closed() {
    return new ChannelClosedException("this end of the channel is closed");
  }

  static EndOfChannelException ended() {
    return new EndOfChannelException("all senders of the channel are closed and it is empty");
  }

  static BrokenChannelException broken() {
    return new BrokenChannelException("all receivers of the channel are closed");
  }

  @Override
  public String toString() {
    return "channel with " + buffer.size() + (capacity == Channel.UNBOUNDED ? "" : "/" + capacity);
  }
}
