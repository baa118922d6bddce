// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tulip.core.spi.Poller;

/// The callbacks of [EventLoop#addReader] and [EventLoop#addWriter].
final class Readiness {
  static final int READ = SelectionKey.OP_READ | SelectionKey.OP_ACCEPT;
  static final int WRITE = SelectionKey.OP_WRITE | SelectionKey.OP_CONNECT;

  private final EventLoop loop;
  private final Poller poller;
  private final Map<SelectableChannel, Watched> channels = new HashMap<>();

  Readiness(EventLoop loop, Poller poller) {
    this.loop = loop;
    this.poller = poller;
  }

  Handle add(SelectableChannel channel, int operations, Runnable callback) throws IOException {
    loop.checkTurn();
    loop.checkOpen();
    var watched = channels.get(channel);
    if (watched == null || !channel.isOpen()) { // a closed one is refused by the poller
      watched = new Watched(channel);
      watched.registration = poller.register(channel, watched);
      channels.put(channel, watched);
    }
    var call = new ScheduledCall(loop, callback, loop.contextHere());
    watched.set(operations, call);
    watched.watch(watched.watched() | (operations & channel.validOps()));
    return call;
  }

  boolean remove(SelectableChannel channel, int operations) {
    loop.checkTurn();
    var watched = channels.get(channel);
    if (watched == null || !watched.clear(operations)) {
      return false;
    }
    if (watched.isIdle()) {
      channels.remove(channel);
      watched.registration().cancel();
    } else if (channel.isOpen()) {
      watched.watch(watched.watched() & ~operations);
    }
    return true;
  }

  /// One channel with its reader and its writer.
  private final class Watched implements Poller.Watcher {
    private final SelectableChannel channel;
    private Poller.@Nullable Registration registration;
    private @Nullable ScheduledCall reader;
    private @Nullable ScheduledCall writer;

    Watched(SelectableChannel channel) {
      this.channel = channel;
    }

    @Override
    public void ready(int operations) {
      if (reader != null && (operations & READ) != 0) {
        queue(reader, READ);
      }
      if (writer != null && (operations & WRITE) != 0) {
        queue(writer, WRITE);
      }
    }

    /// One whose handle was cancelled is taken away now: its channel would be ready for ever.
    private void queue(ScheduledCall call, int operations) {
      if (call.isCancelled()) {
        remove(channel, operations);
      } else {
        loop.queue.submit(call);
      }
    }

    Poller.Registration registration() {
      if (registration == null) {
        throw new IllegalStateException("not registered");
      }
      return registration;
    }

    int watched() {
      return registration().watched();
    }

    void watch(int operations) {
      registration().watch(operations);
    }

    boolean isIdle() {
      return reader == null && writer == null;
    }

    void set(int operations, ScheduledCall call) {
      clear(operations);
      if (operations == READ) {
        reader = call;
      } else {
        writer = call;
      }
    }

    boolean clear(int operations) {
      var old = operations == READ ? reader : writer;
      if (old == null) {
        return false;
      }
      old.cancel();
      if (operations == READ) {
        reader = null;
      } else {
        writer = null;
      }
      return true;
    }
  }
}
