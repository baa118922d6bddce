// SPDX-License-Identifier: Apache-2.0
package tulip.websocket;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tulip.core.EventLoop;
import tulip.core.Task;
import tulip.core.TimerHandle;
import tulip.core.Tulip;

/// Asks from time to time whether the peer lives, and breaks the connection off if it does not.
///
/// A sign of life is any byte that comes, and any that a slow peer takes: a pong may stand behind a
/// large message, in either direction. There is a task only while an answer is awaited.
final class Heartbeat {
  private final WebSocket socket;
  private final @Nullable Duration interval;
  private final Duration patience;
  private final EventLoop loop = EventLoop.current();
  private @Nullable TimerHandle timer;
  private @Nullable Task<?> beat;
  private boolean stopped;

  Heartbeat(WebSocket socket, @Nullable Duration interval, Duration patience) {
    this.socket = socket;
    this.interval = interval;
    this.patience = patience;
    restart();
  }

  private void restart() {
    if (interval != null && !stopped) {
      timer = loop.callLater(interval, this::begin);
    }
  }

  private void begin() {
    beat = loop.createTask("heartbeat of " + socket, this::beat);
  }

  private void beat() {
    try {
      long heardAt = socket.heardAt();
      boolean slow = socket.unsent() > 0; // else the system takes a ping for whomever
      long taken = socket.taken();
      boolean answered = Tulip.moveOnAfter(patience, () -> socket.ping());
      boolean lives = socket.heardAt() > heardAt || (slow && socket.taken() > taken);
      if (!answered && !lives && !socket.isFull()) {
        socket.abort("no sign of life within " + patience);
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
