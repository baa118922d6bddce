// SPDX-License-Identifier: Apache-2.0
package tulip.pool;

import java.io.IOException;
import java.util.LinkedHashSet;
import org.jspecify.annotations.Nullable;
import tulip.core.Cancelled;
import tulip.core.EventLoop;
import tulip.core.Scope;
import tulip.core.sync.Event;
import tulip.pool.Connector.Verdict;

/// One connection of a session, the exchanges under way on it, and whether it is lost.
final class Link<C> {
  final C connection;

  private final EventLoop loop = EventLoop.current();
  private final Hooks<C> hooks;
  private final Runnable onLoss;
  private final LinkedHashSet<Scope> exchanges = new LinkedHashSet<>();
  private final Event lost = new Event();
  private final Event quiet = new Event();
  private @Nullable Throwable cause;

  /// When the other side was last known to be there.
  private long heard = loop.time();

  /// @param onLoss called at the very moment when the connection is given up
  Link(Hooks<C> hooks, C connection, Runnable onLoss) {
    this.hooks = hooks;
    this.connection = connection;
    this.onLoss = onLoss;
  }

  // Exchanges.

  /// Runs an exchange; the loss of the connection ends it.
  @SuppressWarnings("NullAway") // where the block has returned its value is what T says it is
  <T extends @Nullable Object, X extends Exception> T run(
      Exchange exchange, Exchange.Tracked<? super C, T, X> block) throws X, IOException {
    var scope = new Scope();
    exchanges.add(scope);
    T result;
    try {
      result = scope.run(() -> block.run(connection, exchange));
    } catch (Throwable t) {
      failed(t);
      if (t instanceof IOException && isLost()) {
        throw lostIn(exchange, t);
      }
      throw t;
    } finally {
      ended(scope);
    }
    if (scope.wasCancelled()) {
      throw lostIn(exchange, cause);
    }
    heard();
    return result;
  }

  private void ended(Scope exchange) {
    exchanges.remove(exchange);
    if (exchanges.isEmpty()) {
      quiet.set();
    }
  }

  /// What an exchange has left behind may be the end of the connection.
  private void failed(Throwable failure) {
    if (isLost()) {
      return;
    }
    if (!hooks.isAlive(connection) || hooks.judge(connection, true) == Verdict.DISCARD) {
      lose(
          failure instanceof Cancelled
              ? new IOException("an exchange was cancelled in the middle", failure)
              : failure);
    }
  }

  private static ConnectionLostException lostIn(Exchange exchange, @Nullable Throwable cause) {
    return new ConnectionLostException(
        "the connection was lost "
            + (exchange.isSent()
                ? "during an exchange, which may have been executed"
                : "before the request was sent"),
        exchange.isSent(),
        cause);
  }

  boolean isQuiet() {
    return exchanges.isEmpty();
  }

  /// Waits until no exchange is under way.
  void awaitQuiet() {
    while (!isQuiet()) {
      quiet.clear();
      quiet.await();
    }
  }

  // Loss.

  /// Gives the connection up, and ends the exchanges on it.
  void lose(Throwable why) {
    if (cause == null) {
      cause = why;
      lost.set();
      onLoss.run();
      for (var exchange : exchanges.toArray(Scope[]::new)) {
        exchange.cancel("the connection was lost");
      }
    }
  }

  boolean isLost() {
    return cause != null;
  }

  /// Waits until the connection is lost.
  Throwable awaitLost() {
    lost.await();
    if (cause == null) {
      throw new AssertionError("not lost");
    }
    return cause;
  }

  // Signs of life.

  void heard() {
    heard = loop.time();
  }

  long lastHeard() {
    return heard;
  }
}
