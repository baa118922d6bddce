// SPDX-License-Identifier: Apache-2.0
package tulip.pool;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import tulip.core.Action;
import tulip.core.ErrorContext;
import tulip.core.EventLoop;
import tulip.core.Tulip;
import tulip.pool.Connector.Verdict;

/// A [Connector] with limits of time, whose bugs go to the loop's exception handler.
final class Hooks<C> {
  private final EventLoop loop = EventLoop.current();
  private final Connector<C> connector;
  private final Duration connectTimeout;
  private final Duration hookTimeout;

  Hooks(Connector<C> connector, Duration connectTimeout, Duration hookTimeout) {
    this.connector = connector;
    this.connectTimeout = connectTimeout;
    this.hookTimeout = hookTimeout;
  }

  /// Opens a connection, which works at this moment.
  C connect() throws IOException {
    C connection;
    try {
      connection = Tulip.timeout(connectTimeout, connector::connect);
    } catch (TimeoutException e) {
      throw new ConnectionTimeoutException("connecting took longer than " + connectTimeout, null);
    }
    if (!isAlive(connection)) {
      abort(connection);
      throw new IOException("the connection was lost as soon as it was open: " + connection);
    }
    return connection;
  }

  boolean isAlive(C connection) {
    try {
      return connector.isAlive(connection);
    } catch (RuntimeException e) {
      report("isAlive", e);
      return false;
    }
  }

  Verdict judge(C connection, boolean cut) {
    try {
      return connector.judge(connection, cut);
    } catch (RuntimeException e) {
      report("judge", e);
      return Verdict.DISCARD;
    }
  }

  void check(C connection) throws IOException, TimeoutException {
    Tulip.timeout(hookTimeout, () -> connector.check(connection));
  }

  /// Does not end with the task.
  void reset(C connection) throws IOException, TimeoutException {
    shielded(() -> connector.reset(connection));
  }

  /// Ends a connection in order, or else at once. Does not end with the task.
  void close(C connection) {
    try {
      shielded(() -> connector.close(connection));
    } catch (IOException | TimeoutException e) {
      abort(connection); // a good-bye that fails is no failure
    } catch (Throwable t) {
      abort(connection);
      report("close", t);
    }
  }

  void abort(C connection) {
    try {
      connector.abort(connection);
    } catch (RuntimeException e) {
      report("abort", e);
    }
  }

  void report(String what, Throwable problem) {
    loop.callExceptionHandler(
        new ErrorContext("a connector's " + what + " failed", problem, connector));
  }

  private void shielded(Action<IOException> hook) throws IOException, TimeoutException {
    try {
      Tulip.<Exception>shield(() -> Tulip.timeout(hookTimeout, hook));
    } catch (IOException | TimeoutException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError("nothing else is thrown", e);
    }
  }
}
