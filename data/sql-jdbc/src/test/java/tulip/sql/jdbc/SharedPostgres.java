// SPDX-License-Identifier: Apache-2.0
package tulip.sql.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import tulip.postgres.testing.PostgresServer;

/// One PostgreSQL server for all tests.
final class SharedPostgres implements BeforeAllCallback {
  @SuppressWarnings("NullAway.Init") // started before the first test
  private static PostgresServer server;

  @Override
  public void beforeAll(ExtensionContext context) {
    server =
        context
            .getRoot()
            .getStore(ExtensionContext.Namespace.GLOBAL)
            .computeIfAbsent(SharedPostgres.class, _ -> start(), PostgresServer.class);
  }

  private static PostgresServer start() {
    try {
      return PostgresServer.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String url() {
    return "jdbc:postgresql://127.0.0.1:" + server.port() + "/postgres?user=test";
  }
}
