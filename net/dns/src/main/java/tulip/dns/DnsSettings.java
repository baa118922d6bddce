// SPDX-License-Identifier: Apache-2.0
package tulip.dns;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import tulip.dns.protocol.DomainName;

/// Whom to ask, and how patiently: what `/etc/resolv.conf` can say.
///
/// @param servers name servers that ask others, the first one first; 1 to 16
/// @param search the domains in which [DnsResolver#lookUp] tries a name, at most 32
/// @param ndots from how many dots in a name on it is tried as it is before the domains are
/// @param timeout how long to wait for one answer of one server
/// @param attempts how many rounds through the servers, 1 to 16
/// @param rotate whether to begin each query with another server
/// @param tcp whether to ask over TCP only
public record DnsSettings(
    List<InetSocketAddress> servers,
    List<DomainName> search,
    int ndots,
    Duration timeout,
    int attempts,
    boolean rotate,
    boolean tcp) {
  /// The port of name servers.
  public static final int PORT = 53;

  static final int MAX_SERVERS = 16;
  static final int MAX_SEARCH = 32;
  static final int MAX_NDOTS = 15;
  static final int MAX_ATTEMPTS = 16;

  /// A server on this machine, no domains, three rounds of two seconds: what holds unless something
  /// else is said.
  public static final DnsSettings DEFAULT =
      new DnsSettings(
          List.of(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), PORT)),
          List.of(),
          1,
          Duration.ofSeconds(2),
          3,
          false,
          false);

  /// Checks the limits.
  public DnsSettings {
    servers = List.copyOf(servers);
    search = List.copyOf(search);
    check(servers.size(), 1, MAX_SERVERS, "the number of servers");
    check(search.size(), 0, MAX_SEARCH, "the number of domains");
    check(ndots, 0, MAX_NDOTS, "ndots");
    check(attempts, 1, MAX_ATTEMPTS, "attempts");
    if (!timeout.isPositive()) {
      throw new IllegalArgumentException("the timeout must be positive, not " + timeout);
    }
    for (var server : servers) {
      if (server.isUnresolved()) {
        throw new IllegalArgumentException("a name server needs an address, not " + server);
      }
    }
  }

  private static void check(int value, int min, int max, String what) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(what + " is " + min + " to " + max + ", not " + value);
    }
  }

  /// The same with other servers.
  public DnsSettings withServers(List<InetSocketAddress> others) {
    return new DnsSettings(others, search, ndots, timeout, attempts, rotate, tcp);
  }

  /// The same with other domains to search in.
  public DnsSettings withSearch(List<DomainName> domains) {
    return new DnsSettings(servers, domains, ndots, timeout, attempts, rotate, tcp);
  }

  /// The same with another limit of dots.
  public DnsSettings withNdots(int dots) {
    return new DnsSettings(servers, search, dots, timeout, attempts, rotate, tcp);
  }

  /// The same with another time for one answer.
  public DnsSettings withTimeout(Duration one) {
    return new DnsSettings(servers, search, ndots, one, attempts, rotate, tcp);
  }

  /// The same with another number of rounds.
  public DnsSettings withAttempts(int rounds) {
    return new DnsSettings(servers, search, ndots, timeout, rounds, rotate, tcp);
  }

  /// The same with taking the servers by turns, or not.
  public DnsSettings withRotate(boolean on) {
    return new DnsSettings(servers, search, ndots, timeout, attempts, on, tcp);
  }

  /// The same over TCP only, or not.
  public DnsSettings withTcp(boolean only) {
    return new DnsSettings(servers, search, ndots, timeout, attempts, rotate, only);
  }
}
