// SPDX-License-Identifier: Apache-2.0
package tulip.it.dns;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import tulip.dns.protocol.DomainName;
import tulip.dns.protocol.Message;
import tulip.dns.protocol.Question;
import tulip.dns.protocol.RecordType;

/// A name server of another make, as a child process on a free port of this machine, with the zone
/// `example.test`.
final class NameServer implements AutoCloseable {
  /// What can be run. The first three have the zone, the others ask one of them.
  enum Kind {
    BIND,
    KNOT,
    NSD,
    UNBOUND,
    DNSMASQ
  }

  private static final int ROUNDS = 200; // of a tenth of a second
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  private final Path folder;
  private final int port;
  private final Process process;
  private final Thread killer;

  private NameServer(Path folder, int port, List<String> command) throws IOException {
    this.folder = folder;
    this.port = port;
    process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output").toFile())
            .start();
    killer = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(killer);
  }

  /// Starts a server that has the zone.
  static NameServer start(Kind kind, Path parent) throws IOException {
    return start(kind, parent, 0);
  }

  /// Starts a server that asks this one about the zone.
  NameServer startAsking(Kind kind, Path parent) throws IOException {
    return start(kind, parent, port);
  }

  private static NameServer start(Kind kind, Path parent, int upstream) throws IOException {
    var folder = Files.createTempDirectory(parent, kind.name());
    int port = freePort();
    copyZone(folder);
    var server = new NameServer(folder, port, command(kind, folder, port, upstream));
    try {
      server.awaitAnswer();
      return server;
    } catch (Throwable t) {
      server.close();
      throw t;
    }
  }

  private static void copyZone(Path folder) throws IOException {
    try (var zone = NameServer.class.getResourceAsStream("example.test.zone")) {
      Files.copy(Objects.requireNonNull(zone), folder.resolve("example.test.zone"));
    }
  }

  /// One below those that the system gives to clients: a server that shares its port could else
  /// come to share it with one of them.
  private static int freePort() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(10_000, 30_000);
      try (var _ = new ServerSocket(port, 1, LOOPBACK);
          var _ = new DatagramSocket(port, LOOPBACK)) {
        return port;
      } catch (IOException e) {
        // taken
      }
    }
  }

  private static List<String> command(Kind kind, Path folder, int port, int upstream)
      throws IOException {
    var configuration = folder.resolve("server.conf");
    var text =
        switch (kind) {
          case BIND ->
              """
              options { directory "%1$s"; pid-file none; session-keyfile none; listen-on-v6 { none; };
                listen-on port %2$d { 127.0.0.1; }; recursion no; dnssec-validation no; notify no; };
              controls { };
              zone "example.test" { type master; file "example.test.zone"; check-names ignore; };
              """;
          case KNOT ->
              """
              server:
                rundir: %1$s
                listen: 127.0.0.1@%2$d
              database:
                storage: %1$s/db
              log:
                - target: stderr
                  any: warning
              template:
                - id: default
                  storage: %1$s
                  file: "%%s.zone"
              zone:
                - domain: example.test
              """;
          case NSD ->
              """
              server:
                ip-address: 127.0.0.1@%2$d
                username: ""
                zonesdir: "%1$s"
                database: ""
                pidfile: "%1$s/pid"
                xfrdfile: "%1$s/xfrd.state"
                zonelistfile: "%1$s/zone.list"
                xfrdir: "%1$s"
                server-count: 1
              remote-control:
                control-enable: no
              zone:
                name: example.test
                zonefile: example.test.zone
              """;
          case UNBOUND ->
              """
              server:
                interface: 127.0.0.1@%2$d
                do-daemonize: no
                username: ""
                chroot: ""
                directory: "%1$s"
                pidfile: ""
                use-syslog: no
                module-config: "iterator"
                do-not-query-localhost: no
                local-zone: "test." nodefault
              stub-zone:
                name: "example.test"
                stub-addr: 127.0.0.1@%3$d
              remote-control:
                control-enable: no
              """;
          case DNSMASQ -> "";
        };
    Files.writeString(configuration, text.formatted(folder, port, upstream));
    var file = configuration.toString();
    return switch (kind) {
      case BIND -> List.of("/usr/sbin/named", "-g", "-c", file);
      case KNOT -> List.of("/usr/sbin/knotd", "-c", file);
      case NSD -> List.of("/usr/sbin/nsd", "-d", "-c", file);
      case UNBOUND -> List.of("/usr/sbin/unbound", "-d", "-c", file);
      case DNSMASQ ->
          List.of(
              "/usr/sbin/dnsmasq",
              "--keep-in-foreground",
              "--conf-file=" + file,
              "--port=" + port,
              "--listen-address=127.0.0.1",
              "--bind-interfaces",
              "--no-resolv",
              "--no-hosts",
              "--user=",
              "--pid-file=",
              "--server=/example.test/127.0.0.1#" + upstream);
    };
  }

  /// Asks until there is an answer.
  private void awaitAnswer() throws IOException {
    var question = Question.of(DomainName.of("example.test"), RecordType.SOA);
    byte[] query = Message.query(1, question, null).encode().toByteArray();
    try (var socket = new DatagramSocket(0, LOOPBACK)) {
      socket.setSoTimeout(100);
      for (int round = 0; round < ROUNDS && process.isAlive(); round++) {
        socket.send(new DatagramPacket(query, query.length, address()));
        var answer = new DatagramPacket(new byte[512], 512);
        try {
          socket.receive(answer);
        } catch (SocketTimeoutException e) {
          continue;
        }
        boolean answered = (answer.getData()[3] & 0xF) == 0 && answer.getData()[7] > 0;
        if (answered) {
          return;
        }
      }
    }
    fail(folder + " gives no answer:\n" + Files.readString(folder.resolve("output")));
  }

  InetSocketAddress address() {
    return new InetSocketAddress(LOOPBACK, port);
  }

  int port() {
    return port;
  }

  /// Kills it, and waits until it has gone.
  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().join();
    Runtime.getRuntime().removeShutdownHook(killer);
  }
}
