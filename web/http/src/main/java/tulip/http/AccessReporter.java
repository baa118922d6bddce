// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import java.net.SocketAddress;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tulip.core.Action;
import tulip.core.ErrorContext;
import tulip.core.EventLoop;
import tulip.http.protocol.RequestHead;

/// Tells an access log of what becomes of the requests of one connection.
record AccessReporter(AccessLog log, EventLoop loop, ResponseSender sender) {
  /// Has a request answered, and tells of it however that ends.
  void answer(Request request, Action<Exception> answering) throws Exception {
    var start = Instant.now();
    long began = loop.time();
    try {
      answering.run();
    } finally {
      tell(request.remoteAddress(), start, Duration.ofNanos(loop.time() - began), request.head());
    }
  }

  /// Tells of what was refused.
  void refused(@Nullable SocketAddress client) {
    tell(client, Instant.now(), Duration.ZERO, null);
  }

  private void tell(
      @Nullable SocketAddress client,
      Instant start,
      Duration duration,
      @Nullable RequestHead request) {
    try {
      log.log(
          new AccessEntry(client, start, duration, request, sender.sentHead(), sender.sentBytes()));
    } catch (RuntimeException e) {
      loop.callExceptionHandler(new ErrorContext("the access log failed", e, log));
    }
  }
}
