// SPDX-License-Identifier: Apache-2.0
package tulip.it.browser;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tulip.core.Tulip;
import tulip.http.client.HttpSession;
import tulip.net.testing.RealProcess;

/// A Chromium without a window.
final class Chromium implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern LISTENING =
      Pattern.compile("DevTools listening on ws://(127\\.0\\.0\\.1:\\d+)/");
  private static final List<String> COMMAND =
      List.of(
          "/usr/bin/chromium",
          "--headless=new",
          "--no-sandbox", // which root cannot have
          "--disable-gpu",
          "--disable-dev-shm-usage",
          "--disable-background-networking",
          "--no-first-run",
          "--window-size=800,600",
          "--remote-debugging-port=0");

  private final RealProcess process;
  private final String address;

  private Chromium(RealProcess process, String address) {
    this.process = process;
    this.address = address;
  }

  /// Starts one. In a task.
  ///
  /// @param folder for its profile
  static Chromium start(Path folder) throws IOException {
    return Tulip.blocking(() -> {
      var command = new ArrayList<>(COMMAND);
      command.add("--user-data-dir=" + folder);
      command.add("about:blank");
      var process = RealProcess.start(folder, command);
      try {
        process.awaitOutput("DevTools listening on ws://127.0.0.1:", PATIENCE);
        return new Chromium(process, addressIn(process));
      } catch (Throwable t) {
        process.close();
        throw t;
      }
    });
  }

  private static String addressIn(RealProcess process) throws IOException {
    process.awaitOutput("/devtools/browser/", PATIENCE);
    var matcher = LISTENING.matcher(process.output());
    if (!matcher.find()) {
      throw new IOException("no address: " + process.output());
    }
    return matcher.group(1);
  }

  /// A page that the browser offers.
  record Target(String type, String webSocketDebuggerUrl) {}

  /// The page that it shows.
  Page page() throws IOException {
    try (var http = HttpSession.open()) {
      for (var target : http.get("http://" + address + "/json/list").json(Target[].class)) {
        if (target.type().equals("page")) {
          return Page.open(target.webSocketDebuggerUrl());
        }
      }
    }
    throw new IOException("no page at " + address);
  }

  @Override
  public void close() {
    process.close();
  }
}
