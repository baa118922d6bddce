// SPDX-License-Identifier: Apache-2.0
package tulip.bench.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import tulip.bytes.Bytes;
import tulip.core.LoopOptions;
import tulip.core.LoopOptions.Engine;
import tulip.core.Runner;
import tulip.net.ByteStream;
import tulip.net.ListenOptions;
import tulip.net.Server;
import tulip.net.ServerOptions;
import tulip.net.Tcp;
import tulip.net.TlsContext;
import tulip.net.TlsIdentity;

/// A server as a user would write it, in a process of its own. Prints its port.
final class TulipServer {
  private static final int MANY = 20_000;

  private TulipServer() {}

  /// Usage: copy, read or baton to echo; download, chain, key and size to answer over TLS.
  public static void main(String[] words) throws IOException {
    switch (words[0]) {
      case "copy" -> serve(Engine.CARRIER, stream -> stream.transferTo(stream));
      case "read" -> serve(Engine.CARRIER, TulipServer::readAndWrite);
      case "baton" -> serve(Engine.BATON, stream -> stream.transferTo(stream));
      default -> {
        var tls = TlsContext.server(TlsIdentity.read(Path.of(words[1]), Path.of(words[2])));
        long size = Long.parseLong(words[3]);
        serve(Engine.CARRIER, stream -> download(stream, tls, size));
      }
    }
  }

  private static void serve(Engine engine, Server.Handler handler) throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (var runner = Runner.open(LoopOptions.DEFAULT.withEngine(engine))) {
      runner.run(() -> {
        var listener = Tcp.listen(address, ListenOptions.DEFAULT.withBacklog(4096));
        System.out.println(listener.port());
        var options = ServerOptions.DEFAULT.withMaxConnections(MANY);
        Server.serve(List.of(listener), options, handler);
      });
    }
  }

  private static void readAndWrite(ByteStream stream) throws IOException {
    for (Bytes bytes; (bytes = stream.read()) != null; ) {
      stream.write(bytes);
    }
  }

  private static void download(ByteStream stream, TlsContext tls, long size) throws IOException {
    stream.startTls(tls);
    for (String line; (line = stream.readLine()) != null && !line.isEmpty(); ) {
      // the request does not matter
    }
    stream.write("HTTP/1.0 200 ok\r\nContent-type: text/plain\r\n\r\n");
    var block = ByteBuffer.allocate(64 * 1024);
    for (long sent = 0; sent < size; sent += block.capacity()) {
      stream.write(block.clear());
    }
  }
}
