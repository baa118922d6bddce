// SPDX-License-Identifier: Apache-2.0
package tulip.it.blocking;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tulip.postgres.testing.PostgresServer;

/// PostgreSQL's JDBC driver.
class PostgresDriverTest {
  private static PostgresServer server;

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
    server = PostgresServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Session connect(String query) throws SQLException {
    var url = "jdbc:postgresql://127.0.0.1:" + server.port() + "/postgres?user=test";
    return new Session(DriverManager.getConnection(url), query);
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
