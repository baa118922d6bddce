// SPDX-License-Identifier: Apache-2.0
package tulip.websocket.protocol;

import java.util.ArrayList;
import java.util.List;
import tulip.bytes.ByteQueue;
import tulip.bytes.ByteWriter;
import tulip.bytes.Bytes;

/// Feeds a connection pieces of bytes, and tells what it has seen: a line for each message, however
/// many pieces it came in, and for everything else.
final class Feed {
  private final WebSocketConnection connection;
  private final ByteQueue input = new ByteQueue(1 << 26);
  private final ByteWriter message = new ByteWriter(1 << 26);
  private final List<String> seen = new ArrayList<>();

  Feed(WebSocketConnection connection) {
    this.connection = connection;
  }

  /// What a server without compression sees.
  static List<String> server(byte[]... pieces) {
    return all(WebSocketConnection.server(WebSocketLimits.DEFAULT, null), pieces);
  }

  /// What a client without compression sees.
  static List<String> client(byte[]... pieces) {
    return all(WebSocketConnection.client(WebSocketLimits.DEFAULT, null, () -> 0), pieces);
  }

  static List<String> all(WebSocketConnection connection, byte[]... pieces) {
    var feed = new Feed(connection);
    for (byte[] piece : pieces) {
      if (!feed.put(piece)) {
        break;
      }
    }
    return feed.seen;
  }

  /// @return whether more may come
  private boolean put(byte[] piece) {
    input.put(piece);
    try {
      while (true) {
        var event = connection.receive(input);
        if (event == WebSocketEvent.Signal.NEED_DATA) {
          return true;
        }
        if (event == WebSocketEvent.Signal.CLOSED) {
          return false;
        }
        see(event);
      }
    } catch (WebSocketProtocolException e) {
      seen.add("refused " + e.status().code());
      return false;
    }
  }

  private void see(WebSocketEvent event) {
    switch (event) {
      case WebSocketEvent.Data data -> {
        message.put(data.bytes());
        if (data.last()) {
          var bytes = message.toBytes();
          message.clear();
          seen.add(data.text() ? "text " + bytes.utf8() : "binary " + show(bytes));
        }
      }
      case WebSocketEvent.Ping ping -> seen.add("ping " + ping.payload().utf8());
      case WebSocketEvent.Pong pong -> seen.add("pong " + pong.payload().utf8());
      case WebSocketEvent.Close close -> seen.add("close " + close.status());
      case WebSocketEvent.Signal signal -> throw new AssertionError(signal);
    }
  }

  private static String show(Bytes bytes) {
    return bytes.length() > 32 ? bytes.length() + " bytes #" + bytes.hashCode() : bytes.hex();
  }
}
