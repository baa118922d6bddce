// SPDX-License-Identifier: Apache-2.0
package tulip.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressOrderTest {
  /// Destinations with their sources, in the order that they should come out in; most are the
  /// examples of RFC 6724, 10.2, and some of its section 10.3 onwards for the default table.
  @ParameterizedTest
  @CsvSource({
    // prefer matching scope
    "2001:db8:1::1=2001:db8:1::2 198.51.100.121=169.254.13.78",
    "198.51.100.121=198.51.100.117 2001:db8:1::1=fe80::1",
    // prefer higher precedence
    "2001:db8:1::1=2001:db8:1::2 10.1.2.3=10.1.2.4",
    // prefer smaller scope
    "fe80::1=fe80::2 2001:db8:1::1=2001:db8:1::2",
    // prefer matching label
    "2002:c633:6401::1=2002:c633:6401::2 2001:db8:1::1=2002:c633:6401::2",
    "2001:db8:1::1=2001:db8:1::2 2002:c633:6401::1=2002:c633:6401::2",
    // prefer the longest prefix in common
    "2001:db8:1::1=2001:db8:1::2 2001:db8:3ffe::1=2001:db8:1:2::2",
    // avoid what cannot be reached
    "10.0.0.1=10.0.0.2 2001:db8::1=-",
    "192.0.2.1=192.0.2.9 2001:db8::1=- 192.0.2.2=-",
    // loopback first of all
    "::1=::1 127.0.0.1=127.0.0.1",
    // what the network's own table says about unique local addresses
    "10.0.0.1=10.0.0.2 fd00::1=fd00::2"
  })
  void comesOutAsTheStandardSays(String expected) {
    var pairs = Stream.of(expected.split(" ")).map(pair -> pair.split("=")).toList();
    var wanted = pairs.stream().map(pair -> InetAddress.ofLiteral(pair[0])).toList();
    assertEquals(wanted, sort(wanted, pairs));
    assertEquals(wanted, sort(wanted.reversed(), pairs).stream().toList(), "from the other order");
  }

  private static List<InetAddress> sort(List<InetAddress> addresses, List<String[]> pairs) {
    return AddressOrder.sort(
        addresses,
        address ->
            pairs.stream()
                .filter(pair -> InetAddress.ofLiteral(pair[0]).equals(address))
                .map(pair -> pair[1])
                .filter(source -> !source.equals("-"))
                .map(InetAddress::ofLiteral)
                .findFirst()
                .orElse(null));
  }

  @Test
  void equalsKeepTheirOrder() {
    var addresses =
        Stream.of("192.0.2.3", "192.0.2.1", "192.0.2.2").map(InetAddress::ofLiteral).toList();
    var source = InetAddress.ofLiteral("192.0.2.1"); // nearest to the second by its bits
    assertEquals(addresses, AddressOrder.sort(addresses, _ -> source));
    assertEquals(addresses, AddressOrder.sort(addresses, _ -> null));
  }

  @Test
  void asksTheSystemForTheWay() {
    var loopback = InetAddress.ofLiteral("127.0.0.1");
    var unspecifiedNetwork = InetAddress.ofLiteral("240.0.0.1"); // nobody has a way to it
    assertEquals(
        List.of(loopback, unspecifiedNetwork),
        AddressOrder.sort(List.of(unspecifiedNetwork, loopback)));
  }

  @ParameterizedTest
  @CsvSource({
    "::1, 50, 0", "2001:db8::1, 40, 1", "192.0.2.1, 35, 4", "2002::1, 30, 2", "2001::1, 5, 5",
    "fd00::1, 3, 13", "fc00::1, 3, 13", "::192.0.2.1, 1, 3", "fec0::1, 1, 11", "3ffe::1, 1, 12"
  })
  void thePolicyTable(String address, int precedence, int label) {
    var bytes = AddressOrder.mapped(InetAddress.ofLiteral(address));
    assertEquals(precedence, PolicyTable.precedence(bytes));
    assertEquals(label, PolicyTable.label(bytes));
  }

  @ParameterizedTest
  @CsvSource({
    "fe80::1, 2",
    "::1, 2",
    "fec0::1, 5",
    "2001:db8::1, 14",
    "fd00::1, 14",
    "ff05::1, 5",
    "127.0.0.1, 2",
    "169.254.1.1, 2",
    "10.0.0.1, 14",
    "192.0.2.1, 14"
  })
  void scopes(String address, int scope) {
    assertEquals(scope, AddressOrder.scope(AddressOrder.mapped(InetAddress.ofLiteral(address))));
  }
}
