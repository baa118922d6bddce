// SPDX-License-Identifier: Apache-2.0
package tulip.http.middleware;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import tulip.http.WebApp;
import tulip.net.ListenOptions;
import tulip.net.Tcp;

/// Asks an application once, over a socket.
public final class Served {
  private Served() {}

  /// {@return the answer without Date, with LF as line ends}
  public static String ask(WebApp app, String path, String... fields) throws Exception {
    var free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (var server = app.open(Tcp.listen(free, ListenOptions.DEFAULT));
        var stream = Tcp.connect("127.0.0.1", server.port())) {
      stream.write("GET " + path + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n");
      for (var field : fields) {
        stream.write(field + "\r\n");
      }
      stream.write("\r\n");
      var text = stream.readAll(1_000_000).utf8().replace("\r\n", "\n");
      return text.replaceFirst("(?m)^Date: .*\n", "");
    }
  }
}
