// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import java.io.IOException;
import tulip.bytes.ByteWriter;
import tulip.http.protocol.ClientConnection;
import tulip.http.protocol.HttpEvent;
import tulip.http.protocol.HttpLimits;
import tulip.http.protocol.ProtocolException;
import tulip.net.ByteStream;

/// One connection of HTTP/1.1: the protocol, joined to its stream.
final class Http1Connection {
  private final ByteStream stream;
  private final ClientConnection protocol;
  private boolean busy;
  private boolean detached;
  private int uses;

  Http1Connection(ByteStream stream, HttpLimits limits, boolean lenient) {
    this.stream = stream;
    protocol = new ClientConnection(limits, lenient);
  }

  ClientConnection protocol() {
    return protocol;
  }

  ByteStream stream() {
    return stream;
  }

  /// Whether it can be used, as far as can be seen without asking. While it lies idle the server
  /// may have closed it, or said something that nobody had asked for: it is no good in both cases.
  boolean isAlive() {
    if (stream.isClosed() || (!busy && !protocol.isReady())) {
      return false;
    }
    try {
      return busy || (!stream.tryFill() && stream.input().isEmpty() && !stream.isAtEnd());
    } catch (IOException _) {
      return false;
    }
  }

  /// Begins with a request.
  ///
  /// @return whether there was one before
  boolean begin() {
    busy = true;
    return uses++ > 0;
  }

  /// Ends with it.
  ///
  /// @return whether another one may follow
  boolean end() {
    busy = false;
    return protocol.isReady() && stream.input().isEmpty();
  }

  /// As [ClientConnection#receive].
  HttpEvent receive() throws ProtocolException {
    return protocol.receive(stream.input());
  }

  /// Waits for more.
  void fill() throws IOException {
    if (!stream.fill()) {
      protocol.inputEnded();
    }
  }

  /// Whether nothing of an answer has come.
  boolean hasReceivedNothing() {
    return stream.input().isEmpty();
  }

  /// Writes what was put together, which may be changed as soon as this returns. Waits only if
  /// there is much of it.
  void write(ByteWriter out) throws IOException {
    boolean room = out.size() < stream.limits().output() - stream.unsent();
    stream.write(room ? out.view() : out.toBytes().asByteBuffer());
  }

  /// Gives the stream away: from now on this does nothing to it.
  ByteStream detach() {
    detached = true;
    return stream;
  }

  void abort() {
    if (!detached) {
      stream.abort();
    }
  }

  void close() throws IOException {
    stream.close();
  }

  @Override
  public String toString() {
    return "HTTP on " + stream;
  }
}
