// SPDX-License-Identifier: Apache-2.0
package tulip.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import tulip.net.testing.FaultProxy;
import tulip.postgres.testing.PostgresPrograms;
import tulip.postgres.testing.PostgresServer;

/// Servers of the version that this run of the tests is about: the build runs most of them twice.
final class Servers {
  /// The installed one, or, if `tulip.postgres=embedded`, the newest one of Maven Central.
  static final PostgresPrograms PROGRAMS = programs();

  private Servers() {}

  private static PostgresPrograms programs() {
    try {
      if (!isEmbedded()) {
        return PostgresPrograms.installed();
      }
      var programs = PostgresPrograms.embedded();
      Runtime.getRuntime().addShutdownHook(new Thread(programs::close));
      return programs;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isEmbedded() {
    return "embedded".equals(System.getProperty("tulip.postgres"));
  }

  static PostgresServer start(String... settings) throws IOException {
    return PostgresServer.start(PROGRAMS, settings);
  }

  static PostgresServer start(PostgresServer.Preparation preparation, String... settings)
      throws IOException {
    return PostgresServer.start(PROGRAMS, preparation, settings);
  }

  static PostgresOptions options(PostgresServer server) {
    return PostgresOptions.parse(server.url());
  }

  /// The same server through a bad network.
  static PostgresOptions options(FaultProxy proxy) {
    return PostgresOptions.parse(url(proxy.address().getPort()));
  }

  static String url(int port) {
    return "postgresql://test@127.0.0.1:%d/postgres?sslmode=disable".formatted(port);
  }

  static PostgresConnection connect(PostgresOptions options) throws IOException {
    return new PostgresConnector(options).connect();
  }
}
