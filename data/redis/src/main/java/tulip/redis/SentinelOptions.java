// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/// Which servers the sentinels are asked about, and how.
///
/// @param master the name under which the sentinels know the master
/// @param sentinels some of them; the others they name themselves
/// @param sentinelLogin who the client is for the sentinels; the database counts for nothing
/// @param node how the servers themselves are connected to and used; its endpoint counts for
///   nothing but whether TLS is spoken
/// @param addresses where a server or sentinel is reached that sentinels call so: for networks that
///   translate addresses
public record SentinelOptions(
    String master,
    List<Endpoint.Host> sentinels,
    Login sentinelLogin,
    RedisOptions node,
    UnaryOperator<Endpoint.Host> addresses) {
  /// Checks them.
  public SentinelOptions {
    sentinels = List.copyOf(sentinels);
    if (sentinels.isEmpty()) {
      throw new IllegalArgumentException("there is a sentinel to ask for " + master);
    }
  }

  /// The usual options. The servers want no login, and TLS if the sentinels do.
  ///
  /// @param urls of some sentinels, whose port is mostly 26379, as [RedisOptions#parse] reads them;
  ///   the login for all is that of the first
  /// @throws IllegalArgumentException if there is none, or one is no host
  public static SentinelOptions of(String master, String... urls) {
    var options = Arrays.stream(urls).map(RedisOptions::parse).toList();
    if (options.isEmpty()) {
      throw new IllegalArgumentException("there is a sentinel to ask for " + master);
    }
    var sentinels = options.stream().map(one -> Endpoint.Host.of(one.endpoint())).toList();
    var first = options.getFirst();
    return new SentinelOptions(
        master,
        sentinels,
        first.login(),
        first.withLogin(Login.ANONYMOUS),
        UnaryOperator.identity());
  }

  /// The same with another login for the sentinels.
  public SentinelOptions withSentinelLogin(Login sentinelLogin) {
    return new SentinelOptions(master, sentinels, sentinelLogin, node, addresses);
  }

  /// The same with other options of the servers.
  public SentinelOptions withNode(RedisOptions node) {
    return new SentinelOptions(master, sentinels, sentinelLogin, node, addresses);
  }

  /// The same with another login for the servers.
  public SentinelOptions withLogin(Login login) {
    return withNode(node.withLogin(login));
  }

  /// The same with another translation of addresses.
  public SentinelOptions withAddresses(UnaryOperator<Endpoint.Host> addresses) {
    return new SentinelOptions(master, sentinels, sentinelLogin, node, addresses);
  }
}
