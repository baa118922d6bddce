// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import tulip.bytes.ByteWriter;
import tulip.core.EventLoop;
import tulip.http.fields.HttpDate;
import tulip.http.protocol.HeaderName;
import tulip.http.protocol.Headers;

/// What the connections of one server and one loop share.
final class ConnectionShare {
  /// What no response's head comes near, with a small body behind it.
  private static final int LARGEST_HEAD = 1024 * 1024;

  private final HttpServerOptions options;
  private final EventLoop loop = EventLoop.current();
  private final ByteWriter writer = new ByteWriter(LARGEST_HEAD);
  private Headers usual = Headers.EMPTY;
  private long usualUntil = Long.MIN_VALUE;

  ConnectionShare(HttpServerOptions options) {
    this.options = options;
  }

  EventLoop loop() {
    return loop;
  }

  HttpServerOptions options() {
    return options;
  }

  HttpTimeouts timeouts() {
    return options.timeouts();
  }

  /// An empty writer, the caller's until its next wait.
  ByteWriter writer() {
    writer.clear();
    return writer;
  }

  /// What a response says unless its own fields do: Date, and Server if that is wanted.
  Headers usualFields() {
    if (loop.time() >= usualUntil) {
      makeUsual();
    }
    return usual;
  }

  /// Makes the fields of this second.
  private void makeUsual() {
    var now = Instant.now();
    var builder = Headers.builder();
    if (!options.name().isEmpty()) {
      builder.add(HeaderName.SERVER, options.name());
    }
    usual = builder.add(HeaderName.DATE, HttpDate.format(now)).build();
    var second = now.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
    usualUntil = loop.time() + ChronoUnit.NANOS.between(now, second);
  }
}
