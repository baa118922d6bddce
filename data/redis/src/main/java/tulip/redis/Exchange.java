// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tulip.core.Task;
import tulip.core.diagnostics.Waker;
import tulip.core.spi.Waitable;
import tulip.redis.protocol.Reply;

/// Commands that one task has sent in one piece, and its wait for their replies.
///
/// A task that gives up leaves this where it stands, so that the replies find their place and go to
/// nobody else.
final class Exchange implements Waitable {
  /// What a command that subscribes gets for a reply is a push in RESP3.
  final boolean subscribing;

  /// Where its last byte stands among all that were written to the connection.
  final long end;

  /// When the replies are late, of the loop's time.
  final long deadline;

  /// Whether all of it was handed to the stream.
  boolean written;

  private final Task<?> task;
  private final Reply[] replies;
  private final Endpoint endpoint;
  private int received;
  private boolean waiting;
  private @Nullable Supplier<? extends IOException> failure;

  Exchange(
      Task<?> task, int commands, boolean subscribing, long end, long deadline, Endpoint endpoint) {
    this.task = task;
    this.subscribing = subscribing;
    this.end = end;
    this.deadline = deadline;
    this.endpoint = endpoint;
    replies = new Reply[commands];
  }

  /// Waits for the replies. By the task itself.
  ///
  /// @throws IOException if there will be none
  /// @throws tulip.core.Cancelled if the task was cancelled
  Reply[] await() throws IOException {
    while (!isOver()) {
      waiting = true;
      task.suspend(this);
    }
    if (failure != null) {
      throw failure.get();
    }
    return replies;
  }

  /// Takes a reply.
  ///
  /// @return whether it was the last one
  boolean receive(Reply reply) {
    replies[received++] = reply;
    boolean last = received == replies.length;
    if (last) {
      wake();
    }
    return last;
  }

  /// Has the task fail, if it still waits. The failure is made by the task, whose stack it has.
  void fail(Supplier<? extends IOException> why) {
    if (!isOver()) {
      failure = why;
      wake();
    }
  }

  private void wake() {
    if (waiting) {
      waiting = false;
      task.resume();
    }
  }

  /// Whether the task has what it waits for.
  boolean isOver() {
    return received == replies.length || failure != null;
  }

  @Override
  public void abort(Task<?> aborted) {
    waiting = false;
  }

  @Override
  public Waker waker() {
    return Waker.OUTSIDE;
  }

  @Override
  public String toString() {
    return replies.length + " replies of " + endpoint;
  }
}
