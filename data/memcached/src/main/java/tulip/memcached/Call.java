// SPDX-License-Identifier: Apache-2.0
package tulip.memcached;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import tulip.bytes.MalformedException;
import tulip.core.Task;
import tulip.core.diagnostics.Waker;
import tulip.core.spi.Waitable;
import tulip.memcached.protocol.Command;
import tulip.memcached.protocol.Reply;

/// A request that was sent: its reply comes here, whether somebody still waits for it or not.
class Call implements Waitable {
  private final Connection connection;

  /// What was sent; `null` if it was no meta command.
  private final @Nullable Command command;

  private final Task<?> task;
  private boolean waiting;
  private @Nullable Reply reply;
  private @Nullable IOException failure;

  Call(Connection connection, Task<?> task, @Nullable Command command) {
    this.connection = connection;
    this.task = task;
    this.command = command;
  }

  /// Takes a reply. By the reader.
  ///
  /// @return whether it was the last one
  /// @throws MalformedException if it cannot be a reply to this request
  boolean accept(Reply reply) throws MalformedException {
    if (command != null && !command.isAnsweredBy(reply)) {
      throw new MalformedException("no server says " + reply + " to " + command.word());
    }
    this.reply = reply;
    wake();
    return true;
  }

  /// There will be no reply. By the reader, and whoever closes the connection.
  void fail(IOException why) {
    failure = why;
    wake();
  }

  private void wake() {
    if (waiting) {
      waiting = false;
      task.resume();
    }
  }

  /// Waits for the last reply. If that is cancelled, the reply will be taken all the same. In the
  /// task that has sent it.
  Reply await() throws IOException {
    while (reply == null && failure == null) {
      waiting = true;
      task.suspend(this);
    }
    if (reply == null) {
      throw connection.lost(true);
    }
    return reply;
  }

  @Override
  public void abort(Task<?> cancelled) {
    waiting = false;
  }

  @Override
  public Waker waker() {
    return Waker.OUTSIDE;
  }

  @Override
  public String toString() {
    return "a reply of " + connection;
  }
}
