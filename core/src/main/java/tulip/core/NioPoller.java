// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tulip.core.spi.Poller;

/// Waits on the JDK's selector once there is a channel, and by parking the thread before that.
///
/// Without channels a loop costs no descriptor, and its timers are as exact as the system's: about
/// 50 microseconds. With a selector they are late by up to a millisecond, the unit in which it
/// waits.
final class NioPoller implements Poller {
  private volatile @Nullable Selector selector;
  private volatile @Nullable Thread waiting;
  private volatile boolean woken;

  /// What the last wait has found, without the detour over the selector's own set.
  private final ArrayList<SelectionKey> ready = new ArrayList<>();

  private final Consumer<SelectionKey> collect = ready::add;

  @Override
  public Registration register(SelectableChannel channel, Watcher watcher) throws IOException {
    var open = selector;
    if (open == null) {
      open = Selector.open();
      selector = open;
      wakeup(); // who waits by parking must begin to wait on the selector
    }
    var key = channel.keyFor(open);
    if (key != null && key.isValid()) {
      throw new IllegalStateException(
          channel + " is watched already: a stream or transport has it, or a reader or writer");
    }
    if (key != null) {
      // a channel that was watched before leaves its old key behind until now
      open.selectNow(NioPoller::pass);
    }
    return new ChannelKey(channel.register(open, 0, watcher));
  }

  @Override
  public boolean hasChannels() {
    return selector != null && !selector.keys().isEmpty();
  }

  /// An interrupted thread would not wait at all, again and again: its flag is put aside meanwhile.
  @Override
  public void await(long nanos) {
    boolean interrupted = Thread.interrupted();
    try {
      if (selector != null) {
        select(selector, nanos);
      } else if (nanos > 0) {
        park(nanos);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      woken = false;
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void select(Selector selector, long nanos) throws IOException {
    ready.clear(); // what was not dispatched is found again
    if (nanos <= 0 || woken) {
      selector.selectNow(collect);
    } else if (nanos == Long.MAX_VALUE) {
      selector.select(collect);
    } else {
      long millis = TimeUnit.NANOSECONDS.toMillis(nanos);
      selector.select(collect, TimeUnit.MILLISECONDS.toNanos(millis) < nanos ? millis + 1 : millis);
    }
  }

  private static void pass(SelectionKey ready) {
    // the next wait finds it again
  }

  private void park(long nanos) {
    waiting = Thread.currentThread();
    long end = System.nanoTime() + nanos;
    long left = nanos;
    while (!woken && left > 0) {
      if (nanos == Long.MAX_VALUE) {
        LockSupport.park(this);
      } else {
        LockSupport.parkNanos(this, left);
        left = end - System.nanoTime();
      }
      if (Thread.currentThread().isInterrupted()) {
        break; // the next wait puts the flag aside
      }
    }
    waiting = null;
  }

  @Override
  public boolean dispatch() {
    if (ready.isEmpty()) {
      return false;
    }
    for (var key : ready) {
      try {
        ((Watcher) key.attachment()).ready(key.readyOps());
      } catch (CancelledKeyException e) {
        // cancelled by the watcher of another channel, just now: nobody is to be told
      }
    }
    ready.clear();
    return true;
  }

  @Override
  public void wakeup() {
    woken = true;
    LockSupport.unpark(waiting);
    try {
      if (selector != null) {
        selector.wakeup();
      }
    } catch (RuntimeException | InternalError e) {
      // the loop was closed at this moment: it needs no waking
    }
  }

  /// A selector lets go of closed channels whenever anybody selects. What is ready and dropped
  /// here, the loop's next look finds again.
  @Override
  public void release(SelectableChannel closed) {
    var open = selector;
    if (open == null) {
      return;
    }
    try {
      open.selectNow(NioPoller::pass);
    } catch (ClosedSelectorException e) {
      return; // the loop was closed at this moment, and has let go of all
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    wakeup(); // in place of one that this has used up
  }

  @Override
  public void close() {
    try {
      if (selector != null) {
        selector.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record ChannelKey(SelectionKey key) implements Registration {
    @Override
    public void watch(int operations) {
      key.interestOps(operations);
    }

    @Override
    public int watched() {
      return key.interestOps();
    }

    /// The system keeps a closed channel's descriptor, and its port, until the selector has let go.
    @Override
    public void cancel() {
      key.cancel();
      if (!key.channel().isOpen()) {
        try {
          key.selector().selectNow(NioPoller::pass);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }
}
