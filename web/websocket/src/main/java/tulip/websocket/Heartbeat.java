// SPDX-License-Identifier: Apache-2.0
package tulip.websocket;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tulip.core.EventLoop;
import tulip.core.Task;
import tulip.core.TimerHandle;
import tulip.core.Tulip;
import tulip.net.ByteStream;

/// Asks from time to time whether the peer lives, and breaks the connection off if it does not.
///
/// A sign of life is any byte that comes, and any that a slow peer takes: a pong may stand behind a
/// large message, in either direction. There is a task only while an answer is awaited.
final class Heartbeat {
  private final ByteStream stream;
  private final Incoming incoming;
  private final Closing closing;
  private final @Nullable Duration interval;
  private final Duration patience;
  private final EventLoop loop = EventLoop.current();
  private @Nullable TimerHandle timer;
  private @Nullable Task<?> beat;
  private boolean stopped;

  Heartbeat(ByteStream stream, Incoming incoming, Closing closing, WebSocketOptions options) {
    this.stream = stream;
    this.incoming = incoming;
    this.closing = closing;
    this.interval = options.heartbeat();
    this.patience = options.patience();
    restart();
  }

  private void restart() {
    if (interval != null && !stopped) {
      timer = loop.callLater(interval, this::begin);
    }
  }

  private void begin() {
    beat = loop.createTask("heartbeat of " + stream, this::beat);
  }

  private void beat() {
    try {
      long heardAt = incoming.heardAt();
      boolean slow = stream.unsent() > 0; // else the system takes a ping for whomever
      long taken = stream.taken();
      boolean answered = Tulip.moveOnAfter(patience, () -> incoming.ping());
      boolean lives = incoming.heardAt() > heardAt || (slow && stream.taken() > taken);
      if (!answered && !lives && !incoming.isFull()) {
        closing.abort("no sign of life within " + patience);
      }
    } catch (IOException e) {
      stopped = true; // whoever uses the socket is told
    } finally {
      beat = null;
      restart();
    }
  }

  void stop() {
    stopped = true;
    if (timer != null) {
      timer.cancel();
    }
    if (beat != null) {
      beat.cancel();
    }
  }
}
