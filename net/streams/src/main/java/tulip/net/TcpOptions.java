// SPDX-License-Identifier: Apache-2.0
package tulip.net;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How TCP connections are made.
///
/// @param local the address and port to connect from; `null` for the system's choice
/// @param attemptDelay how long an address may keep silent before the next one is tried beside it:
///   RFC 8305's connection attempt delay; 250 ms if nothing else is said
/// @param noDelay whether small pieces are sent at once: on, since streams gather them themselves
/// @param keepAlive whether the system probes silent peers, by its own slow clock; off
/// @param limits of the streams
public record TcpOptions(
    @Nullable InetSocketAddress local,
    Duration attemptDelay,
    boolean noDelay,
    boolean keepAlive,
    StreamLimits limits) {
  /// The options of a connection for which nothing else is said.
  public static final TcpOptions DEFAULT =
      new TcpOptions(null, Duration.ofMillis(250), true, false, StreamLimits.DEFAULT);

  /// Checks them.
  public TcpOptions {
    if (!attemptDelay.isPositive()) {
      throw new IllegalArgumentException("an attempt delay of " + attemptDelay);
    }
  }

  /// The same from another local address.
  public TcpOptions withLocal(InetSocketAddress local) {
    return new TcpOptions(local, attemptDelay, noDelay, keepAlive, limits);
  }

  /// The same with another delay between attempts.
  public TcpOptions withAttemptDelay(Duration attemptDelay) {
    return new TcpOptions(local, attemptDelay, noDelay, keepAlive, limits);
  }

  /// The same with small pieces sent at once or gathered by the system.
  public TcpOptions withNoDelay(boolean noDelay) {
    return new TcpOptions(local, attemptDelay, noDelay, keepAlive, limits);
  }

  /// The same with probes by the system or without.
  public TcpOptions withKeepAlive(boolean keepAlive) {
    return new TcpOptions(local, attemptDelay, noDelay, keepAlive, limits);
  }

  /// The same with other limits.
  public TcpOptions withLimits(StreamLimits limits) {
    return new TcpOptions(local, attemptDelay, noDelay, keepAlive, limits);
  }

  /// A socket with these options, at the local address.
  SocketChannel open() throws IOException {
    var socket = SocketChannel.open();
    try {
      applyTo(socket);
      if (local != null) {
        socket.bind(local);
      }
      return socket;
    } catch (BindException e) {
      Sockets.close(socket);
      throw Sockets.located(new BindException(e.getMessage() + ": " + local), e);
    } catch (Throwable t) {
      Sockets.close(socket);
      throw t;
    }
  }

  void applyTo(SocketChannel socket) throws IOException {
    if (noDelay) {
      socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }
    if (keepAlive) {
      socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    }
  }
}
