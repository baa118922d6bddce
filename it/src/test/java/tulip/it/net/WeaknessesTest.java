// SPDX-License-Identifier: Apache-2.0
package tulip.it.net;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tulip.core.Tulip;
import tulip.net.ListenOptions;
import tulip.net.Server;
import tulip.net.Tcp;
import tulip.net.TlsContext;
import tulip.net.testing.RealProcess;

/// What testssl.sh says of a TLS server with the usual settings.
@Timeout(400)
class WeaknessesTest {
  private static final Duration LIMIT = Duration.ofMinutes(6);

  @TempDir private Path folder;

  @Test
  @Tag("long")
  void thereIsNoneOfMediumSeverityOrAbove() throws Exception {
    var identity = new Authority(folder, "authority").issue("localhost").identity();
    var context = TlsContext.server(identity);
    var report = folder.resolve("report.json");
    Tulip.run(() -> {
      try (var server =
          Server.open(
              Tcp.listen(Shouting.FREE, ListenOptions.DEFAULT),
              stream -> {
                stream.startTls(context);
                stream.readLine();
                stream.write("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n");
              })) {
        Tulip.blocking(() -> scan(server.port(), report));
      }
    });
    var findings = Files.readString(report);
    assertTrue(findings.contains("\"TLS1_3\""), findings);
    for (var severity : new String[] {"MEDIUM", "HIGH", "CRITICAL"}) {
      assertFalse(findings.contains("\"" + severity + "\""), findings);
    }
  }

  /// Protocols, ciphers, forward secrecy and known holes; the certificate is the test's own.
  private void scan(int port, Path report) throws Exception {
    try (var scanner =
        RealProcess.start(
            folder,
            "testssl",
            "--quiet",
            "--color",
            "0",
            "-p",
            "-s",
            "-f",
            "-U",
            "--jsonfile",
            report.toString(),
            "localhost:" + port)) {
      scanner.endInput();
      scanner.end(LIMIT);
    }
  }
}
