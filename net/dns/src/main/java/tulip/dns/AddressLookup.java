// SPDX-License-Identifier: Apache-2.0
package tulip.dns;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tulip.core.Tulip;
import tulip.dns.protocol.DomainName;
import tulip.dns.protocol.RecordData;
import tulip.dns.protocol.RecordType;
import tulip.net.spi.NameResolver;

/// From the name of a host to its addresses: what the C library's getaddrinfo does.
final class AddressLookup {
  /// What one question brought, so that two can be asked at once and judged together.
  private record Result(List<InetAddress> addresses, List<DnsException> failures) {}

  private final DnsResolver resolver;

  AddressLookup(DnsResolver resolver) {
    this.resolver = resolver;
  }

  /// At least one address, the best one first.
  List<InetAddress> find(String host, Family family) throws UnknownHostException {
    List<InetAddress> literal;
    try {
      literal = List.of(InetAddress.ofLiteral(host));
    } catch (IllegalArgumentException e) {
      return findName(host, family);
    }
    return some(host, family, literal);
  }

  private List<InetAddress> findName(String host, Family family) throws UnknownHostException {
    DomainName name;
    try {
      name = DomainName.of(host);
    } catch (IllegalArgumentException e) {
      throw unknown("not a host name: " + e.getMessage(), e);
    }
    if (SpecialNames.isLocalhost(name)) {
      return some(host, family, SpecialNames.LOOPBACK);
    }
    var known = resolver.hosts().addresses(name);
    if (known.stream().anyMatch(family::has)) {
      return some(host, family, known);
    }
    if (SpecialNames.isLinkLocal(name)) {
      return some(host, family, NameResolver.SYSTEM.resolve(host));
    }
    return ask(host, family);
  }

  private static List<InetAddress> some(String host, Family family, List<InetAddress> addresses)
      throws UnknownHostException {
    var fitting = addresses.stream().filter(family::has).toList();
    if (fitting.isEmpty()) {
      throw new UnknownHostException(host + " has no address of the family " + family);
    }
    return AddressOrder.sort(fitting);
  }

  private List<InetAddress> ask(String host, Family family) throws UnknownHostException {
    DnsException last = null;
    for (var name : SearchPath.of(host, resolver.settings())) {
      var result = ask(name, family);
      if (!result.addresses().isEmpty()) {
        return AddressOrder.sort(result.addresses());
      }
      last = worst(result.failures());
      if (!last.isFinal()) {
        break; // the name may well exist: another one in its place would be wrong
      }
    }
    throw unknown(host + ": " + (last == null ? "no name to ask for" : last.getMessage()), last);
  }

  private Result ask(DomainName name, Family family) {
    return switch (family) {
      case IPV4 -> ask(name, RecordType.A);
      case IPV6 -> ask(name, RecordType.AAAA);
      case ANY -> {
        var both = Tulip.gather(List.of(RecordType.AAAA, RecordType.A), type -> ask(name, type));
        yield new Result(
            join(both.getFirst().addresses(), both.getLast().addresses()),
            join(both.getFirst().failures(), both.getLast().failures()));
      }
    };
  }

  private static <T> List<T> join(List<T> a, List<T> b) {
    var all = new ArrayList<T>(a);
    all.addAll(b);
    return all;
  }

  private Result ask(DomainName name, RecordType type) {
    try {
      return new Result(addresses(resolver.query(name, type)), List.of());
    } catch (DnsException e) {
      return new Result(List.of(), List.of(e));
    }
  }

  private static List<InetAddress> addresses(Answer answer) {
    var addresses = new ArrayList<InetAddress>();
    for (var record : answer.records()) {
      switch (record.data()) {
        case RecordData.A(var address) -> addresses.add(address);
        case RecordData.AAAA(var address) -> addresses.add(address);
        default -> {} // nothing else was asked for
      }
    }
    return addresses;
  }

  /// The one that may pass, if there is one: then nothing final is known.
  private static DnsException worst(List<DnsException> failures) {
    return failures.stream().filter(e -> !e.isFinal()).findFirst().orElse(failures.getFirst());
  }

  private static UnknownHostException unknown(String message, @Nullable Exception cause) {
    var unknown = new UnknownHostException(message);
    unknown.initCause(cause);
    return unknown;
  }
}
