// SPDX-License-Identifier: Apache-2.0
package tulip.postgres;

import java.io.IOException;
import java.time.Duration;
import tulip.bytes.ByteWriter;
import tulip.core.Tulip;
import tulip.net.ByteStream;
import tulip.postgres.protocol.FrontendWriter;

/// Asks a server, on a connection of its own, to stop what another connection is doing: section
/// 55.2.8 of the manual. There is no answer, but the end of the connection says that it was done.
///
/// @param address of the server
/// @param session what to stop
record CancelRequest(ServerAddress address, Startup.Session session) {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  /// Asks, and waits until the server has done it. If that cannot be, the statement goes on.
  void send() {
    try {
      Tulip.moveOnAfter(LIMIT, this::trySend);
    } catch (IOException e) {
      return; // a server that cannot be reached will be noticed by those who wait for it
    }
  }

  private void trySend() throws IOException {
    ByteStream stream = address.connect();
    try {
      var request = new ByteWriter(1 << 10);
      new FrontendWriter(request).cancelRequest(session.process(), session.key());
      stream.write(request.view());
      stream.readAll(0);
    } finally {
      stream.abort();
    }
  }
}
