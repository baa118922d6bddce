// SPDX-License-Identifier: Apache-2.0
package tulip.it.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tulip.core.Tulip;
import tulip.dns.DnsException;
import tulip.dns.DnsException.Reason;
import tulip.dns.DnsOptions;
import tulip.dns.DnsResolver;
import tulip.dns.DnsSettings;
import tulip.dns.protocol.DomainName;
import tulip.dns.protocol.RecordData;
import tulip.dns.protocol.RecordType;
import tulip.it.dns.NameServer.Kind;

/// The resolver asks BIND, Knot and NSD; what it reads is what dig prints.
class AuthoritativeTest {
  private static final Map<Kind, NameServer> SERVERS = new EnumMap<>(Kind.class);

  /// Name and type of all that the zone has, with most of what can stand in a name.
  private static final List<String> QUESTIONS =
      List.of(
          "example.test SOA",
          "example.test NS",
          "example.test MX",
          "example.test HTTPS",
          "example.test CAA",
          "www.example.test A",
          "www.example.test AAAA",
          "alias.example.test A",
          "chain1.example.test AAAA",
          "alias.example.test CNAME",
          "txt.example.test TXT",
          "empty.example.test TXT",
          "_sip._udp.example.test SRV",
          "_none._tcp.example.test SRV",
          "naptr.example.test NAPTR",
          "_443._tcp.example.test TLSA",
          "svc.example.test SVCB",
          "_dns.example.test SVCB",
          "ptr.example.test PTR",
          "unknown.example.test TYPE65280",
          "x.wild.example.test A",
          "y.z.wild.example.test A",
          "a.empty.example.test A",
          "a\\.b\\$\\;c.example.test A",
          "\\001\\200.example.test A",
          "many.example.test A",
          "large.example.test TXT",
          "WwW.eXaMpLe.TeSt A");

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    for (var kind : List.of(Kind.BIND, Kind.KNOT, Kind.NSD)) {
      SERVERS.put(kind, NameServer.start(kind, folder));
    }
  }

  @AfterAll
  static void stop() {
    SERVERS.values().forEach(NameServer::close);
    SERVERS.clear();
  }

  @Retention(RetentionPolicy.RUNTIME)
  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"BIND", "KNOT", "NSD"})
  private @interface OnEach {}

  private interface Test {
    void with(DnsResolver dns) throws Exception;
  }

  private static NameServer server(Kind kind) {
    return Objects.requireNonNull(SERVERS.get(kind));
  }

  private static DnsOptions options(Kind kind) {
    return DnsOptions.DEFAULT.withServers(server(kind).address()).withFiles(null, null);
  }

  private static void run(DnsOptions options, Test test) throws Exception {
    Tulip.run(() -> {
      try (var dns = DnsResolver.open(options)) {
        test.with(dns);
      }
    });
  }

  private static Set<String> ask(DnsResolver dns, String question) throws Exception {
    var words = question.split(" ", -1);
    var records = new TreeSet<String>();
    for (var record : dns.query(words[0], RecordType.of(words[1])).answers()) {
      records.add(record.type() + " " + record.data());
    }
    return records;
  }

  private static Set<String> dig(Kind kind, String question) throws Exception {
    var words = question.split(" ", -1);
    var server = server(kind);
    var lines =
        Tool.run(
            "dig",
            "@127.0.0.1",
            "-p",
            "" + server.port(),
            words[0],
            words[1],
            "+noall",
            "+answer",
            "+nosplit");
    var records = new TreeSet<String>();
    for (var line : lines) {
      var columns = line.split("\\s+", 5);
      records.add(columns[3] + " " + columns[4]);
    }
    return records;
  }

  @OnEach
  void readsWhatDigReads(Kind kind) throws Exception {
    run(
        options(kind),
        dns -> {
          for (var question : QUESTIONS) {
            var expected = dig(kind, question);
            assertFalse(expected.isEmpty(), question);
            assertEquals(expected, ask(dns, question), question);
          }
        });
  }

  @OnEach
  void readsTheSameInEveryWayOfAsking(Kind kind) throws Exception {
    var plain = options(kind);
    var tcp = plain.settings().withTcp(true);
    for (var options :
        List.of(
            plain.withEdnsSize(0),
            plain.withEdnsSize(512),
            plain.withEdnsSize(4096),
            plain.withEdnsSize(65535),
            plain.withRandomCase(true),
            plain.withSettings(tcp))) {
      run(
          options,
          dns -> {
            assertEquals(100, ask(dns, "many.example.test A").size(), options::toString);
            assertEquals(1, ask(dns, "large.example.test TXT").size(), options::toString);
            assertEquals(4, ask(dns, "chain1.example.test A").size(), options::toString);
          });
    }
  }

  @OnEach
  void saysWhyThereIsNone(Kind kind) throws Exception {
    run(
        options(kind),
        dns -> {
          refuse(dns, "nothing.example.test", Reason.NO_SUCH_NAME);
          refuse(dns, "dangling.example.test", Reason.NO_SUCH_NAME);
          refuse(dns, "mail.example.test", Reason.NO_SUCH_RECORDS);
          refuse(dns, "empty.example.test", Reason.NO_SUCH_RECORDS);
          // BIND follows circles itself, and then says that it cannot
          var loop = kind == Kind.BIND ? Reason.SERVER_FAILURE : Reason.ALIAS_LOOP;
          refuse(dns, "loop1.example.test", loop);
          refuse(dns, "www.elsewhere.test", Reason.SERVER_FAILURE); // not its zone
        });
  }

  private static void refuse(DnsResolver dns, String name, Reason reason) {
    var error = assertThrows(DnsException.class, () -> dns.query(name, RecordType.AAAA), name);
    assertEquals(reason, error.reason(), error::toString);
  }

  /// Only what was kept can answer for a server that is gone.
  @OnEach
  void whatIsKeptOutlivesTheServer(Kind kind, @TempDir Path folder) throws Exception {
    var server = NameServer.start(kind, folder);
    try (server) {
      var settings = DnsSettings.DEFAULT.withServers(List.of(server.address())).withAttempts(1);
      run(
          DnsOptions.DEFAULT.withSettings(settings).withFiles(null, null),
          dns -> {
            dns.query("www.example.test", RecordType.A);
            refuse(dns, "nothing.example.test", Reason.NO_SUCH_NAME);
            refuse(dns, "mail.example.test", Reason.NO_SUCH_RECORDS);
            Tulip.blocking(server::close);
            assertEquals(1, dns.query("WWW.example.test", RecordType.A).records().size());
            refuse(dns, "nothing.example.test", Reason.NO_SUCH_NAME);
            refuse(dns, "mail.example.test", Reason.NO_SUCH_RECORDS);
            var error =
                assertThrows(
                    DnsException.class, () -> dns.query("txt.example.test", RecordType.AAAA));
            assertTrue(
                Set.of(Reason.SERVER_FAILURE, Reason.TIMEOUT).contains(error.reason()),
                error::toString); // the system may say that the port is closed, or keep silent
          });
    }
  }

  @OnEach
  void manyAtOnceOverOneConnection(Kind kind) throws Exception {
    var names = IntStream.range(0, 200).mapToObj(i -> "n" + i + ".wild").toList();
    var origin = DomainName.of("example.test");
    var options = options(kind);
    run(
        options.withSettings(options.settings().withTcp(true)),
        dns -> {
          var answers =
              Tulip.gather(
                  names, name -> dns.query(DomainName.of(name).below(origin), RecordType.A));
          for (int i = 0; i < names.size(); i++) {
            assertEquals(DomainName.of(names.get(i)).below(origin), answers.get(i).name());
            assertEquals(1, answers.get(i).data(RecordData.A.class).size());
          }
        });
  }
}
