// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tulip.core.Tulip;
import tulip.net.Attribute;
import tulip.net.ByteStream;
import tulip.net.IpNetwork;
import tulip.net.ProxyHeader;

/// Which proxies may say for whom they ask, and how they say it. What others say of themselves is
/// not believed.
///
/// The client is the last one in the row of proxies who is not trusted; what stands ahead of it in
/// the fields is its own word. [Request#remoteAddress], [Request#isSecure] and [Request#authority]
/// tell of it.
///
/// @param networks where they are
/// @param unixSockets whether all that come by Unix sockets are such proxies
/// @param fields which fields they set. Only those: they pass others on as the client sent them
/// @param proxyProtocol whether they begin each connection with a [ProxyHeader]; then nobody else
///   may connect
public record TrustedProxies(
    List<IpNetwork> networks, boolean unixSockets, Fields fields, boolean proxyProtocol) {
  /// In which fields proxies speak.
  public enum Fields {
    /// In none.
    NONE,
    /// Forwarded (RFC 7239).
    FORWARDED,
    /// X-Forwarded-For, X-Forwarded-Proto and X-Forwarded-Host.
    X_FORWARDED
  }

  /// Nobody.
  public static final TrustedProxies NONE =
      new TrustedProxies(List.of(), false, Fields.NONE, false);

  /// Copies the list.
  public TrustedProxies {
    networks = List.copyOf(networks);
  }

  /// Proxies that set fields.
  ///
  /// @param networks such as `10.0.0.0/8`, `::1`, or `unix` for all that come by Unix sockets
  /// @throws IllegalArgumentException if one of them is no network
  public static TrustedProxies of(Fields fields, String... networks) {
    var all = Arrays.stream(networks).filter(text -> !text.equals("unix")).map(IpNetwork::parse);
    return new TrustedProxies(
        all.toList(), Arrays.asList(networks).contains("unix"), fields, false);
  }

  /// The same, with or without the PROXY protocol ahead of everything.
  public TrustedProxies withProxyProtocol(boolean proxyProtocol) {
    return new TrustedProxies(networks, unixSockets, fields, proxyProtocol);
  }

  /// Whether what comes from there is believed.
  ///
  /// @param address null for somebody unknown
  public boolean trusts(@Nullable SocketAddress address) {
    if (address instanceof InetSocketAddress inet && !inet.isUnresolved()) {
      return networks.stream().anyMatch(network -> network.contains(inet.getAddress()));
    }
    return unixSockets && address instanceof UnixDomainSocketAddress;
  }

  /// Reads the PROXY header, if there has to be one.
  void greet(ByteStream stream, HttpTimeouts timeouts) throws IOException {
    if (!proxyProtocol) {
      return;
    }
    var peer = stream.attribute(Attribute.REMOTE_ADDRESS);
    if (!trusts(peer)) {
      throw new IOException(peer + " is none of the proxies that may connect here");
    }
    try {
      Tulip.timeout(timeouts.head(), () -> ProxyHeader.read(stream));
    } catch (TimeoutException e) {
      throw (IOException) new SocketTimeoutException("no PROXY header came").initCause(e);
    }
  }
}
