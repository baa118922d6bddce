// SPDX-License-Identifier: Apache-2.0
package tulip.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tulip.net.testing.FaultProxy;
import tulip.net.testing.RealProcess;
import tulip.net.testing.RealServer;

/// PostgreSQL servers for tests, each in a folder of its own; the user `test` may do everything.
final class PostgresServer {
  private static final Path PROGRAMS = Path.of("/usr/lib/postgresql/15/bin");
  private static final String OWNER = "postgres";
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private PostgresServer() {}

  /// What a test changes before the server starts.
  interface Preparation {
    /// Writes into the folder with the data.
    void prepare(Path data) throws IOException;
  }

  /// Starts one that lets everybody in.
  ///
  /// @param settings such as `wal_level=logical`
  static RealServer start(String... settings) throws IOException {
    return start(_ -> {}, settings);
  }

  static RealServer start(Preparation preparation, String... settings) throws IOException {
    return RealServer.start(
        place -> initialise(place, preparation, settings),
        PostgresServer::acceptsConnections,
        LIMIT);
  }

  private static List<String> initialise(
      RealServer.Place place, Preparation preparation, String... settings) throws IOException {
    var folder = place.folder();
    own(folder);
    var data = folder.resolve("data");
    var initdb = command("initdb", "-D", data.toString(), "-U", "test", "-A", "trust");
    initdb.addAll(List.of("--no-sync", "-E", "UTF8", "--locale=C.UTF-8"));
    RealProcess.run(folder, LIMIT, initdb.toArray(String[]::new));
    preparation.prepare(data);
    var command = command("postgres", "-D", data.toString(), "-p", place.portText());
    for (var setting :
        List.of(
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=" + folder,
            "fsync=off",
            "timezone=Asia/Tokyo")) {
      command.addAll(List.of("-c", setting));
    }
    for (var setting : settings) {
      command.addAll(List.of("-c", setting));
    }
    return command;
  }

  /// Stops a server at once, or starts it again. What was started again must be stopped.
  static void control(RealServer server, String verb) throws IOException {
    var data = server.folder().resolve("data").toString();
    var log = server.folder().resolve("again.log").toString();
    var command = command("pg_ctl", verb, "-D", data, "-m", "immediate", "-w", "-l", log);
    RealProcess.run(server.folder(), LIMIT, command.toArray(String[]::new));
  }

  /// Gives a file to the user that the server runs as.
  static void own(Path file) throws IOException {
    if (isRoot()) {
      var owners = file.getFileSystem().getUserPrincipalLookupService();
      Files.setOwner(file, owners.lookupPrincipalByName(OWNER));
    }
  }

  /// What stands before a command that refuses to run as root.
  static List<String> asOwner() {
    var command = new ArrayList<String>();
    if (isRoot()) {
      command.addAll(
          List.of("setpriv", "--reuid", OWNER, "--regid", OWNER, "--clear-groups", "--pdeathsig"));
      command.addAll(List.of("KILL", "--"));
    }
    return command;
  }

  static List<String> command(String program, String... arguments) {
    var command = asOwner();
    command.add(PROGRAMS.resolve(program).toString());
    command.addAll(List.of(arguments));
    return command;
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private static boolean acceptsConnections(RealServer server) throws IOException {
    var program = PROGRAMS.resolve("pg_isready").toString();
    var port = Integer.toString(server.port());
    RealProcess.run(server.folder(), LIMIT, program, "-h", "127.0.0.1", "-p", port);
    return true;
  }

  static String url(RealServer server) {
    return "postgresql://test@127.0.0.1:" + server.port() + "/postgres?sslmode=disable";
  }

  static PostgresOptions options(RealServer server) {
    return PostgresOptions.parse(url(server));
  }

  /// The same server through a bad network.
  static PostgresOptions options(FaultProxy proxy) {
    return PostgresOptions.parse(
        "postgresql://test@127.0.0.1:%d/postgres?sslmode=disable"
            .formatted(proxy.address().getPort()));
  }

  static PostgresConnection connect(PostgresOptions options) throws IOException {
    return new PostgresConnector(options).connect();
  }
}
