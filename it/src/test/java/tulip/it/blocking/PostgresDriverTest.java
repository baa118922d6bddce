// SPDX-License-Identifier: Apache-2.0
package tulip.it.blocking;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tulip.net.testing.RealProcess;
import tulip.net.testing.RealServer;

/// PostgreSQL's JDBC driver.
class PostgresDriverTest {
  private static final Path PROGRAMS = Path.of("/usr/lib/postgresql/15/bin");
  private static final String OWNER = "postgres";
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static RealServer server;

  private record Session(Connection connection, String query) implements Trial.Session {
    @Override
    public void exchange() throws SQLException {
      try (var statement = connection.prepareStatement(query);
          var rows = statement.executeQuery()) {
        rows.next();
      }
    }

    @Override
    public void close() throws SQLException {
      connection.close();
    }
  }

  @BeforeAll
  static void start() throws IOException {
    server =
        RealServer.start(
            PostgresDriverTest::initialise, PostgresDriverTest::acceptsConnections, LIMIT);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static List<String> initialise(RealServer.Place place) throws IOException {
    var folder = place.folder();
    if (isRoot()) {
      var owners = folder.getFileSystem().getUserPrincipalLookupService();
      Files.setOwner(folder, owners.lookupPrincipalByName(OWNER));
    }
    var data = folder.resolve("data").toString();
    RealProcess.run(
        folder,
        LIMIT,
        command("initdb", "-D", data, "-U", "test", "-A", "trust", "--no-sync", "--locale=C.UTF-8")
            .toArray(String[]::new));
    return command(
        "postgres",
        "-D",
        data,
        "-p",
        place.portText(),
        "-c",
        "listen_addresses=127.0.0.1",
        "-c",
        "unix_socket_directories=",
        "-c",
        "fsync=off");
  }

  /// The server refuses to run as root.
  private static List<String> command(String program, String... arguments) {
    var command = new ArrayList<String>();
    if (isRoot()) {
      command.addAll(
          List.of("setpriv", "--reuid", OWNER, "--regid", OWNER, "--clear-groups", "--pdeathsig"));
      command.addAll(List.of("KILL", "--"));
    }
    command.add(PROGRAMS.resolve(program).toString());
    command.addAll(List.of(arguments));
    return command;
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private static boolean acceptsConnections(RealServer server) throws IOException {
    var program = PROGRAMS.resolve("pg_isready").toString();
    RealProcess.run(
        server.folder(), LIMIT, program, "-h", "127.0.0.1", "-p", Integer.toString(server.port()));
    return true;
  }

  private static String url(RealServer server) {
    return "jdbc:postgresql://127.0.0.1:" + server.port() + "/postgres?user=test";
  }

  private static Session connect(String query) throws SQLException {
    return new Session(DriverManager.getConnection(url(server)), query);
  }

  @Test
  void fiftyConnectionsNeverHoldUpTheLoop() throws Exception {
    Trial.run(() -> Trial.neverStandsStill("pgjdbc", () -> connect("select version()")));
  }

  @Test
  void fiftyQueriesThatTakeASecondTakeASecond() throws Exception {
    Trial.run(() -> {
      var sessions = Trial.connectAll(() -> connect("select pg_sleep(1)"));
      Trial.waitsTogether(sessions);
      for (var session : sessions) {
        session.close();
      }
    });
  }
}
