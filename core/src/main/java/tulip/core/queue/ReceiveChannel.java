// SPDX-License-Identifier: Apache-2.0
package tulip.core.queue;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import tulip.core.Block;
import tulip.core.Tulip;
import tulip.core.queue.Waiter.Outcome;

/// An end of a [Channel] that items come out of.
///
/// Each item goes to one receiver. Several tasks may share an end; who wants to be counted has one
/// of its own, made with [#clone].
///
/// @param <T> the items
public final class ReceiveChannel<T> implements Iterable<T>, AutoCloseable {
  final Pipe<T> pipe;
  private boolean closed;

  ReceiveChannel(Pipe<T> pipe) {
    this.pipe = pipe;
  }

  /// Receives the next item, when there is one. In a task.
  ///
  /// @throws EndOfChannelException if nothing is left and all senders are closed, be it during the
  ///   wait
  /// @throws ChannelClosedException if this end is closed, be it during the wait
  /// @throws tulip.core.Cancelled if the task was cancelled; no item was taken
  public T receive() {
    var item = receiveOrEnd();
    if (item == null) {
      throw Pipe.ended();
    }
    return item;
  }

  /// Receives the next item if there is one. On the loop; never waits.
  ///
  /// @return null if there is none yet
  /// @throws EndOfChannelException if nothing is left and all senders are closed
  /// @throws ChannelClosedException if this end is closed
  public @Nullable T tryReceive() {
    pipe.home.check();
    checkOpen();
    var item = pipe.poll();
    if (item == null && pipe.isAtEnd()) {
      throw Pipe.ended();
    }
    return item;
  }

  /// Receives items until nothing is left and all senders are closed. In a task.
  ///
  /// `hasNext` waits, and takes the item that `next` returns then; it throws
  /// [ChannelClosedException] and [tulip.core.Cancelled] as [#receive] does. Several iterators
  /// share the items. The end stays open.
  @Override
  public Iterator<T> iterator() {
    return new Incoming<>(this::receiveOrEnd);
  }

  /// The next item; null at the end of the channel.
  @Nullable T receiveOrEnd() {
    pipe.home.check();
    checkOpen();
    var item = pipe.poll();
    if (item != null || pipe.isAtEnd()) {
      return item;
    }
    var waiter = new Waiter<T>(pipe.home.task(), null, this, null);
    return switch (waiter.await(pipe.receivers)) {
      case DONE -> waiter.item();
      case ENDED -> null;
      case Outcome other -> throw Pipe.problem(other);
    };
  }

  /// For [Select]: receives an item, and goes on with it.
  ///
  /// The select throws [EndOfChannelException] if nothing is left and all senders are closed.
  ///
  /// @param <R> what `then` returns, for the select to return
  /// @param <X> what `then` throws
  public <R extends @Nullable Object, X extends Exception> SelectCase<R, X> onReceive(
      Tulip.Mapping<? super T, R, X> then) {
    return new ReceiveCase<>(this, then, null);
  }

  /// For [Select]: receives an item and goes on with it, or with a block at the end of the channel.
  ///
  /// @param <R> what `then` and `atEnd` return, for the select to return
  /// @param <X> what they throw
  public <R extends @Nullable Object, X extends Exception> SelectCase<R, X> onReceive(
      Tulip.Mapping<? super T, R, X> then, Block<R, X> atEnd) {
    return new ReceiveCase<>(this, then, atEnd);
  }

  /// Opens one more end for receiving from the same channel. On the loop, or before it runs.
  ///
  /// @throws ChannelClosedException if this end is closed
  @Override
  @SuppressWarnings("MethodDoesntCallSuperMethod") // not a copy: the channel counts its ends
  public ReceiveChannel<T> clone() {
    pipe.home.checkIfUsed();
    checkOpen();
    var twin = new ReceiveChannel<>(pipe);
    pipe.openReceiver();
    return twin;
  }

  /// Closes this end. On the loop; never waits, and does nothing the second time.
  ///
  /// Tasks that wait to receive here get [ChannelClosedException]. After the last end for receiving
  /// what is in the channel is dropped, and senders get [BrokenChannelException].
  @Override
  public void close() {
    if (!closed) {
      pipe.home.checkIfUsed();
      closed = true;
      pipe.closeReceiver(this);
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
    return (closed ? "closed " : "") + "receiver of a " + pipe;
  }
}
