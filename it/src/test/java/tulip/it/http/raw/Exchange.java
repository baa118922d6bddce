// SPDX-License-Identifier: Apache-2.0
package tulip.it.http.raw;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import tulip.bytes.Bytes;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.http.raw.Outcome;
import tulip.http.raw.RawCase;
import tulip.net.ByteStream;
import tulip.net.Tcp;

/// What a server makes of bytes, in words that are the same for all servers: `ok` for a request
/// that a handler has got, `no` for one that was refused; `end` if the server has found the request
/// that stands behind the bytes, `wait` if it waits for more, and else it has closed the
/// connection.
final class Exchange {
  /// Asked behind everything; answered with 410.
  static final String END = "/end";

  private static final Bytes LAST =
      Bytes.ofAscii("GET " + END + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  private final ByteArrayOutputStream received = new ByteArrayOutputStream();

  private Exchange() {}

  /// Sends bytes, and a request that closes the connection behind them.
  static String outcome(int port, RawCase sent) throws IOException {
    try (var stream = Tcp.connect("127.0.0.1", port)) {
      return new Exchange().run(stream, sent);
    }
  }

  private String run(ByteStream stream, RawCase sent) {
    var bytes = Bytes.concat(Bytes.copyOf(sent.bytes()), LAST);
    try (var group = TaskGroup.open()) {
      group.start(() -> send(stream, bytes));
      boolean closed = Tulip.moveOnAfter(PATIENCE, () -> receive(stream));
      group.cancel("all has come");
      return words(closed);
    }
  }

  private static void send(ByteStream stream, Bytes bytes) {
    try {
      stream.write(bytes);
    } catch (IOException _) {
      // it was closed before it had taken everything
    }
  }

  private void receive(ByteStream stream) {
    try {
      for (Bytes piece; (piece = stream.read()) != null; ) {
        received.writeBytes(piece.toByteArray());
      }
    } catch (IOException _) {
      // reset: what was not taken is the reason
    }
  }

  private String words(boolean closed) {
    var words = new ArrayList<String>();
    Outcome.answers(received.toByteArray()).forEach(answer -> words.add(word(answer.status())));
    if (!closed) {
      words.add("wait");
    }
    return String.join(" ", words);
  }

  private static String word(int status) {
    return switch (status) {
      case 0 -> "what";
      case 410 -> "end";
      case 200, 204, 404, 405 -> "ok";
      default -> "no";
    };
  }
}
