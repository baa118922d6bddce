// SPDX-License-Identifier: Apache-2.0
package tulip.websocket;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tulip.websocket.protocol.DeflateOptions;
import tulip.websocket.protocol.WebSocketLimits;

/// How a connection is kept, at either end.
///
/// @param limits how much a peer may send at once
/// @param deflate how messages are compressed, if the peer can do that; null for never
/// @param heartbeat how often the peer is asked whether it lives; null for never. 20 s
/// @param patience how long a peer may give no sign of life when it was asked; then the connection
///   is broken off. 20 s
/// @param close how long closing may take; then the connection is broken off. 10 s
public record WebSocketOptions(
    WebSocketLimits limits,
    @Nullable DeflateOptions deflate,
    @Nullable Duration heartbeat,
    Duration patience,
    Duration close) {
  /// Those of a server for which nothing else is said.
  public static final WebSocketOptions SERVER =
      new WebSocketOptions(
          WebSocketLimits.DEFAULT,
          DeflateOptions.SERVER,
          Duration.ofSeconds(20),
          Duration.ofSeconds(20),
          Duration.ofSeconds(10));

  /// Those of a client for which nothing else is said.
  public static final WebSocketOptions CLIENT = SERVER.withDeflate(DeflateOptions.CLIENT);

  /// Checks them.
  public WebSocketOptions {
    if ((heartbeat != null && !heartbeat.isPositive())
        || !patience.isPositive()
        || !close.isPositive()) {
      throw new IllegalArgumentException(
          "times must be positive: heartbeat %s, patience %s, close %s"
              .formatted(heartbeat, patience, close));
    }
  }

  /// The same with other limits.
  public WebSocketOptions withLimits(WebSocketLimits limits) {
    return new WebSocketOptions(limits, deflate, heartbeat, patience, close);
  }

  /// The same with another compression, or none.
  public WebSocketOptions withDeflate(@Nullable DeflateOptions deflate) {
    return new WebSocketOptions(limits, deflate, heartbeat, patience, close);
  }

  /// The same with another heartbeat, or none.
  ///
  /// @param patience how long its answer may take
  public WebSocketOptions withHeartbeat(@Nullable Duration heartbeat, Duration patience) {
    return new WebSocketOptions(limits, deflate, heartbeat, patience, close);
  }

  /// The same with another time for closing.
  public WebSocketOptions withClose(Duration close) {
    return new WebSocketOptions(limits, deflate, heartbeat, patience, close);
  }
}
