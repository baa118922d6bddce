// SPDX-License-Identifier: Apache-2.0
package tulip.dns;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tulip.dns.FakeServers.ONE;
import static tulip.dns.FakeServers.a;
import static tulip.dns.FakeServers.aaaa;
import static tulip.dns.FakeServers.cname;
import static tulip.dns.FakeServers.code;
import static tulip.dns.FakeServers.late;
import static tulip.dns.FakeServers.zone;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import tulip.core.EventLoop;
import tulip.core.LoopOptions.Engine;
import tulip.core.Tulip;
import tulip.dns.DnsException.Reason;
import tulip.dns.protocol.DomainName;
import tulip.dns.protocol.RecordData;
import tulip.dns.protocol.RecordType;
import tulip.dns.protocol.ResponseCode;
import tulip.net.spi.NameResolver;

/// From hosts to addresses, and back.
class LookUpTest {
  private final FakeServers net = new FakeServers();
  @TempDir Path folder;

  private interface Test {
    void with(DnsResolver dns) throws Exception;
  }

  private void run(Engine engine, Test test) throws Exception {
    var settings =
        DnsSettings.DEFAULT
            .withServers(List.of(ONE))
            .withSearch(List.of(DomainName.of("in.test"), DomainName.of("out.test")));
    var options = DnsOptions.DEFAULT.withSettings(settings);
    OnLoop.run(
        engine,
        () -> {
          try (var dns = net.resolver(options)) {
            test.with(dns);
          }
        });
  }

  private static List<String> texts(List<InetAddress> addresses) {
    return addresses.stream().map(InetAddress::getHostAddress).toList();
  }

  private static DnsException unknown(DnsResolver dns, String host) {
    var error = assertThrows(UnknownHostException.class, () -> dns.lookUp(host));
    return assertInstanceOf(DnsException.class, error.getCause());
  }

  @BothEngines
  void literalsAndLocalNamesAreNotAskedFor(Engine engine) throws Exception {
    run(
        engine,
        dns -> {
          assertEquals(List.of("192.0.2.7"), texts(dns.lookUp("192.0.2.7")));
          assertEquals(List.of("2001:db8:0:0:0:0:0:7"), texts(dns.lookUp("2001:db8::7")));
          for (var local : List.of("localhost", "LOCALHOST.", "a.localhost")) {
            assertEquals(
                Set.of("127.0.0.1", "0:0:0:0:0:0:0:1"), Set.copyOf(texts(dns.lookUp(local))));
          }
          assertEquals(List.of("127.0.0.1"), texts(dns.lookUp("localhost", Family.IPV4)));
          assertEquals(Reason.NO_SUCH_NAME, unknown(dns, "a.invalid.").reason());
          assertEquals(Reason.NO_SUCH_NAME, unknown(dns, "a.onion.").reason());
          assertThrows(UnknownHostException.class, () -> dns.lookUp("127.0.0.1", Family.IPV6));
          assertThrows(UnknownHostException.class, () -> dns.lookUp("a..b"));
          assertThrows(UnknownHostException.class, () -> dns.lookUp(""));
          assertEquals(List.of(), net.log);
        });
  }

  @BothEngines
  void bothFamiliesAreAskedForAtOnce(Engine engine) throws Exception {
    net.udp(
        ONE,
        late(
            ofSeconds(1), zone(a("a.test", "192.0.2.80", 60), aaaa("a.test", "2001:db8::80", 60))));
    run(
        engine,
        dns -> {
          long begin = EventLoop.current().time();
          assertEquals(
              Set.of("192.0.2.80", "2001:db8:0:0:0:0:0:80"),
              Set.copyOf(texts(dns.lookUp("a.test"))));
          assertEquals(ofSeconds(1).toNanos(), EventLoop.current().time() - begin);
          assertEquals(List.of("udp 1 a.test. AAAA edns", "udp 1 a.test. A edns"), net.log);
        });
  }

  @BothEngines
  void oneFamilyIsEnough(Engine engine) throws Exception {
    net.udp(
        ONE,
        query ->
            query.questions().getFirst().type().equals(RecordType.AAAA)
                ? code(ResponseCode.SERVFAIL).answer(query)
                : zone(a("a.test", "192.0.2.80", 60)).answer(query));
    run(
        engine,
        dns -> {
          assertEquals(List.of("192.0.2.80"), texts(dns.lookUp("a.test")));
          net.log.clear();
          dns.clearCache();
          dns.lookUp("a.test", Family.IPV4);
          assertEquals(List.of("udp 1 a.test. A edns"), net.log);
        });
  }

  @BothEngines
  void domainsAreSearched(Engine engine) throws Exception {
    net.udp(ONE, zone(a("www.out.test", "192.0.2.80", 60)));
    run(
        engine,
        dns -> {
          assertEquals(List.of("192.0.2.80"), texts(dns.lookUp("www")));
          assertEquals(4, net.log.size());
          assertEquals(List.of("192.0.2.80"), texts(dns.lookUp("www.out.test")));
          assertEquals(4, net.log.size());
          assertThrows(UnknownHostException.class, () -> dns.lookUp("www."));
        });
  }

  @BothEngines
  void aFailureOnTheWayEndsTheSearch(Engine engine) throws Exception {
    net.udp(
        ONE,
        query ->
            query.questions().getFirst().name().equals(DomainName.of("www.in.test"))
                ? code(ResponseCode.SERVFAIL).answer(query)
                : zone(a("www.out.test", "192.0.2.80", 60)).answer(query));
    run(engine, dns -> assertEquals(Reason.SERVER_FAILURE, unknown(dns, "www").reason()));
  }

  @BothEngines
  void saysWhyThereIsNone(Engine engine) throws Exception {
    net.udp(ONE, zone(cname("a.test", "b.test", 60)));
    run(
        engine,
        dns -> {
          var error = assertThrows(UnknownHostException.class, () -> dns.lookUp("a.test."));
          assertEquals(
              "a.test.: a.test. IN AAAA: its alias b.test.: there is no such name",
              error.getMessage());
        });
  }

  @BothEngines
  void theHostsFileGoesFirst(Engine engine) throws Exception {
    var hosts = Files.writeString(folder.resolve("hosts"), "192.0.2.5 db.test db\n");
    var options = DnsOptions.DEFAULT.withServers(ONE).withFiles(null, hosts);
    net.udp(ONE, zone(aaaa("db.test", "2001:db8::5", 60)));
    OnLoop.run(
        engine,
        () -> {
          try (var dns = DnsResolver.open(options, net)) {
            assertEquals(List.of("192.0.2.5"), texts(dns.lookUp("DB")));
            assertEquals(List.of("192.0.2.5"), texts(dns.lookUp("db.test")));
            assertEquals("db.test", dns.nameOf(InetAddress.ofLiteral("192.0.2.5")));
            assertEquals(List.of(), net.log);
            assertEquals(
                List.of("2001:db8:0:0:0:0:0:5"), texts(dns.lookUp("db.test", Family.IPV6)));
            Files.writeString(hosts, "192.0.2.55 db.test\n");
            Tulip.sleep(ofSeconds(1));
            assertEquals(List.of("192.0.2.55"), texts(dns.lookUp("db.test")));
          }
        });
  }

  @BothEngines
  void resolvConfIsReadAgain(Engine engine) throws Exception {
    var file = Files.writeString(folder.resolve("resolv.conf"), "nameserver 192.0.2.1\n");
    net.udp(ONE, zone(a("a.test", "192.0.2.80", 60)))
        .udp(FakeServers.TWO, zone(a("a.test", "192.0.2.81", 60)));
    OnLoop.run(
        engine,
        () -> {
          try (var dns = DnsResolver.open(DnsOptions.DEFAULT.withFiles(file, null), net)) {
            dns.query("a.test", RecordType.A);
            Files.writeString(file, "options timeout:1\nnameserver 192.0.2.2\n");
            Tulip.sleep(ofSeconds(61));
            dns.query("a.test", RecordType.A);
            assertEquals(List.of("udp 1 a.test. A edns", "udp 2 a.test. A edns"), net.log);
            assertEquals(ofSeconds(1), dns.settings().timeout());
          }
        });
  }

  @BothEngines
  void cancellingLeavesNothingBehind(Engine engine) throws Exception {
    net.udp(ONE, FakeServers::silence);
    run(
        engine,
        dns -> {
          int tasks = EventLoop.current().taskCount();
          assertThrows(
              TimeoutException.class,
              () -> Tulip.timeout(ofMillis(10), () -> dns.lookUp("a.test")));
          Tulip.sleep(ofMillis(1));
          assertEquals(tasks, EventLoop.current().taskCount());
        });
  }

  @BothEngines
  void servesTheLoop(Engine engine) throws Exception {
    net.udp(ONE, zone(a("a.test", "192.0.2.80", 60)));
    run(
        engine,
        dns -> {
          dns.useForLoop();
          assertEquals(List.of("192.0.2.80"), texts(NameResolver.current().resolve("a.test")));
          dns.close();
          assertSame(NameResolver.SYSTEM, NameResolver.current());
        });
  }

  // Back.

  @BothEngines
  void addressesHaveNames(Engine engine) throws Exception {
    var one = "1.2.0.192.in-addr.arpa";
    var two = "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa";
    net.udp(
        ONE,
        zone(
            FakeServers.record(one, new RecordData.PTR(DomainName.of("a.test")), 60),
            FakeServers.record(two, new RecordData.PTR(DomainName.of("b.test")), 60)));
    run(
        engine,
        dns -> {
          assertEquals("a.test", dns.nameOf(InetAddress.ofLiteral("192.0.2.1")));
          assertEquals("b.test", dns.nameOf(InetAddress.ofLiteral("2001:db8::1")));
          assertEquals("localhost", dns.nameOf(InetAddress.ofLiteral("127.0.0.1")));
          assertEquals("localhost", dns.nameOf(InetAddress.ofLiteral("::1")));
          var error =
              assertThrows(
                  DnsException.class, () -> dns.nameOf(InetAddress.ofLiteral("192.0.2.2")));
          assertTrue(error.isFinal());
          assertEquals(
              "udp 1 " + one + ". PTR edns",
              net.log.stream().limit(1).collect(Collectors.joining()));
        });
  }
}
