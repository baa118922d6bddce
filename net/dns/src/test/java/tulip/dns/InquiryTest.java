// SPDX-License-Identifier: Apache-2.0
package tulip.dns;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static tulip.dns.FakeServers.ONE;
import static tulip.dns.FakeServers.THREE;
import static tulip.dns.FakeServers.TWO;
import static tulip.dns.FakeServers.a;
import static tulip.dns.FakeServers.code;
import static tulip.dns.FakeServers.records;

import java.net.ProtocolException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import tulip.core.EventLoop;
import tulip.core.LoopOptions.Engine;
import tulip.dns.DnsException.Reason;
import tulip.dns.protocol.DomainName;
import tulip.dns.protocol.Flag;
import tulip.dns.protocol.Header;
import tulip.dns.protocol.Message;
import tulip.dns.protocol.RecordData;
import tulip.dns.protocol.RecordType;
import tulip.dns.protocol.ResponseCode;

/// One question and several servers: who is asked, how often, in what way, and for how long.
class InquiryTest {
  private static final FakeServers.Server GOOD = records(a("a.test", "192.0.2.80", 60));

  private final FakeServers net = new FakeServers();

  private static DnsException refused(DnsResolver dns) {
    return assertThrows(DnsException.class, () -> dns.query("a.test", RecordType.A));
  }

  private static Duration since(long begin) {
    return Duration.ofNanos(EventLoop.current().time() - begin);
  }

  @BothEngines
  void theFirstServerIsAskedFirst(Engine engine) throws Exception {
    net.udp(ONE, GOOD).udp(TWO, GOOD);
    OnLoop.run(
        engine,
        () -> {
          try (var dns = net.resolver(ONE, TWO)) {
            dns.query("a.test", RecordType.A);
            assertEquals(List.of("udp 1 a.test. A edns"), net.log);
          }
        });
  }

  @BothEngines
  void silenceCostsOneTimeoutAndThenTheOthersGoFirst(Engine engine) throws Exception {
    net.udp(ONE, FakeServers::silence).udp(TWO, GOOD);
    OnLoop.run(
        engine,
        () -> {
          try (var dns = net.resolver(ONE, TWO)) {
            long begin = EventLoop.current().time();
            dns.query("a.test", RecordType.A);
            assertEquals(ofSeconds(2), since(begin));
            dns.clearCache();
            dns.query("a.test", RecordType.A);
            assertEquals(ofSeconds(2), since(begin), "the second question was not held up");
            assertEquals(
                List.of("udp 1 a.test. A edns", "udp 2 a.test. A edns", "udp 2 a.test. A edns"),
                net.log);
          }
        });
  }

  @BothEngines
  void silenceOfAllIsATimeout(Engine engine) throws Exception {
    net.udp(ONE, FakeServers::silence).udp(TWO, FakeServers::silence);
    OnLoop.run(
        engine,
        () -> {
          try (var dns = net.resolver(ONE, TWO)) {
            long begin = EventLoop.current().time();
            var error = refused(dns);
            assertEquals(Reason.TIMEOUT, error.reason());
            assertFalse(error.isFinal());
            assertEquals(6, error.getSuppressed().length, "three rounds of two servers");
            assertEquals(ofSeconds(12), since(begin));
            assertEquals(
                List.of(
                    "udp 1 a.test. A edns",
                    "udp 2 a.test. A edns",
                    "udp 1 a.test. A",
                    "udp 2 a.test. A",
                    "udp 1 a.test. A",
                    "udp 2 a.test. A"),
                net.log);
          }
        });
  }

  @BothEngines
  void theDeadlineCoversEverything(Engine engine) throws Exception {
    net.udp(ONE, FakeServers::silence);
    OnLoop.run(
        engine,
        () -> {
          var options = DnsOptions.DEFAULT.withServers(ONE).withDeadline(ofSeconds(3));
          try (var dns = net.resolver(options)) {
            long begin = EventLoop.current().time();
            var error = refused(dns);
            assertEquals(Reason.TIMEOUT, error.reason());
            assertEquals("a.test. IN A: no answer within PT3S", error.getMessage());
            assertEquals(ofSeconds(3), since(begin));
          }
        });
  }

  @BothEngines
  void whoSaysNoIsNotAskedAgain(Engine engine) throws Exception {
    net.udp(ONE, code(ResponseCode.SERVFAIL)).udp(TWO, code(ResponseCode.REFUSED));
    OnLoop.run(
        engine,
        () -> {
          try (var dns = net.resolver(ONE, TWO)) {
            var error = refused(dns);
            assertEquals(Reason.SERVER_FAILURE, error.reason());
            assertEquals("/192.0.2.1:53 answered SERVFAIL", error.getSuppressed()[0].getMessage());
            assertEquals(List.of("udp 1 a.test. A edns", "udp 2 a.test. A edns"), net.log);
            refused(dns);
            assertEquals(4, net.log.size(), "and it is not kept");
          }
        });
  }

  @BothEngines
  void anotherServerMayKnowBetter(Engine engine) throws Exception {
    net.udp(ONE, code(ResponseCode.SERVFAIL))
        .udp(
            TWO,
            _ -> {
              throw new ProtocolException("garbage");
            })
        .udp(THREE, GOOD);
    OnLoop.run(
        engine,
        () -> {
          try (var dns = net.resolver(ONE, TWO, THREE)) {
            assertEquals(1, dns.query("a.test", RecordType.A).records().size());
          }
        });
  }

  @BothEngines
  void garbageOfAllIsMalformed(Engine engine) throws Exception {
    net.udp(
        ONE,
        _ -> {
          throw new ProtocolException("garbage");
        });
    OnLoop.run(
        engine,
        () -> {
          try (var dns = net.resolver(ONE)) {
            assertEquals(Reason.MALFORMED, refused(dns).reason());
          }
        });
  }

  @BothEngines
  void anUnreachableServerIsAFailure(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          try (var dns = net.resolver(ONE)) {
            assertEquals(Reason.SERVER_FAILURE, refused(dns).reason());
            assertEquals(3, net.log.size());
          }
        });
  }

  @BothEngines
  void aReferralIsNoAnswer(Engine engine) throws Exception {
    net.udp(ONE, InquiryTest::referral).udp(TWO, GOOD);
    OnLoop.run(
        engine,
        () -> {
          try (var dns = net.resolver(ONE, TWO)) {
            dns.query("a.test", RecordType.A);
            assertEquals(2, net.log.size());
          }
        });
  }

  private static Message referral(Message query) {
    var ns = FakeServers.record("test", new RecordData.NS(DomainName.of("ns.test")), 60);
    var header = new Header(query.header().id(), Set.of(Flag.QR), 0, ResponseCode.NOERROR);
    return new Message(header, query.questions(), List.of(), List.of(ns), List.of(), null);
  }

  @BothEngines
  void serversTakeTurns(Engine engine) throws Exception {
    net.udp(ONE, GOOD).udp(TWO, GOOD).udp(THREE, GOOD);
    OnLoop.run(
        engine,
        () -> {
          var settings = DnsSettings.DEFAULT.withServers(List.of(ONE, TWO, THREE)).withRotate(true);
          try (var dns = net.resolver(DnsOptions.DEFAULT.withSettings(settings))) {
            for (int i = 0; i < 4; i++) {
              dns.clearCache();
              dns.query("a.test", RecordType.A);
            }
            assertEquals(
                List.of("1", "2", "3", "1"), net.log.stream().map(l -> l.substring(4, 5)).toList());
          }
        });
  }

  // EDNS and TCP.

  @BothEngines
  void aServerWithoutEdnsIsAskedWithoutFromThenOn(Engine engine) throws Exception {
    net.udp(
        ONE,
        query ->
            query.edns() == null ? GOOD.answer(query) : code(ResponseCode.FORMERR).answer(query));
    OnLoop.run(
        engine,
        () -> {
          try (var dns = net.resolver(ONE)) {
            dns.query("a.test", RecordType.A);
            dns.clearCache();
            dns.query("a.test", RecordType.A);
            assertEquals(
                List.of("udp 1 a.test. A edns", "udp 1 a.test. A", "udp 1 a.test. A"), net.log);
          }
        });
  }

  @BothEngines
  void withoutEdnsAltogether(Engine engine) throws Exception {
    net.udp(ONE, GOOD);
    OnLoop.run(
        engine,
        () -> {
          try (var dns = net.resolver(DnsOptions.DEFAULT.withServers(ONE).withEdnsSize(0))) {
            dns.query("a.test", RecordType.A);
            assertEquals(List.of("udp 1 a.test. A"), net.log);
          }
        });
  }

  @BothEngines
  void whatIsCutOffIsAskedForOverTcp(Engine engine) throws Exception {
    net.udp(ONE, FakeServers::truncated).tcp(ONE, GOOD);
    OnLoop.run(
        engine,
        () -> {
          try (var dns = net.resolver(ONE)) {
            dns.query("a.test", RecordType.A);
            assertEquals(List.of("udp 1 a.test. A edns", "tcp 1 a.test. A edns"), net.log);
          }
        });
  }

  @BothEngines
  void tcpThatCutsOffTooIsMalformed(Engine engine) throws Exception {
    net.udp(ONE, FakeServers::truncated).tcp(ONE, FakeServers::truncated);
    OnLoop.run(
        engine,
        () -> {
          try (var dns = net.resolver(ONE)) {
            assertEquals(Reason.MALFORMED, refused(dns).reason());
          }
        });
  }

  @BothEngines
  void tcpOnly(Engine engine) throws Exception {
    net.tcp(ONE, GOOD);
    OnLoop.run(
        engine,
        () -> {
          var settings = DnsSettings.DEFAULT.withServers(List.of(ONE)).withTcp(true);
          try (var dns = net.resolver(DnsOptions.DEFAULT.withSettings(settings))) {
            dns.query("a.test", RecordType.A);
            assertEquals(List.of("tcp 1 a.test. A edns"), net.log);
          }
        });
  }

  @BothEngines
  void aSlowServerIsGood(Engine engine) throws Exception {
    net.udp(ONE, FakeServers.late(ofMillis(1999), GOOD));
    OnLoop.run(
        engine,
        () -> {
          try (var dns = net.resolver(ONE)) {
            dns.query("a.test", RecordType.A);
            assertEquals(1, net.log.size());
          }
        });
  }
}
