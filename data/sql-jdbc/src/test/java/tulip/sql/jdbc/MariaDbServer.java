// SPDX-License-Identifier: Apache-2.0
package tulip.sql.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import tulip.net.testing.RealProcess;
import tulip.net.testing.RealServer;

/// One MariaDB server for all tests; `root` may do everything.
final class MariaDbServer implements BeforeAllCallback {
  private static final String OWNER = "mysql";
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @SuppressWarnings("NullAway.Init") // started before the first test
  private static RealServer server;

  /// Ends with the last test.
  private record Running(RealServer server) implements AutoCloseable {
    @Override
    public void close() {
      server.close();
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    var running =
        context
            .getRoot()
            .getStore(ExtensionContext.Namespace.GLOBAL)
            .computeIfAbsent(MariaDbServer.class, _ -> start(), Running.class);
    server = running.server();
  }

  private static Running start() {
    try {
      return new Running(
          RealServer.start(MariaDbServer::initialise, MariaDbServer::answers, LIMIT));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> initialise(RealServer.Place place) throws IOException {
    var folder = place.folder();
    var data = "--datadir=" + folder.resolve("data");
    own(folder);
    var install = asOwner("mariadb-install-db", "--no-defaults", data, "--skip-test-db");
    install.add("--auth-root-authentication-method=normal");
    RealProcess.run(folder, LIMIT, install.toArray(String[]::new));
    var command = asOwner("mariadbd", "--no-defaults", data, "--port=" + place.portText());
    command.addAll(
        List.of(
            "--bind-address=127.0.0.1",
            "--socket=" + folder.resolve("socket"),
            "--pid-file=" + folder.resolve("pid"),
            "--character-set-server=utf8mb4",
            "--innodb-buffer-pool-size=32M",
            "--innodb-flush-log-at-trx-commit=0"));
    return command;
  }

  private static void own(Path file) throws IOException {
    if (isRoot()) {
      var owners = file.getFileSystem().getUserPrincipalLookupService();
      Files.setOwner(file, owners.lookupPrincipalByName(OWNER));
    }
  }

  /// The server refuses to run as root.
  private static List<String> asOwner(String... program) {
    var command = new ArrayList<String>();
    if (isRoot()) {
      command.addAll(
          List.of("setpriv", "--reuid", OWNER, "--regid", OWNER, "--clear-groups", "--pdeathsig"));
      command.addAll(List.of("KILL", "--"));
    }
    command.addAll(List.of(program));
    return command;
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private static boolean answers(RealServer server) throws SQLException {
    DriverManager.getConnection(url(server)).close();
    return true;
  }

  private static String url(RealServer server) {
    return "jdbc:mariadb://127.0.0.1:%d/tulip?user=root&createDatabaseIfNotExist=true"
        .formatted(server.port());
  }

  static String url() {
    return url(server);
  }
}
