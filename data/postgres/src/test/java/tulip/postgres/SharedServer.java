// SPDX-License-Identifier: Apache-2.0
package tulip.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import tulip.postgres.testing.PostgresServer;

/// One server for all tests that do nothing to it but make tables.
final class SharedServer implements BeforeAllCallback {
  @SuppressWarnings("NullAway.Init") // started before the first test
  private static PostgresServer server;

  /// It ends with the last test.
  @Override
  public void beforeAll(ExtensionContext context) {
    server =
        context
            .getRoot()
            .getStore(ExtensionContext.Namespace.GLOBAL)
            .computeIfAbsent(SharedServer.class, _ -> start(), PostgresServer.class);
  }

  private static PostgresServer start() {
    try {
      return Servers.start("timezone=Asia/Tokyo");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static PostgresServer server() {
    return server;
  }

  static PostgresOptions options() {
    return Servers.options(server);
  }

  static PostgresConnection connect() throws IOException {
    return Servers.connect(options());
  }
}
