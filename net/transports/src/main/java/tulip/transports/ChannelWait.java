// SPDX-License-Identifier: Apache-2.0
package tulip.transports;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import org.jspecify.annotations.Nullable;
import tulip.core.EventLoop;
import tulip.core.Handle;
import tulip.core.Task;
import tulip.core.diagnostics.Waker;
import tulip.core.spi.Waitable;

/// One wait of a task for a channel, by means of the loop's readers and writers.
final class ChannelWait implements Waitable {
  private final String purpose;
  private @Nullable Task<?> task;
  private boolean ready;

  private ChannelWait(SelectableChannel channel, String purpose) {
    this.purpose = channel + purpose;
  }

  static void readable(SelectableChannel channel) throws IOException {
    var loop = EventLoop.current();
    var wait = new ChannelWait(channel, " to be read");
    var reader = loop.addReader(channel, wait::end);
    wait.await(reader, () -> loop.removeReader(channel));
  }

  static void writable(SelectableChannel channel) throws IOException {
    var loop = EventLoop.current();
    var wait = new ChannelWait(channel, " to be written");
    var writer = loop.addWriter(channel, wait::end);
    wait.await(writer, () -> loop.removeWriter(channel));
  }

  private void await(Handle handle, Runnable remove) {
    try {
      while (!ready) {
        var current = Task.current();
        task = current;
        current.suspend(this);
      }
    } finally {
      if (!handle.isCancelled()) { // else another one has taken its place
        remove.run();
      }
    }
  }

  private void end() {
    ready = true;
    if (task != null) {
      task.resume();
      task = null;
    }
  }

  @Override
  public void abort(Task<?> waiting) {
    task = null;
  }

  @Override
  public Waker waker() {
    return Waker.OUTSIDE;
  }

  @Override
  public String toString() {
    return purpose;
  }
}
