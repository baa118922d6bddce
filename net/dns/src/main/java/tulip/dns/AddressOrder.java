// SPDX-License-Identifier: Apache-2.0
package tulip.dns;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;

/// Which of a host's addresses to try first (RFC 6724, 6).
///
/// Rules 3, 4 and 7 are left out: Java does not tell about deprecated, home and tunnelled
/// addresses. Rule 9 holds for IPv6 only, else servers of one IPv4 network would not share their
/// load.
final class AddressOrder {
  private static final int PORT = 53; // any: nothing is sent
  private static final int LINK = 2;
  private static final int SITE = 5;
  private static final int GLOBAL = 14;
  private static final Bytes MAPPED = Bytes.ofHex("00000000000000000000ffff");
  private static final Bytes LOOPBACK = mapped(InetAddress.ofLiteral("::1"));

  /// A destination, and the address of this machine that it would be reached from.
  private record Candidate(Bytes destination, @Nullable Bytes source, InetAddress address) {
    boolean isReachable() {
      return source != null;
    }

    boolean hasSourceOfItsScope() {
      return source != null && scope(source) == scope(destination);
    }

    boolean hasSourceOfItsLabel() {
      return source != null && PolicyTable.label(source) == PolicyTable.label(destination);
    }

    int precedence() {
      return PolicyTable.precedence(destination);
    }

    int prefixInCommon() {
      boolean version4 = address instanceof Inet4Address;
      return source == null || version4 ? 0 : Math.min(64, commonBits(source, destination));
    }
  }

  /// Rule 10 is that the sort is stable.
  private static final Comparator<Candidate> RULES =
      Comparator.comparing(Candidate::isReachable) // 1
          .thenComparing(Candidate::hasSourceOfItsScope) // 2
          .thenComparing(Candidate::hasSourceOfItsLabel) // 5
          .thenComparingInt(Candidate::precedence) // 6
          .thenComparingInt(candidate -> -scope(candidate.destination())) // 8
          .thenComparingInt(Candidate::prefixInCommon) // 9
          .reversed();

  private AddressOrder() {}

  static List<InetAddress> sort(List<InetAddress> addresses) {
    return sort(addresses, AddressOrder::source);
  }

  /// @param source what address of this machine one would be reached from; `null` for none
  static List<InetAddress> sort(
      List<InetAddress> addresses, Function<InetAddress, @Nullable InetAddress> source) {
    if (addresses.size() < 2) {
      return addresses;
    }
    return addresses.stream()
        .map(address -> candidate(address, source.apply(address)))
        .sorted(RULES)
        .map(Candidate::address)
        .toList();
  }

  private static Candidate candidate(InetAddress address, @Nullable InetAddress source) {
    return new Candidate(mapped(address), source == null ? null : mapped(source), address);
  }

  /// Connecting a UDP socket sends nothing, and does not wait: the system only looks for the way.
  private static @Nullable InetAddress source(InetAddress address) {
    var family =
        address instanceof Inet4Address
            ? StandardProtocolFamily.INET
            : StandardProtocolFamily.INET6;
    try (var channel = DatagramChannel.open(family)) {
      channel.connect(new InetSocketAddress(address, PORT));
      return ((InetSocketAddress) channel.getLocalAddress()).getAddress();
    } catch (IOException | UnsupportedOperationException | SecurityException e) {
      return null;
    }
  }

  /// The scope as multicast numbers it: 2 for a link, 5 for a site, 14 for the world (RFC 6724,
  /// 3.1).
  static int scope(Bytes address) {
    int first = address.byteAt(0) & 0xFF;
    int second = address.byteAt(1) & 0xFF;
    if (first == 0xFF) {
      return second & 0xF;
    } else if (address.startsWith(MAPPED)) {
      return isLinkOfVersion4(address) ? LINK : GLOBAL;
    } else if (address.equals(LOOPBACK)) {
      return LINK;
    }
    return switch (first << 8 | (second & 0xC0)) {
      case 0xFE80 -> LINK;
      case 0xFEC0 -> SITE;
      default -> GLOBAL;
    };
  }

  private static boolean isLinkOfVersion4(Bytes mapped) {
    int first = mapped.byteAt(12) & 0xFF;
    return first == 127 || (first == 169 && (mapped.byteAt(13) & 0xFF) == 254);
  }

  /// Sixteen bytes: IPv4 mapped into IPv6.
  static Bytes mapped(InetAddress address) {
    var bytes = Bytes.wrap(address.getAddress());
    return bytes.length() == 16 ? bytes : Bytes.concat(MAPPED, bytes);
  }

  /// How many bits two addresses have in common from the left.
  static int commonBits(Bytes a, Bytes b) {
    for (int i = 0; i < a.length(); i++) {
      int difference = (a.byteAt(i) ^ b.byteAt(i)) & 0xFF;
      if (difference != 0) {
        return 8 * i + Integer.numberOfLeadingZeros(difference) - 24;
      }
    }
    return 8 * a.length();
  }
}
