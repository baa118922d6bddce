// SPDX-License-Identifier: Apache-2.0
package tulip.pool;

import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tulip.core.ErrorContext;
import tulip.core.EventLoop;
import tulip.pool.PoolEvent.CloseReason;

/// What has happened in a pool: counts it, and tells the listener.
final class Ledger {
  private final EventLoop loop = EventLoop.current();
  private final String pool;
  private final @Nullable Consumer<? super PoolEvent> listener;
  long acquired;
  long opened;
  long closed;
  long connectFailures;
  long timeouts;

  Ledger(String pool, @Nullable Consumer<? super PoolEvent> listener) {
    this.pool = pool;
    this.listener = listener;
  }

  void acquired(long began) {
    acquired++;
    if (listener != null) {
      tell(new PoolEvent.Acquired(pool, since(began)));
    }
  }

  void timedOut(long began) {
    timeouts++;
    if (listener != null) {
      tell(new PoolEvent.AcquireTimedOut(pool, since(began)));
    }
  }

  void released(long began) {
    if (listener != null) {
      tell(new PoolEvent.Released(pool, since(began)));
    }
  }

  void opened(long began) {
    opened++;
    if (listener != null) {
      tell(new PoolEvent.Opened(pool, since(began)));
    }
  }

  void connectFailed(Throwable cause) {
    connectFailures++;
    if (listener != null) {
      tell(new PoolEvent.ConnectFailed(pool, cause));
    }
  }

  void closed(CloseReason reason, @Nullable Throwable cause) {
    closed++;
    if (listener != null) {
      tell(new PoolEvent.Closed(pool, reason, cause));
    }
  }

  private Duration since(long time) {
    return Duration.ofNanos(loop.time() - time);
  }

  private void tell(PoolEvent event) {
    if (listener != null) {
      try {
        listener.accept(event);
      } catch (RuntimeException e) {
        loop.callExceptionHandler(
            new ErrorContext("the listener of pool " + pool + " failed", e, listener));
      }
    }
  }
}
