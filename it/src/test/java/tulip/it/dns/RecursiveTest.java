// SPDX-License-Identifier: Apache-2.0
package tulip.it.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tulip.core.Tulip;
import tulip.dns.DnsOptions;
import tulip.dns.DnsResolver;
import tulip.dns.DnsSettings;
import tulip.dns.Family;
import tulip.dns.protocol.DomainName;
import tulip.dns.protocol.RecordType;
import tulip.it.dns.NameServer.Kind;
import tulip.net.Tcp;
import tulip.net.testing.ScriptedPeer;

/// The resolver asks Unbound and dnsmasq, which ask BIND: what a computer's resolver does all day.
class RecursiveTest {
  private static final Map<Kind, NameServer> SERVERS = new EnumMap<>(Kind.class);

  @Retention(RetentionPolicy.RUNTIME)
  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"UNBOUND", "DNSMASQ"})
  private @interface OnEach {}

  private interface Body {
    void with(DnsResolver dns) throws Exception;
  }

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    var bind = NameServer.start(Kind.BIND, folder);
    SERVERS.put(Kind.BIND, bind);
    SERVERS.put(Kind.UNBOUND, bind.startAsking(Kind.UNBOUND, folder));
    SERVERS.put(Kind.DNSMASQ, bind.startAsking(Kind.DNSMASQ, folder));
  }

  @AfterAll
  static void stop() {
    SERVERS.values().forEach(NameServer::close);
    SERVERS.clear();
  }

  private static NameServer server(Kind kind) {
    return Objects.requireNonNull(SERVERS.get(kind));
  }

  private static void run(Kind kind, Body body) throws Exception {
    var settings =
        DnsSettings.DEFAULT
            .withServers(List.of(server(kind).address()))
            .withSearch(
                List.of(DomainName.of("wrong.example.test"), DomainName.of("example.test")));
    Tulip.run(() -> {
      try (var dns =
          DnsResolver.open(DnsOptions.DEFAULT.withSettings(settings).withFiles(null, null))) {
        body.with(dns);
      }
    });
  }

  private static Set<String> texts(List<InetAddress> addresses) {
    return Set.copyOf(addresses.stream().map(InetAddress::getHostAddress).toList());
  }

  @OnEach
  void findsHosts(Kind kind) throws Exception {
    run(
        kind,
        dns -> {
          var www = Set.of("192.0.2.1", "2001:db8:0:0:0:0:0:1", "2001:db8:0:1:0:0:0:0");
          for (var host : List.of("www", "chain1", "www.example.test", "chain1.example.test.")) {
            assertEquals(www, texts(dns.lookUp(host)), host);
          }
          assertEquals(Set.of("192.0.2.1"), texts(dns.lookUp("www", Family.IPV4)));
          assertEquals(Set.of("192.0.2.9"), texts(dns.lookUp("anything.wild.example.test")));
          assertEquals(100, dns.lookUp("many").size());
          assertThrows(UnknownHostException.class, () -> dns.lookUp("nothing.example.test"));
          assertThrows(UnknownHostException.class, () -> dns.lookUp("loop1.example.test"));
        });
  }

  @OnEach
  void connectsByName(Kind kind) throws Exception {
    run(
        kind,
        dns -> {
          dns.useForLoop();
          try (var peer = ScriptedPeer.listen(here -> here.expect("by name"));
              var stream = Tcp.connect("here", peer.address().getPort())) {
            stream.write("by name");
          }
        });
  }

  @Test
  void aDeadServerIsReplacedByTheNext() throws Exception {
    var dead = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 1);
    var options = DnsOptions.DEFAULT.withServers(dead, server(Kind.UNBOUND).address());
    Tulip.run(() -> {
      try (var dns = DnsResolver.open(options)) {
        assertEquals(1, dns.query("www.example.test", RecordType.A).records().size());
      }
    });
  }

  /// aiodns, whose counterpart this is, and the same questions.
  @OnEach
  void findsWhatAiodnsFinds(Kind kind) throws Exception {
    var script =
        """
        import aiodns, asyncio, sys
        port = int(sys.argv[1])
        async def main():
            dns = aiodns.DNSResolver(nameservers=['127.0.0.1'], udp_port=port, tcp_port=port)
            for question in sys.argv[2:]:
                name, kind = question.split()
                try:
                    answer = await dns.query(name, kind)
                    found = sorted(str(getattr(r, 'host', None) or r.text) for r in answer)
                    print(question, *found)
                except aiodns.error.DNSError as e:
                    print(question, 'error', e.args[0])
        asyncio.run(main())
        """;
    var questions =
        List.of(
            "www.example.test A",
            "www.example.test AAAA",
            "chain1.example.test A",
            "example.test MX",
            "example.test NS",
            "_sip._udp.example.test SRV",
            "many.example.test A",
            "txt.wild.example.test A");
    var command =
        new ArrayList<>(List.of("/usr/bin/python3", "-c", script, "" + server(kind).port()));
    command.addAll(questions);
    var expected = Tool.run(command.toArray(String[]::new));
    run(
        kind,
        dns -> {
          for (int i = 0; i < questions.size(); i++) {
            assertEquals(expected.get(i), asAiodnsWould(dns, questions.get(i)));
          }
        });
  }

  private static String asAiodnsWould(DnsResolver dns, String question) throws Exception {
    var words = question.split(" ", -1);
    var records = dns.query(words[0], RecordType.of(words[1])).records();
    var hosts =
        records.stream()
            .map(
                record -> record.data().toString().replaceFirst(".* ", "").replaceFirst("\\.$", ""))
            .sorted()
            .toList();
    return question + " " + String.join(" ", hosts);
  }
}
