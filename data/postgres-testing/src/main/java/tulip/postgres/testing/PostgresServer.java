// SPDX-License-Identifier: Apache-2.0
package tulip.postgres.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tulip.net.testing.RealProcess;
import tulip.net.testing.RealServer;

/// A PostgreSQL server for tests: made anew, in a folder of its own, and gone at the end.
///
/// ```java
/// try (var server = PostgresServer.start("wal_level=logical")) {
///   var db = Database.open(server.url());
/// }
/// ```
///
/// It listens on the loopback address, and at a socket in its folder. It lets the superuser `test`
/// in without a password; its database is `postgres`. It does not care whether what it writes
/// survives a crash of the machine.
///
/// The methods block; tasks call them by [tulip.core.Tulip#blocking].
public final class PostgresServer implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /// In the file of a server's number, the line that says what it is doing.
  private static final int STATUS_LINE = 7;

  private final PostgresPrograms programs;
  private final RealServer server;

  private PostgresServer(PostgresPrograms programs, RealServer server) {
    this.programs = programs;
    this.server = server;
  }

  /// What is changed before a server starts.
  @FunctionalInterface
  public interface Preparation {
    /// Writes into the folder with the data.
    ///
    /// @throws IOException if that fails
    void prepare(Path data) throws IOException;
  }

  /// Starts one of the newest version that is installed.
  ///
  /// @param settings such as `wal_level=logical`
  /// @throws IOException if it does not start
  public static PostgresServer start(String... settings) throws IOException {
    return start(PostgresPrograms.installed(), settings);
  }

  /// Starts one of some version.
  ///
  /// @param settings such as `wal_level=logical`
  /// @throws IOException if it does not start
  public static PostgresServer start(PostgresPrograms programs, String... settings)
      throws IOException {
    return start(programs, _ -> {}, settings);
  }

  /// Starts one of some version that is not as usual.
  ///
  /// @param settings such as `wal_level=logical`
  /// @throws IOException if it does not start
  public static PostgresServer start(
      PostgresPrograms programs, Preparation preparation, String... settings) throws IOException {
    return startOn(
        programs,
        data -> {
          var initdb = programs.command("initdb", "-D", data.toString(), "-U", "test");
          initdb.addAll(List.of("-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8"));
          RealProcess.run(programs.folder(), LIMIT, initdb.toArray(String[]::new));
          preparation.prepare(data);
        },
        settings);
  }

  /// Starts one on data that somebody else makes: a copy of another server's.
  ///
  /// @param data makes the folder, which is not there yet
  /// @throws IOException if it does not start
  public static PostgresServer startOn(
      PostgresPrograms programs, Preparation data, String... settings) throws IOException {
    var server =
        RealServer.start(
            place -> {
              Owner.give(place.folder());
              data.prepare(place.folder().resolve("data"));
              return command(programs, place, settings);
            },
            PostgresServer::isReady,
            LIMIT);
    return new PostgresServer(programs, server);
  }

  private static List<String> command(
      PostgresPrograms programs, RealServer.Place place, String... settings) {
    var command = new ArrayList<>(programs.command("postgres", "-p", place.portText()));
    var folder = place.folder();
    command.addAll(List.of("-D", folder.resolve("data").toString()));
    command.addAll(List.of("-c", "listen_addresses=127.0.0.1", "-c", "fsync=off"));
    command.addAll(List.of("-c", "unix_socket_directories=" + folder));
    for (var setting : settings) {
      command.addAll(List.of("-c", setting));
    }
    return command;
  }

  private static boolean isReady(RealServer server) throws IOException {
    var status = Files.readAllLines(server.folder().resolve("data/postmaster.pid"));
    return status.size() > STATUS_LINE
        && List.of("ready", "standby").contains(status.get(STATUS_LINE).strip());
  }

  /// Gives a file to the user that the server runs as, so that it can be read by nobody else.
  ///
  /// @throws IOException if that fails
  public static void own(Path file) throws IOException {
    Owner.give(file);
  }

  /// Where its database is, without TLS: `postgresql://test@127.0.0.1:.../postgres?...`.
  public String url() {
    return "postgresql://test@127.0.0.1:" + port() + "/postgres?sslmode=disable";
  }

  /// Where it listens.
  public InetSocketAddress address() {
    return server.address();
  }

  /// Its port.
  public int port() {
    return server.port();
  }

  /// Its folder, in which are its socket and, in `data`, its data.
  public Path folder() {
    return server.folder();
  }

  /// Its major version.
  ///
  /// @throws IOException if its data is not there
  public int version() throws IOException {
    return Integer.parseInt(Files.readString(data().resolve("PG_VERSION")).strip());
  }

  /// Stops it, without mercy for those who use it.
  ///
  /// @throws IOException if that fails
  public void stop() throws IOException {
    control("stop", "-m", "immediate");
  }

  /// Starts it again with the same settings, stopping it before if it runs.
  ///
  /// @throws IOException if that fails
  public void restart() throws IOException {
    control("restart", "-m", "immediate", "-l", folder().resolve("again.log").toString());
  }

  private void control(String verb, String... more) throws IOException {
    var command = programs.command("pg_ctl", verb, "-D", data().toString(), "-w");
    command.addAll(List.of(more));
    RealProcess.run(folder(), LIMIT, command.toArray(String[]::new));
  }

  /// Kills it and all its processes without a warning, as a machine does that loses its power.
  ///
  /// @throws IOException if it does not run
  public void kill() throws IOException {
    var file = data().resolve("postmaster.pid");
    long pid = Long.parseLong(Files.readAllLines(file).getFirst().strip());
    var all = new ArrayList<ProcessHandle>();
    ProcessHandle.of(pid).ifPresent(all::add);
    all.addAll(all.stream().flatMap(ProcessHandle::descendants).toList());
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(process -> process.onExit().join());
    Files.delete(file); // the number may be another program's soon
  }

  private Path data() {
    return folder().resolve("data");
  }

  /// Ends it, and deletes all that it has.
  @Override
  public void close() {
    try {
      if (Files.exists(data().resolve("postmaster.pid"))) {
        kill(); // one that was started again is no child of this process
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      server.close();
    }
  }

  @Override
  public String toString() {
    return "PostgreSQL at " + address();
  }
}
