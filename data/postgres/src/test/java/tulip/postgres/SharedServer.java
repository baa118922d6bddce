// SPDX-License-Identifier: Apache-2.0
package tulip.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import tulip.net.testing.RealServer;

/// One server for all tests that do nothing to it but make tables.
final class SharedServer implements BeforeAllCallback {
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
            .computeIfAbsent(SharedServer.class, _ -> start(), Running.class);
    server = running.server();
  }

  private static Running start() {
    try {
      return new Running(PostgresServer.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static RealServer server() {
    return server;
  }

  static PostgresOptions options() {
    return PostgresServer.options(server);
  }

  static PostgresConnection connect() throws IOException {
    return PostgresServer.connect(options());
  }
}
