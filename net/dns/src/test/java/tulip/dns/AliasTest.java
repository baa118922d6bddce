// SPDX-License-Identifier: Apache-2.0
package tulip.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static tulip.dns.FakeServers.ONE;
import static tulip.dns.FakeServers.a;
import static tulip.dns.FakeServers.cname;
import static tulip.dns.FakeServers.records;
import static tulip.dns.FakeServers.zone;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import tulip.core.LoopOptions.Engine;
import tulip.dns.DnsException.Reason;
import tulip.dns.protocol.DomainName;
import tulip.dns.protocol.RecordType;
import tulip.dns.protocol.ResourceRecord;

/// Aliases: whole chains, chains in pieces, chains without an end.
class AliasTest {
  private final FakeServers net = new FakeServers();

  @BothEngines
  void aWholeChainInAnyOrder(Engine engine) throws Exception {
    net.udp(
        ONE,
        records(
            a("C.test", "192.0.2.80", 50),
            cname("b.test", "c.test", 40),
            cname("a.test", "b.test", 30)));
    OnLoop.run(
        engine,
        () -> {
          try (var dns = net.resolver(ONE)) {
            var answer = dns.query("a.test", RecordType.A);
            assertEquals(DomainName.of("c.test"), answer.name());
            assertEquals(Duration.ofSeconds(30), answer.ttl());
            assertEquals(
                List.of(
                    "a.test. 30 IN CNAME b.test.",
                    "b.test. 40 IN CNAME c.test.",
                    "c.test. 50 IN A 192.0.2.80"),
                answer.answers().stream().map(ResourceRecord::toString).toList());
            assertEquals(1, answer.records().size());
            assertEquals(1, net.log.size());
          }
        });
  }

  @BothEngines
  void aChainInPieces(Engine engine) throws Exception {
    net.udp(
        ONE,
        zone(
            cname("a.test", "b.test", 30),
            cname("b.test", "c.test", 30),
            a("c.test", "192.0.2.80", 50)));
    OnLoop.run(
        engine,
        () -> {
          try (var dns = net.resolver(ONE)) {
            assertEquals(DomainName.of("c.test"), dns.query("a.test", RecordType.A).name());
            assertEquals(3, net.log.size());
          }
        });
  }

  @BothEngines
  void anAliasCanBeAskedFor(Engine engine) throws Exception {
    net.udp(ONE, records(cname("a.test", "b.test", 30)));
    OnLoop.run(
        engine,
        () -> {
          try (var dns = net.resolver(ONE)) {
            assertEquals(1, dns.query("a.test", RecordType.CNAME).records().size());
            assertEquals(1, dns.query("a.test", RecordType.ANY).records().size());
          }
        });
  }

  @BothEngines
  void circlesAreSeen(Engine engine) throws Exception {
    for (var server :
        List.of(
            zone(cname("a.test", "b.test", 30), cname("b.test", "a.test", 30)),
            zone(cname("a.test", "a.test", 30)),
            records(cname("a.test", "b.test", 30), cname("b.test", "a.test", 30)))) {
      net.udp(ONE, server);
      OnLoop.run(
          engine,
          () -> {
            try (var dns = net.resolver(ONE)) {
              var error = assertThrows(DnsException.class, () -> dns.query("a.test", RecordType.A));
              assertEquals(Reason.ALIAS_LOOP, error.reason());
            }
          });
    }
  }

  @BothEngines
  void endlessChainsAreCutShort(Engine engine) throws Exception {
    net.udp(
        ONE,
        zone(
            IntStream.range(0, 100)
                .mapToObj(i -> cname("a" + i + ".test", "a" + (i + 1) + ".test", 30))
                .toArray(ResourceRecord[]::new)));
    OnLoop.run(
        engine,
        () -> {
          try (var dns = net.resolver(ONE)) {
            var error = assertThrows(DnsException.class, () -> dns.query("a0.test", RecordType.A));
            assertEquals(Reason.ALIAS_LOOP, error.reason());
            assertEquals(16, net.log.size());
          }
        });
  }

  @BothEngines
  void anAliasOfNothing(Engine engine) throws Exception {
    net.udp(ONE, zone(cname("a.test", "b.test", 30)));
    OnLoop.run(
        engine,
        () -> {
          try (var dns = net.resolver(ONE)) {
            var error = assertThrows(DnsException.class, () -> dns.query("a.test", RecordType.A));
            assertEquals(Reason.NO_SUCH_NAME, error.reason());
            assertEquals(
                "a.test. IN A: its alias b.test.: there is no such name", error.getMessage());
          }
        });
  }

  @BothEngines
  void recordsOfOtherNamesDoNotCount(Engine engine) throws Exception {
    net.udp(ONE, records(a("evil.test", "192.0.2.66", 30)));
    OnLoop.run(
        engine,
        () -> {
          try (var dns = net.resolver(ONE)) {
            var error = assertThrows(DnsException.class, () -> dns.query("a.test", RecordType.A));
            assertEquals(Reason.NO_SUCH_RECORDS, error.reason());
          }
        });
  }
}
