// SPDX-License-Identifier: Apache-2.0
package tulip.websocket;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tulip.core.EventLoop;
import tulip.core.TimerHandle;
import tulip.core.Tulip;
import tulip.net.ByteStream;
import tulip.websocket.protocol.CloseStatus;
import tulip.websocket.protocol.WebSocketConnection;

/// The end of a socket (RFC 6455, section 7), which takes no longer than was agreed, whoever begins
/// it and whatever the peer does.
final class Closing {
  /// How long a peer that broke the protocol is given to read why.
  private static final Duration LINGERING = Duration.ofSeconds(1);

  private final ByteStream stream;
  private final WebSocketConnection connection;
  private final Incoming incoming;
  private final Outgoing outgoing;
  private final Duration limit;
  private @Nullable TimerHandle timer;
  private boolean begun;

  /// @param limit from our close frame to the end
  Closing(Link link, Incoming incoming, Outgoing outgoing, Duration limit) {
    this.stream = link.stream();
    this.connection = link.connection();
    this.incoming = incoming;
    this.outgoing = outgoing;
    this.limit = limit;
  }

  /// Our close frame was sent.
  void startTimer() {
    timer = EventLoop.current().callLater(limit, () -> abort("closing took longer than " + limit));
  }

  /// Says that nothing follows, waits until the peer has said so too, and hangs up.
  void close(CloseStatus status) {
    if (begun) {
      return;
    }
    begun = true;
    try {
      if (!incoming.isEnded()) {
        outgoing.close(status);
        incoming.awaitEnd();
      }
      awaitHangUp();
      stream.close();
    } catch (IOException e) {
      incoming.end(e);
    } finally {
      abort("the connection was broken off while it was being closed");
    }
  }

  /// The server hangs up first. Whoever broke the protocol perhaps goes on sending, which must not
  /// keep it from reading why it was closed.
  private void awaitHangUp() throws IOException {
    if (stream.isClosed() || stream.isAtEnd()) {
      return;
    }
    if (connection.isServer()) {
      stream.closeOutput();
    }
    if (connection.closeReceived() == null) {
      Tulip.moveOnAfter(LINGERING, this::passOverRest);
    } else if (!connection.isServer()) {
      passOverRest();
    }
  }

  private void passOverRest() throws IOException {
    do {
      stream.input().clear();
    } while (stream.fill());
  }

  /// The task is cancelled: says that this end goes away, if the peer takes it at once.
  void goAway() {
    try {
      outgoing.close(CloseStatus.GOING_AWAY);
      Tulip.shield(() -> Tulip.moveOnAfter(LINGERING, stream::flush));
    } catch (IOException e) {
      incoming.end(e);
    } finally {
      abort("the task was cancelled");
    }
  }

  /// Breaks the connection off.
  void abort(String why) {
    begun = true;
    if (timer != null) {
      timer.cancel();
    }
    incoming.end(new WebSocketClosedException(CloseStatus.ABNORMAL, why, null));
    stream.abort();
  }
}
