// SPDX-License-Identifier: Apache-2.0
package tulip.transports;

import org.jspecify.annotations.Nullable;
import tulip.net.TcpOptions;
import tulip.net.TlsContext;

/// How a transport is connected.
///
/// @param tcp local address, delays and limits; of a Unix socket or one that is connected already,
///   the limits alone
/// @param tls to shake hands at once; `null` for none
/// @param serverHostname whose certificate is expected; `null` for the host that is connected to,
///   which only TCP to a name or address has
public record ConnectOptions(
    TcpOptions tcp, @Nullable TlsContext tls, @Nullable String serverHostname) {
  /// The options of a connection for which nothing else is said: no TLS.
  public static final ConnectOptions DEFAULT = new ConnectOptions(TcpOptions.DEFAULT, null, null);

  /// Checks them.
  public ConnectOptions {
    if (tls == null && serverHostname != null) {
      throw new IllegalArgumentException("a server's name means nothing without TLS");
    }
    if (tls != null && tls.isServer()) {
      throw new IllegalArgumentException("a context for servers cannot connect");
    }
  }

  /// The same over TCP with other options.
  public ConnectOptions withTcp(TcpOptions tcp) {
    return new ConnectOptions(tcp, tls, serverHostname);
  }

  /// The same with TLS, and the host that is connected to as the server's name.
  public ConnectOptions withTls(TlsContext tls) {
    return new ConnectOptions(tcp, tls, serverHostname);
  }

  /// The same with TLS.
  ///
  /// @param serverHostname whose certificate is expected
  public ConnectOptions withTls(TlsContext tls, String serverHostname) {
    return new ConnectOptions(tcp, tls, serverHostname);
  }
}
