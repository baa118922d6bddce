// SPDX-License-Identifier: Apache-2.0
package tulip.core.queue;

import org.jspecify.annotations.Nullable;
import tulip.core.Block;
import tulip.core.queue.Waiter.Outcome;

/// An end of a [Channel] that items go into.
///
/// Several tasks may share an end; who wants to be counted has one of its own, made with [#clone].
///
/// @param <T> the items
public final class SendChannel<T> implements AutoCloseable {
  final Pipe<T> pipe;
  private boolean closed;

  SendChannel(Pipe<T> pipe) {
    this.pipe = pipe;
  }

  /// Sends an item, when there is room for it or a receiver that takes it. In a task.
  ///
  /// @throws BrokenChannelException if no receiver is left, be it during the wait
  /// @throws ChannelClosedException if this end is closed, be it during the wait
  /// @throws tulip.core.Cancelled if the task was cancelled; the item was not sent
  public void send(T item) {
    if (trySend(item)) {
      return;
    }
    var outcome = new Waiter<>(pipe.home.task(), item, this, null).await(pipe.senders);
    if (outcome != Outcome.DONE) {
      throw Pipe.problem(outcome);
    }
  }

  /// Sends an item if there is room for it or a receiver that waits. On the loop; never waits.
  ///
  /// @return false if the item was not sent
  /// @throws BrokenChannelException if no receiver is left
  /// @throws ChannelClosedException if this end is closed
  public boolean trySend(T item) {
    pipe.home.check();
    checkOpen();
    return pipe.offer(item);
  }

  /// For [Select]: sends an item, and goes on with a block.
  ///
  /// The select throws [BrokenChannelException] if no receiver is left.
  ///
  /// @param <R> what the block returns, for the select to return
  /// @param <X> what the block throws
  public <R extends @Nullable Object, X extends Exception> SelectCase<R, X> onSend(
      T item, Block<R, X> then) {
    return new SendCase<>(this, item, then);
  }

  /// Opens one more end for sending into the same channel. On the loop, or before it runs.
  ///
  /// @throws ChannelClosedException if this end is closed
  @Override
  @SuppressWarnings("MethodDoesntCallSuperMethod") // not a copy: the channel counts its ends
  public SendChannel<T> clone() {
    pipe.home.checkIfUsed();
    checkOpen();
    var twin = new SendChannel<>(pipe);
    pipe.openSender();
    return twin;
  }

  /// Closes this end. On the loop; never waits, and does nothing the second time.
  ///
  /// Tasks that wait to send here get [ChannelClosedException]. After the last end for sending the
  /// receivers get what is in the channel, and then come to its end.
  @Override
  public void close() {
    if (!closed) {
      pipe.home.checkIfUsed();
      closed = true;
      pipe.closeSender(this);
    }
  }

  /// How the channel is used at this moment.
  public Channel.Statistics statistics() {
    return pipe.statistics();
  }

  void checkOpen() {
    if (closed) {
      throw Pipe.closed();
    }
  }

  @Override
  public String toString() {
    return (closed ? "closed " : "") + "sender of a " + pipe;
  }
}
