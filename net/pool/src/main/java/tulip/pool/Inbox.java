// SPDX-License-Identifier: Apache-2.0
package tulip.pool;

import java.io.IOException;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import tulip.core.queue.Channel;
import tulip.core.queue.EndOfChannelException;

/// What a server sends by itself, for tasks that take it: a channel that never waits for them. What
/// they do not take in time is dropped, and an event in its place says so.
///
/// All methods are for one loop.
///
/// @param <E> the events, and what stands for those that are missing
public final class Inbox<E> implements Receiving<E>, AutoCloseable {
  private final Channel<E> events;
  private final LongFunction<? extends E> gap;
  private final String ended;
  private long dropped;
  private @Nullable Throwable end;
  private boolean closed;

  /// @param capacity how many events are kept that nobody has taken
  /// @param gap makes the event that says how many are missing
  /// @param ended what those are told who receive when nothing more will come
  public Inbox(int capacity, LongFunction<? extends E> gap, String ended) {
    events = Channel.open(capacity);
    this.gap = gap;
    this.ended = ended;
  }

  /// Puts an event in, or drops it. On the loop; never waits.
  public void offer(E event) {
    if (closed) {
      return;
    }
    if (dropped > 0 && events.sender().trySend(gap.apply(dropped))) {
      dropped = 0;
    }
    if (dropped > 0 || !events.sender().trySend(event)) {
      dropped++;
    }
  }

  /// Says that nothing will come any more. On the loop; never waits.
  public void end(Throwable cause) {
    if (end == null) {
      end = cause;
      events.sender().close();
    }
  }

  /// Receives what comes next. In a task.
  ///
  /// @throws IOException if nothing will come any more
  /// @throws tulip.core.queue.ChannelClosedException if the inbox is closed
  /// @throws tulip.core.Cancelled if the task was cancelled; nothing was taken
  @Override
  public E receive() throws IOException {
    try {
      var event = events.receiver().tryReceive();
      return event == null ? receiveLater() : event;
    } catch (EndOfChannelException e) {
      throw new IOException(ended, end == null ? e : end);
    }
  }

  private E receiveLater() {
    if (dropped > 0) {
      var missing = gap.apply(dropped);
      dropped = 0;
      return missing;
    }
    return events.receiver().receive();
  }

  /// Ends the waits of those who receive. On the loop; never waits.
  @Override
  public void close() {
    closed = true;
    events.receiver().close();
    events.sender().close();
  }
}
