// SPDX-License-Identifier: Apache-2.0
package tulip.memcached;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tulip.core.EventLoop;
import tulip.memcached.protocol.Reply;
import tulip.pool.Backoff;
import tulip.pool.ConnectionLostException;

/// One server: its connection, which is opened when it is needed, and again after a loss; but a
/// server that cannot be reached is left alone for a while.
final class Node {
  private final EventLoop loop = EventLoop.current();
  private final Endpoint endpoint;
  private final MemcachedOptions options;
  private final Backoff.Delays delays;
  private @Nullable Connection connection;
  private long notBefore = loop.time();
  private boolean closed;

  Node(Endpoint endpoint, MemcachedOptions options) {
    this.endpoint = endpoint;
    this.options = options;
    delays = options.backoff().delays();
  }

  Endpoint endpoint() {
    return endpoint;
  }

  /// Sends a meta command and waits for its reply. In a task.
  Reply.Meta exchange(Request request) throws IOException {
    return Replies.meta(start(request).awaitReply());
  }

  /// Sends a meta command, and waits only until that is possible. In a task.
  Exchange start(Request request) throws IOException {
    return connection().send(request);
  }

  /// Sends a classic command, and waits only until that is possible. In a task.
  Listing startLine(String words) throws IOException {
    return connection().sendLine(words);
  }

  private Connection connection() throws IOException {
    if (!loop.inLoop()) {
      throw new IllegalStateException("this client belongs to " + loop + ": make one for each");
    }
    var current = connection;
    if (current == null || current.isEnded()) {
      current = reconnect();
    }
    current.awaitRoom();
    return current;
  }

  private Connection reconnect() throws ConnectionLostException {
    var before = connection;
    if (closed) {
      throw new ConnectionLostException("the client is closed", false, null);
    }
    long left = notBefore - loop.time();
    if (left > 0 && before != null) {
      throw new ConnectionLostException(
          endpoint + " could not be reached, and is tried again in " + Duration.ofNanos(left),
          false,
          before.failure());
    }
    var next = new Connection(endpoint, options, this::ended);
    connection = next;
    return next;
  }

  private void ended(Connection lost) {
    if (lost.hasServed()) {
      delays.reset();
    } else {
      notBefore = loop.time() + delays.next().toNanos();
    }
  }

  void close() {
    closed = true;
    if (connection != null) {
      connection.close();
    }
  }
}
