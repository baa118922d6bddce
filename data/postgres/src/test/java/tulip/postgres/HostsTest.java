// SPDX-License-Identifier: Apache-2.0
package tulip.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import tulip.net.testing.RealProcess;
import tulip.net.testing.RealServer;
import tulip.postgres.testing.PostgresServer;
import tulip.testing.TulipTest;
import tulip.testing.TulipTest.Clock;

/// Several servers: a primary, its standby, one that only reads, and one that is not there.
@TulipTest(clock = Clock.REAL)
class HostsTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @SuppressWarnings("NullAway.Init")
  private static PostgresServer primary;

  @SuppressWarnings("NullAway.Init")
  private static PostgresServer standby;

  @SuppressWarnings("NullAway.Init")
  private static PostgresServer reader;

  @BeforeAll
  static void start() throws IOException {
    primary = Servers.start("wal_level=replica");
    standby = PostgresServer.startOn(Servers.PROGRAMS, HostsTest::copyPrimary);
    reader = Servers.start("default_transaction_read_only=on");
  }

  private static void copyPrimary(Path data) throws IOException {
    var copy = Servers.PROGRAMS.command("pg_basebackup", "-D", data.toString(), "-R", "-c", "fast");
    copy.addAll(List.of("-h", "127.0.0.1", "-U", "test", "-p", "" + primary.port(), "--no-sync"));
    RealProcess.run(Servers.PROGRAMS.folder(), LIMIT, copy.toArray(String[]::new));
  }

  @AfterAll
  static void stop() {
    reader.close();
    standby.close();
    primary.close();
  }

  private static int portOf(TargetSession target, Integer... ports) throws IOException {
    var hosts = new ArrayList<String>();
    for (int port : ports) {
      hosts.add("127.0.0.1:" + port);
    }
    var url = "postgresql://test@%s/postgres?sslmode=disable".formatted(String.join(",", hosts));
    var options = PostgresOptions.parse(url).withTarget(target);
    try (var connection = Servers.connect(options)) {
      return connection
          .execute("select inet_server_port()")
          .rows()
          .getFirst()
          .get(0, Integer.class);
    }
  }

  @TulipTest
  void theFirstThatIsThereIsTaken() throws IOException {
    int nobody = RealServer.freePort();
    assertEquals(primary.port(), portOf(TargetSession.ANY, nobody, primary.port(), standby.port()));
    assertEquals(standby.port(), portOf(TargetSession.ANY, standby.port(), primary.port()));
    assertThrows(IOException.class, () -> portOf(TargetSession.ANY, nobody, nobody));
  }

  @TulipTest
  void theKindThatIsWantedIsTaken() throws IOException {
    Integer[] all = {standby.port(), reader.port(), primary.port()};
    assertEquals(reader.port(), portOf(TargetSession.PRIMARY, all));
    assertEquals(primary.port(), portOf(TargetSession.READ_WRITE, all));
    assertEquals(standby.port(), portOf(TargetSession.READ_ONLY, all));
    assertEquals(standby.port(), portOf(TargetSession.STANDBY, primary.port(), standby.port()));
    assertEquals(
        standby.port(), portOf(TargetSession.PREFER_STANDBY, primary.port(), standby.port()));
    assertEquals(
        primary.port(), portOf(TargetSession.PREFER_STANDBY, primary.port(), reader.port()));
    assertThrows(
        IOException.class, () -> portOf(TargetSession.STANDBY, primary.port(), reader.port()));
  }
}
