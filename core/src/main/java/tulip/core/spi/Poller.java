// SPDX-License-Identifier: Apache-2.0
package tulip.core.spi;

import java.io.IOException;
import java.nio.channels.SelectableChannel;

/// Where a loop waits: for channels, for time, and for other threads.
public interface Poller extends AutoCloseable {
  /// Told what a channel is ready for. Called on the loop's bare thread, where it must neither take
  /// a lock nor wait: it resumes tasks or queues callbacks.
  @FunctionalInterface
  interface Watcher {
    /// The channel is ready for these operations of [java.nio.channels.SelectionKey].
    void ready(int operations);
  }

  /// A channel that is watched.
  interface Registration {
    /// What the channel is watched for: operations of [java.nio.channels.SelectionKey], 0 for
    /// nothing. On the loop.
    void watch(int operations);

    /// What the channel is watched for now.
    int watched();

    /// Stops watching. If the channel is closed already, nothing keeps its descriptor after this.
    /// On the loop.
    void cancel();
  }

  /// Begins to watch a channel, for nothing at first. On the loop.
  ///
  /// @throws IOException if the channel cannot be watched
  /// @throws java.nio.channels.IllegalBlockingModeException if it is in blocking mode
  /// @throws IllegalStateException if it is watched already
  Registration register(SelectableChannel channel, Watcher watcher) throws IOException;

  /// Whether any channel is registered.
  boolean hasChannels();

  /// Waits until a channel is ready, somebody calls [#wakeup], or the time is over. One thread at a
  /// time, not always the loop's: in guest mode a helper waits.
  ///
  /// @param nanos how long at most; 0 not to wait, `Long.MAX_VALUE` for as long as it takes
  void await(long nanos);

  /// Tells the watchers what [#await] found. On the loop, while nobody waits.
  ///
  /// @return whether there was anything
  boolean dispatch();

  /// Ends the present or the next [#await]. Any thread; never throws.
  void wakeup();

  /// Lets go of a channel that another thread has closed while the loop stands still, so that the
  /// system closes it too. Nothing to do for a poller that keeps no closed channel. Any thread; it
  /// may wait until the loop goes on.
  default void release(SelectableChannel closed) {}

  /// Releases what the poller holds; channels stay open.
  @Override
  void close();
}
