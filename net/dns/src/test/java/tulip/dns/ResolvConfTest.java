// SPDX-License-Identifier: Apache-2.0
package tulip.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tulip.dns.protocol.DomainName;

/// What `resolv.conf` may say, and what it does not.
class ResolvConfTest {
  private static DnsSettings parse(String text) {
    return ResolvConf.parse(text, DnsSettings.DEFAULT);
  }

  @Test
  void readsAllOfIt() {
    var settings =
        parse(
            """
            # a comment
            ; another
            domain old.test
            nameserver 192.0.2.1 # the first
            nameserver\t2001:db8::1
              nameserver fe80::1%1
            search a.test b.test. # not c.test
            options ndots:2 timeout:1 attempts:5 rotate edns0 use-vc trust-ad
            sortlist 192.0.2.0
            """);
    assertEquals(3, settings.servers().size());
    assertEquals(
        List.of(server("192.0.2.1"), server("2001:db8::1")), settings.servers().subList(0, 2));
    assertEquals(List.of(DomainName.of("a.test"), DomainName.of("b.test")), settings.search());
    assertEquals(2, settings.ndots());
    assertEquals(Duration.ofSeconds(1), settings.timeout());
    assertEquals(5, settings.attempts());
    assertEquals(true, settings.rotate());
    assertEquals(true, settings.tcp());
  }

  private static InetSocketAddress server(String address) {
    return new InetSocketAddress(InetAddress.ofLiteral(address), 53);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n\n",
        "nameserver",
        "nameserver example.org",
        "nameserver 1.2.3.4.5",
        "nameservers 192.0.2.1",
        "options",
        "options ndots timeout: attempts:x rotate:1 ndots:-1",
        "search",
        "search ..",
        "\0\ufffd garbage"
      })
  void whatCannotBeReadChangesNothing(String text) {
    assertEquals(DnsSettings.DEFAULT, parse(text));
  }

  @Test
  void numbersHaveLimits() {
    var settings = parse("options ndots:99 timeout:999 attempts:999999999");
    assertEquals(15, settings.ndots());
    assertEquals(Duration.ofSeconds(30), settings.timeout());
    assertEquals(16, settings.attempts());
    var least = parse("options timeout:0 attempts:0 ndots:0");
    assertEquals(Duration.ofSeconds(1), least.timeout());
    assertEquals(1, least.attempts());
    assertEquals(0, least.ndots());
    assertEquals(16, parse("nameserver 192.0.2.1\n".repeat(99)).servers().size());
    assertEquals(32, parse("search" + " a.test".repeat(99)).search().size());
  }

  @Test
  void theLastListOfDomainsCounts() {
    assertEquals(List.of(DomainName.of("b.test")), parse("search a.test\ndomain b.test").search());
  }

  @Test
  void settingsHaveLimits() {
    refuse(() -> DnsSettings.DEFAULT.withServers(List.of()));
    refuse(() ->
        DnsSettings.DEFAULT.withServers(List.of(InetSocketAddress.createUnresolved("a", 53))));
    refuse(() -> DnsSettings.DEFAULT.withAttempts(0));
    refuse(() -> DnsSettings.DEFAULT.withNdots(16));
    refuse(() -> DnsSettings.DEFAULT.withTimeout(Duration.ZERO));
    refuse(() -> DnsOptions.DEFAULT.withDeadline(Duration.ZERO));
    refuse(() -> DnsOptions.DEFAULT.withEdnsSize(511));
    refuse(() -> DnsOptions.DEFAULT.withEdnsSize(65536));
    refuse(() -> DnsOptions.DEFAULT.withCache(-1, Duration.ZERO, Duration.ZERO));
    refuse(() -> DnsOptions.DEFAULT.withCache(1, Duration.ofSeconds(-1), Duration.ZERO));
  }

  private static void refuse(Executable wrong) {
    assertThrows(IllegalArgumentException.class, wrong);
  }
}
