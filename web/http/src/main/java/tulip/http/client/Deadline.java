// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tulip.core.Block;
import tulip.core.EventLoop;
import tulip.core.Tulip;
import tulip.http.client.ClientTimeoutException.Phase;

/// When a request must be through, redirections and body included.
final class Deadline {
  private final EventLoop loop = EventLoop.current();
  private final ClientTimeouts timeouts;
  private final long end;

  Deadline(ClientTimeouts timeouts) {
    this.timeouts = timeouts;
    end = after(timeouts.total());
  }

  ClientTimeouts timeouts() {
    return timeouts;
  }

  /// The time of the loop at which this much will have passed, or the request be late.
  long after(Duration duration) {
    long when = loop.time() + duration.toNanos();
    return when < 0 ? Long.MAX_VALUE : when;
  }

  /// The earlier of a time and the end.
  long orEnd(long when) {
    return Math.min(when, end);
  }

  /// What is left, and no more than this.
  Duration left(Duration most) {
    return Duration.ofNanos(Math.clamp(end - loop.time(), 1, most.toNanos()));
  }

  /// Does something that waits.
  ///
  /// @throws ClientTimeoutException if it takes longer than the phase may, or the request
  <T extends @Nullable Object> T within(Phase phase, Duration limit, Block<T, IOException> block)
      throws IOException {
    try {
      return Tulip.timeout(left(limit), block);
    } catch (TimeoutException e) {
      throw late(phase, limit, e);
    }
  }

  /// Says what took too long.
  ClientTimeoutException late(Phase phase, Duration limit, @Nullable Throwable cause) {
    boolean total = loop.time() >= end;
    return new ClientTimeoutException(
        total ? Phase.TOTAL : phase,
        total
            ? "the request took longer than " + timeouts.total() + " in all"
            : said(phase) + " took longer than " + limit,
        cause);
  }

  private static String said(Phase phase) {
    return switch (phase) {
      case ACQUIRE -> "waiting for a connection";
      case CONNECT -> "connecting";
      case WRITE -> "sending the request";
      case HEAD -> "the answer";
      case READ -> "the next piece of the answer";
      case TOTAL -> "the request";
    };
  }
}
