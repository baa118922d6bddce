// SPDX-License-Identifier: Apache-2.0
package tulip.postgres.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Servers of the version that is installed, and of the one that Maven Central has.
class PostgresServerTest {
  private static final int VERSION_3 = 3 << 16;

  /// What the server says first to somebody who says who they are: `R`, it asks for a login, or for
  /// none; `E`, it cannot.
  private static char greeting(PostgresServer server) throws IOException {
    var who = "user\0test\0database\0postgres\0\0".getBytes(StandardCharsets.US_ASCII);
    try (var socket = new Socket(server.address().getAddress(), server.port())) {
      var out = new DataOutputStream(socket.getOutputStream());
      out.writeInt(8 + who.length);
      out.writeInt(VERSION_3);
      out.write(who);
      return (char) new DataInputStream(socket.getInputStream()).readUnsignedByte();
    }
  }

  @Test
  void aServerIsReadyAtOnceAndGoneAtTheEnd() throws IOException {
    Path folder;
    try (var server = PostgresServer.start("max_connections=7")) {
      assertEquals('R', greeting(server));
      folder = server.folder();
      assertTrue(server.url().contains(":" + server.port() + "/"));
    }
    assertFalse(Files.exists(folder));
  }

  @Test
  void aServerIsStoppedKilledAndStartedAgain() throws IOException {
    try (var server = PostgresServer.start("max_connections=7")) {
      server.restart();
      assertEquals('R', greeting(server));
      server.stop();
      assertThrows(IOException.class, () -> greeting(server));
      server.restart();
      server.kill();
      assertThrows(IOException.class, () -> greeting(server));
      assertThrows(IOException.class, server::kill);
      server.restart();
      assertEquals('R', greeting(server));
      assertTrue(Files.readString(server.folder().resolve("data/postmaster.opts")).contains("=7"));
    }
  }

  @Test
  void aWrongSettingIsToldByTheServer() {
    var failure = assertThrows(IOException.class, () -> PostgresServer.start("work_mem=red"));
    assertTrue(String.valueOf(failure.getMessage()).contains("work_mem"), failure.getMessage());
  }

  @Test
  void aNewerServerComesFromMavenCentral() throws IOException {
    Path folder;
    try (var programs = PostgresPrograms.embedded();
        var server = PostgresServer.start(programs)) {
      folder = programs.folder();
      assertEquals('R', greeting(server));
      assertEquals(18, server.version());
    }
    assertFalse(Files.exists(folder));
  }

  @Test
  void programsMustBeThere(@TempDir Path folder) {
    assertThrows(IOException.class, () -> PostgresPrograms.in(folder));
  }
}
