// SPDX-License-Identifier: Apache-2.0
package tulip.websocket;

import java.io.IOException;
import tulip.websocket.protocol.CloseStatus;
import tulip.websocket.protocol.PreparedMessage;

/// Sends one message to many, and waits for none of them.
///
/// ```java
/// Broadcast.send(PreparedMessage.text("news"), server.sockets(), Broadcast.SlowPeers.CLOSE);
/// ```
///
/// The message is encoded once. Who has not taken [tulip.net.StreamLimits#output] of what was sent
/// before is slow.
public final class Broadcast {
  private static final CloseStatus TOO_SLOW = new CloseStatus(1008, "too slow");

  /// What becomes of those who are slow.
  public enum SlowPeers {
    /// They miss the message.
    SKIP,

    /// They are closed with 1008, so that they come back and begin anew.
    CLOSE
  }

  private Broadcast() {}

  /// Sends a message to all that are open. In a task.
  ///
  /// @return how many got it
  public static int send(
      PreparedMessage message, Iterable<WebSocket> sockets, SlowPeers slowPeers) {
    int count = 0;
    for (var socket : sockets) {
      if (socket.isOpen() && send(message, socket, slowPeers)) {
        count++;
      }
    }
    return count;
  }

  private static boolean send(PreparedMessage message, WebSocket socket, SlowPeers slowPeers) {
    try {
      boolean sent = socket.trySend(message);
      if (!sent && slowPeers == SlowPeers.CLOSE) {
        socket.beginClose(TOO_SLOW);
      }
      return sent;
    } catch (IOException _) {
      return false; // its own task is told
    }
  }
}
