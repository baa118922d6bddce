// SPDX-License-Identifier: Apache-2.0
package tulip.net.testing;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RealServerTest {
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();

  private static List<String> webServer(Path folder, String port) {
    return List.of(
        JAVA, "-m", "jdk.httpserver", "-b", "127.0.0.1", "-p", port, "-d", folder.toString());
  }

  @Test
  void runsInAFolderAndAtAPortOfItsOwn() throws Exception {
    var server = RealServer.start(place -> webServer(place.folder(), place.portText()));
    assertTrue(server.accepts());
    assertTrue(Files.isDirectory(server.folder()));
    server.close();
    assertFalse(server.process().isAlive());
    assertFalse(Files.exists(server.folder()));
    assertThrows(ConnectException.class, server::accepts);
  }

  @Test
  void whatItSaidIsInTheFailure() {
    var e =
        assertThrows(
            IOException.class,
            () -> RealServer.start(_ -> List.of("sh", "-c", "echo no such luck; exit 3")));
    assertTrue(String.valueOf(e.getMessage()).contains("no such luck"), e::toString);
  }

  @Test
  void oneThatIsNeverReadyIsKilled() {
    var seen = new ArrayList<RealServer>();
    var e =
        assertThrows(
            IOException.class,
            () ->
                RealServer.start(
                    _ -> List.of("sleep", "100"), server -> !seen.add(server), ofMillis(50)));
    assertTrue(String.valueOf(e.getMessage()).contains("not ready after"), e::toString);
    assertFalse(seen.getFirst().process().isAlive());
  }

  @Test
  void aPortThatAnotherProgramTookIsLeftToIt() throws Exception {
    try (var other = new ServerSocket(0)) {
      var taken = Integer.toString(other.getLocalPort());
      var starts = new ArrayList<String>();
      try (var server =
          RealServer.start(place -> {
            starts.add(starts.isEmpty() ? taken : place.portText());
            return webServer(place.folder(), starts.getLast());
          })) {
        assertEquals(2, starts.size());
        assertTrue(server.accepts());
      }
    }
  }

  @Test
  void aRecipeThatFailsLeavesNoFolder() {
    var folders = new ArrayList<Path>();
    assertThrows(
        IOException.class,
        () ->
            RealServer.start(
                place -> {
                  folders.add(place.folder());
                  throw new IOException("no command");
                },
                RealServer::accepts,
                ofSeconds(5)));
    assertFalse(Files.exists(folders.getFirst()));
  }
}
