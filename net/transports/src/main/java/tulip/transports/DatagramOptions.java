// SPDX-License-Identifier: Apache-2.0
package tulip.transports;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;

/// How a datagram endpoint is made.
///
/// @param broadcast whether it may send to broadcast addresses
/// @param reusePort whether other sockets may have the same port, each of which gets a share of
///   what comes (`SO_REUSEPORT`)
public record DatagramOptions(boolean broadcast, boolean reusePort) {
  /// The options of an endpoint for which nothing else is said: neither.
  public static final DatagramOptions DEFAULT = new DatagramOptions(false, false);

  /// The same with broadcasts allowed or not.
  public DatagramOptions withBroadcast(boolean broadcast) {
    return new DatagramOptions(broadcast, reusePort);
  }

  /// The same with the port shared or not.
  public DatagramOptions withReusePort(boolean reusePort) {
    return new DatagramOptions(broadcast, reusePort);
  }

  void applyTo(DatagramChannel channel) throws IOException {
    if (broadcast) {
      channel.setOption(StandardSocketOptions.SO_BROADCAST, true);
    }
    if (reusePort) {
      channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
    }
  }
}
