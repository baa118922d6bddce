// SPDX-License-Identifier: Apache-2.0
package tulip.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import tulip.dns.protocol.DomainName;

class HostsFileTest {
  private final HostsFile hosts =
      HostsFile.parse(
          """
          # hosts
          192.0.2.1\tdb.test db DB.test # the database
          2001:db8::1 db.test
          192.0.2.1 again.test
            192.0.2.2 two.test

          not-an-address three.test
          192.0.2.4
          192.0.2.5 ..bad.. five.test
          """);

  private List<String> addresses(String name) {
    return hosts.addresses(DomainName.of(name)).stream().map(InetAddress::getHostAddress).toList();
  }

  @Test
  void namesHaveAllAddressesOfTheirLines() {
    assertEquals(List.of("192.0.2.1", "2001:db8:0:0:0:0:0:1"), addresses("DB.Test."));
    assertEquals(List.of("192.0.2.1"), addresses("db"));
    assertEquals(List.of("192.0.2.2"), addresses("two.test"));
  }

  @Test
  void whatCannotBeReadIsPassedOver() {
    assertEquals(List.of(), addresses("three.test"));
    assertEquals(List.of("192.0.2.5"), addresses("five.test"));
  }

  @Test
  void anAddressHasItsFirstName() {
    assertEquals(DomainName.of("db.test"), hosts.name(InetAddress.ofLiteral("192.0.2.1")));
    assertNull(hosts.name(InetAddress.ofLiteral("192.0.2.4")));
  }
}
