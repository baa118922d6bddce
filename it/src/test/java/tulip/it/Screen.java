// SPDX-License-Identifier: Apache-2.0
package tulip.it;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;

/// A screen that nobody sees: an X server of its own, on a display number that was free.
public final class Screen implements AutoCloseable {
  private final Process server;
  private final String display;

  private Screen(Process server, String display) {
    this.server = server;
    this.display = display;
  }

  /// Starts the server, and waits until it takes connections.
  public static Screen open() throws IOException {
    var server =
        new ProcessBuilder(
                "Xvfb", "-displayfd", "1", "-screen", "0", "640x480x24", "-nolisten", "tcp")
            .redirectError(Redirect.DISCARD)
            .start();
    var number = server.inputReader().readLine();
    assertNotNull(number, "Xvfb did not start");
    return new Screen(server, ":" + number);
  }

  /// What goes into `DISPLAY`.
  public String display() {
    return display;
  }

  @Override
  public void close() {
    server.destroy();
  }
}
