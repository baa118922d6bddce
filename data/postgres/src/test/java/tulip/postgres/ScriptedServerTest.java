// SPDX-License-Identifier: Apache-2.0
package tulip.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;
import tulip.bytes.Bytes;
import tulip.net.testing.ScriptedPeer;
import tulip.net.testing.ScriptedStream;
import tulip.testing.TulipTest;
import tulip.testing.TulipTest.Clock;

/// Servers that do not keep to the protocol.
@TulipTest(clock = Clock.REAL)
class ScriptedServerTest {
  private static final String STARTUP =
      "0000003500030000" // version 3.0
          + hex("user\0ada\0database\0bank\0client_encoding\0UTF8\0\0");
  private static final String WELCOME =
      "520000000800000000" // the login is good
          + "4b0000000c0000000700000001" // the key for cancel requests
          + "5a0000000549"; // ready

  private static String hex(String text) {
    return Bytes.ofUtf8(text).hex();
  }

  private static PostgresOptions options(ScriptedPeer peer, String mode) {
    var address = peer.address();
    return PostgresOptions.parse(
        "postgresql://ada@127.0.0.1:%d/bank?sslmode=%s".formatted(address.getPort(), mode));
  }

  private static PostgresConnection connect(ScriptedPeer peer) throws IOException {
    return Servers.connect(options(peer, "disable"));
  }

  private static void welcome(ScriptedStream server) {
    server.expect(Bytes.ofHex(STARTUP));
    server.send(Bytes.ofHex(WELCOME));
  }

  @TulipTest
  void aLoginAndAGoodbye() throws IOException {
    try (var peer =
        ScriptedPeer.listen(server -> {
          welcome(server);
          server.expect(Bytes.ofHex("5800000004"));
          server.expectEnd();
        })) {
      var connection = connect(peer);
      assertEquals(7, connection.processId());
      connection.close();
    }
  }

  @TulipTest
  void plaintextAheadOfTlsIsRefused() throws IOException {
    try (var peer =
        ScriptedPeer.listen(server -> {
          server.expect(Bytes.ofHex("0000000804d2162f"));
          server.send("S" + "EInjected");
        })) {
      assertThrows(SSLException.class, () -> Servers.connect(options(peer, "require")));
    }
  }

  @TulipTest
  void whoIsNoPostgresIsFoundOut() throws IOException {
    try (var peer =
        ScriptedPeer.listen(server -> {
          server.expect(Bytes.ofHex("0000000804d2162f"));
          server.send("HTTP/1.1 400 Bad Request\r\n");
        })) {
      var failure = assertThrows(IOException.class, () -> Servers.connect(options(peer, "prefer")));
      assertTrue(
          String.valueOf(failure.getMessage()).contains("is it PostgreSQL?"), failure.getMessage());
    }
  }

  @TulipTest
  void aLoginWithoutAnEndIsNone() throws IOException {
    try (var peer =
        ScriptedPeer.listen(server -> {
          server.expect(Bytes.ofHex(STARTUP));
          server.send(Bytes.ofHex("5a0000000549"));
        })) {
      assertThrows(IOException.class, () -> connect(peer));
    }
  }

  /// It leaves out its own proof, which somebody does who does not know the password.
  @TulipTest
  void aServerThatProvesNothingIsNotBelieved() throws IOException {
    try (var peer =
        ScriptedPeer.listen(server -> {
          server.expect(Bytes.ofHex(STARTUP));
          server.send(Bytes.ofHex("520000001c0000000a" + hex("SCRAM-SHA-256\0\0\0\0\0\0\0")));
          server.stream().readExactly(55);
          server.send(Bytes.ofHex(WELCOME));
        })) {
      var options = options(peer, "disable").withLogin("ada", "secret");
      var failure = assertThrows(IOException.class, () -> Servers.connect(options));
      assertTrue(
          String.valueOf(failure.getMessage()).contains("has not ended the login"),
          failure.getMessage());
    }
  }

  @TulipTest
  void whatNobodyHasAskedForEndsTheConnection() throws IOException {
    for (var message : new String[] {"4400000004", "5a0000000549", "4300000004", "3100000003"}) {
      try (var peer =
          ScriptedPeer.listen(server -> {
            welcome(server);
            server.send(Bytes.ofHex(message));
            server.expectEnd();
          })) {
        var connection = connect(peer);
        assertThrows(IOException.class, connection::awaitLost);
        assertFalse(connection.isOpen());
        connection.close();
      }
    }
  }

  @TulipTest
  void anAnswerThatDoesNotFitEndsTheConnection() throws IOException {
    for (var answer : new String[] {"2a00000004", "5400000006ffff", "430000000578"}) {
      try (var peer =
          ScriptedPeer.listen(server -> {
            welcome(server);
            server.stream().readExactly(20);
            server.send(Bytes.ofHex(answer));
            server.stream().readAll(1_000);
          })) {
        try (var connection = connect(peer)) {
          assertThrows(IOException.class, () -> connection.execute("select 1, 2, 3, 4, 5"));
          assertFalse(connection.isOpen());
        }
      }
    }
  }

  @TulipTest
  void noticesMayComeAtAnyTime() throws IOException {
    try (var peer =
        ScriptedPeer.listen(server -> {
          welcome(server);
          server.send(Bytes.ofHex("4e0000000c" + hex("C01000\0\0")));
          server.stream().readExactly(6);
          server.send(Bytes.ofHex("49000000045a0000000549"));
          server.expect(Bytes.ofHex("5800000004"));
        })) {
      var told = new ArrayList<String>();
      var options = options(peer, "disable").withOnNotice(error -> told.add(error.sqlState()));
      try (var connection = Servers.connect(options)) {
        connection.executeScript("");
      }
      assertEquals(List.of("01000"), told);
    }
  }
}
