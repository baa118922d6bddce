// SPDX-License-Identifier: Apache-2.0
package tulip.dns;

import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static tulip.dns.FakeServers.ONE;
import static tulip.dns.FakeServers.a;
import static tulip.dns.FakeServers.code;
import static tulip.dns.FakeServers.negative;

import java.time.Duration;
import tulip.core.LoopOptions.Engine;
import tulip.core.Tulip;
import tulip.dns.DnsException.Reason;
import tulip.dns.protocol.RecordType;
import tulip.dns.protocol.ResponseCode;

/// What is kept, for how long, and how much of it.
class CacheTest {
  private final FakeServers net = new FakeServers();

  private static DnsException refused(DnsResolver dns, String name) {
    return assertThrows(DnsException.class, () -> dns.query(name, RecordType.A));
  }

  @BothEngines
  void answersAreKeptAsLongAsTheySay(Engine engine) throws Exception {
    net.udp(ONE, query -> FakeServers.answer(query, a("a.test", "192.0.2.80", 60)));
    OnLoop.run(
        engine,
        () -> {
          try (var dns = net.resolver(ONE)) {
            dns.query("a.test", RecordType.A);
            Tulip.sleep(ofSeconds(59));
            var answer = dns.query("A.TEST", RecordType.A);
            assertEquals(1, net.log.size());
            assertEquals(1, answer.records().getFirst().ttl());
            assertEquals(ofSeconds(1), answer.ttl());
            Tulip.sleep(ofSeconds(1));
            assertEquals(60, dns.query("a.test", RecordType.A).records().getFirst().ttl());
            assertEquals(2, net.log.size());
          }
        });
  }

  @BothEngines
  void noneIsKeptAsLongAsTheZoneSays(Engine engine) throws Exception {
    for (var code : new ResponseCode[] {ResponseCode.NXDOMAIN, ResponseCode.NOERROR}) {
      net.log.clear();
      net.udp(ONE, query -> negative(query, code, 30));
      OnLoop.run(
          engine,
          () -> {
            try (var dns = net.resolver(ONE)) {
              refused(dns, "a.test");
              Tulip.sleep(ofSeconds(29));
              var error = refused(dns, "a.test");
              assertEquals(
                  code.equals(ResponseCode.NXDOMAIN) ? Reason.NO_SUCH_NAME : Reason.NO_SUCH_RECORDS,
                  error.reason());
              assertEquals(1, net.log.size());
              Tulip.sleep(ofSeconds(1));
              refused(dns, "a.test");
              assertEquals(2, net.log.size());
            }
          });
    }
  }

  @BothEngines
  void noneThatNobodyVouchesForIsNotKept(Engine engine) throws Exception {
    net.udp(ONE, code(ResponseCode.NXDOMAIN));
    OnLoop.run(
        engine,
        () -> {
          try (var dns = net.resolver(ONE)) {
            refused(dns, "a.test");
            refused(dns, "a.test");
            assertEquals(2, net.log.size());
            assertEquals(0, dns.cached());
          }
        });
  }

  @BothEngines
  void whatLivesForNoTimeIsNotKept(Engine engine) throws Exception {
    net.udp(ONE, query -> FakeServers.answer(query, a("a.test", "192.0.2.80", 0)));
    OnLoop.run(
        engine,
        () -> {
          try (var dns = net.resolver(ONE)) {
            dns.query("a.test", RecordType.A);
            assertEquals(0, dns.cached());
          }
        });
  }

  @BothEngines
  void timesHaveALimit(Engine engine) throws Exception {
    net.udp(ONE, query -> FakeServers.answer(query, a("a.test", "192.0.2.80", Integer.MAX_VALUE)));
    OnLoop.run(
        engine,
        () -> {
          var options = DnsOptions.DEFAULT.withServers(ONE);
          try (var dns = net.resolver(options.withCache(10, ofSeconds(10), Duration.ZERO))) {
            dns.query("a.test", RecordType.A);
            Tulip.sleep(ofSeconds(10));
            dns.query("a.test", RecordType.A);
            assertEquals(2, net.log.size());
          }
        });
  }

  @BothEngines
  void theOldestGoesWhenItIsFull(Engine engine) throws Exception {
    net.udp(
        ONE,
        query ->
            FakeServers.answer(
                query, a(query.questions().getFirst().name().toString(), "192.0.2.80", 60)));
    OnLoop.run(
        engine,
        () -> {
          var options = DnsOptions.DEFAULT.withServers(ONE);
          try (var dns = net.resolver(options.withCache(2, ofSeconds(60), Duration.ZERO))) {
            dns.query("a.test", RecordType.A);
            dns.query("b.test", RecordType.A);
            dns.query("a.test", RecordType.A); // used again: b goes first
            dns.query("c.test", RecordType.A);
            assertEquals(2, dns.cached());
            dns.query("a.test", RecordType.A);
            assertEquals(3, net.log.size());
            dns.query("b.test", RecordType.A);
            assertEquals(4, net.log.size());
            dns.clearCache();
            assertEquals(0, dns.cached());
          }
        });
  }

  @BothEngines
  void nothingIsKeptIfSoWished(Engine engine) throws Exception {
    net.udp(ONE, query -> FakeServers.answer(query, a("a.test", "192.0.2.80", 60)));
    OnLoop.run(
        engine,
        () -> {
          var options = DnsOptions.DEFAULT.withServers(ONE);
          try (var dns = net.resolver(options.withCache(0, ofSeconds(60), ofSeconds(60)))) {
            dns.query("a.test", RecordType.A);
            dns.query("a.test", RecordType.A);
            assertEquals(2, net.log.size());
          }
        });
  }
}
