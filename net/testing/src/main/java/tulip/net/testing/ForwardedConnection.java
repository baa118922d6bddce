// SPDX-License-Identifier: Apache-2.0
package tulip.net.testing;

import java.io.IOException;
import java.net.StandardSocketOptions;
import tulip.bytes.Bytes;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.net.Attribute;
import tulip.net.ByteStream;

/// One connection through a [FaultProxy]: a task for each direction.
final class ForwardedConnection {
  private final ByteStream client;
  private final ByteStream server;

  ForwardedConnection(ByteStream client, ByteStream server) {
    this.client = client;
    this.server = server;
  }

  /// Forwards until both sides have ended.
  void run(Faults toServer, Faults toClient) {
    TaskGroup.run(group -> {
      group.start("to server", () -> forward(client, server, toServer));
      group.start("to client", () -> forward(server, client, toClient));
    });
  }

  private void forward(ByteStream from, ByteStream to, Faults faults) {
    try {
      new Direction(from, to, faults).run();
    } catch (IOException e) {
      reset(); // one side has broken, so the other breaks too
    }
  }

  private final class Direction {
    private final ByteStream from;
    private final ByteStream to;
    private final Faults faults;
    private long passed;

    Direction(ByteStream from, ByteStream to, Faults faults) {
      this.from = from;
      this.to = to;
      this.faults = faults;
    }

    void run() throws IOException {
      while (!isStruck()) {
        var received = from.read();
        if (received == null) {
          to.closeOutput();
          return;
        }
        pass(received);
      }
    }

    private void pass(Bytes received) throws IOException {
      for (int sent = 0; sent < received.length() && !isStruck(); ) {
        if (faults.delay().isPositive()) {
          Tulip.sleep(faults.delay());
        }
        int end = sent + faults.piece(passed, received.length() - sent);
        if (end > sent) { // a fault may have come during the delay
          to.write(received.slice(sent, end));
          to.flush();
          Tulip.yield(); // who shares the loop may see the piece by itself
          passed += end - sent;
          sent = end;
        }
      }
    }

    /// Whether the connection is over. Waits out a stall.
    private boolean isStruck() throws IOException {
      while (faults.strikes(passed)) {
        switch (faults.fault()) {
          case STALL -> faults.awaitHealed();
          case CUT -> {
            cut();
            return true;
          }
          case RESET -> {
            reset();
            return true;
          }
        }
      }
      return false;
    }
  }

  /// Ends both sides behind what has passed.
  void cut() {
    client.abort();
    server.abort();
  }

  void reset() {
    reset(client);
    reset(server);
  }

  /// A socket that does not linger says RST when it is closed.
  static void reset(ByteStream stream) {
    var socket = stream.attribute(Attribute.SOCKET);
    try {
      if (socket != null && socket.isOpen()) {
        socket.setOption(StandardSocketOptions.SO_LINGER, 0);
      }
    } catch (IOException e) {
      throw new AssertionError("an open socket takes options", e);
    }
    stream.abort();
  }
}
