// SPDX-License-Identifier: Apache-2.0
package tulip.net.spi;

import java.io.IOException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import org.jspecify.annotations.Nullable;
import tulip.core.EventLoop;
import tulip.core.Task;
import tulip.core.diagnostics.Waker;
import tulip.core.spi.Poller;
import tulip.core.spi.Waitable;

/// Who waits for a channel that a wire is made of: on either side, reading and writing, one task or
/// one callback. On the loop.
///
/// The interest in a side stays when its wait is over, and is taken back when the channel becomes
/// ready and nobody waits: a conversation of messages and answers so costs no change of interest.
public final class ChannelWatch {
  private static final int READ = SelectionKey.OP_READ | SelectionKey.OP_ACCEPT;
  private static final int WRITE = SelectionKey.OP_WRITE | SelectionKey.OP_CONNECT;

  private final EventLoop loop;
  private final SelectableChannel channel;
  private final Side reading;
  private final Side writing;
  private Poller.@Nullable Registration registration;
  private boolean closed;

  /// Watches nothing until somebody waits.
  ///
  /// @param channel in non-blocking mode
  public ChannelWatch(EventLoop loop, SelectableChannel channel) {
    this.loop = loop;
    this.channel = channel;
    reading = new Side(READ, "to be read");
    writing = new Side(WRITE, "to be written");
  }

  /// The loop that the waits are on.
  public EventLoop loop() {
    return loop;
  }

  /// Waits until the channel has something to read or accept. In a task; one at a time.
  ///
  /// @throws tulip.core.Cancelled if the task was cancelled; the channel has lost nothing
  /// @throws AsynchronousCloseException if it was closed meanwhile
  public void awaitReadable() throws IOException {
    reading.await();
  }

  /// Waits until the channel takes bytes or is connected. In a task; one at a time.
  ///
  /// @throws tulip.core.Cancelled if the task was cancelled; the channel has lost nothing
  /// @throws AsynchronousCloseException if it was closed meanwhile
  public void awaitWritable() throws IOException {
    writing.await();
  }

  /// Calls back once, as a callback of the loop, when the channel takes bytes, or is broken or
  /// closed.
  public void whenWritable(Runnable callback) {
    writing.call(callback);
  }

  private void ready(int operations) {
    if ((operations & READ) != 0) {
      reading.ready();
    }
    if ((operations & WRITE) != 0) {
      writing.ready();
    }
  }

  /// Stops watching and ends all waits. The caller closes the channel. Does nothing the second
  /// time.
  public void close() {
    if (!closed) {
      closed = true;
      if (registration != null) {
        registration.cancel();
      }
      reading.end();
      writing.end();
    }
  }

  private Poller.Registration registration() throws IOException {
    if (closed) {
      throw new ClosedChannelException();
    }
    if (registration == null) {
      registration = loop.poller().register(channel, this::ready);
    }
    return registration;
  }

  /// One of reading and writing.
  private final class Side implements Waitable {
    private final int operations;
    private final String purpose;
    private @Nullable Task<?> task;
    private @Nullable Runnable callback;

    Side(int operations, String purpose) {
      this.operations = operations & channel.validOps();
      this.purpose = purpose;
    }

    void await() throws IOException {
      watch();
      var current = Task.current();
      if (task != null) {
        throw new IllegalStateException(
            task + " waits already for " + this + ": one task at a time reads, one writes");
      }
      task = current;
      current.suspend(this);
      if (closed) {
        throw new AsynchronousCloseException();
      }
    }

    void call(Runnable wanted) {
      callback = wanted;
      try {
        watch();
      } catch (IOException e) {
        ready(); // the callback's next write tells what is wrong
      }
    }

    private void watch() throws IOException {
      var watched = registration();
      int now = watched.watched();
      if ((now & operations) == 0) {
        watched.watch(now | operations);
      }
    }

    void ready() {
      if (!tell() && registration != null && !closed) {
        registration.watch(registration.watched() & ~operations);
      }
    }

    void end() {
      tell();
    }

    private boolean tell() {
      var waiting = task;
      var wanted = callback;
      task = null;
      callback = null;
      if (waiting != null) {
        waiting.resume();
      }
      if (wanted != null) {
        loop.callSoon(wanted);
      }
      return waiting != null || wanted != null;
    }

    @Override
    public Waker waker() {
      return Waker.OUTSIDE;
    }

    @Override
    public void abort(Task<?> waiting) {
      if (task == waiting) {
        task = null;
      }
    }

    @Override
    public String toString() {
      return channel + " " + purpose;
    }
  }
}
