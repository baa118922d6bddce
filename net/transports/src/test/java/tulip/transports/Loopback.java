// SPDX-License-Identifier: Apache-2.0
package tulip.transports;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Supplier;
import tulip.core.Tulip;
import tulip.net.ByteStream;
import tulip.net.ListenOptions;
import tulip.net.Listener;
import tulip.net.Tcp;
import tulip.net.TcpOptions;

/// Addresses of this machine, and what listens at them.
final class Loopback {
  /// A free port.
  static final InetSocketAddress FREE = at("127.0.0.1", 0);

  private Loopback() {}

  static InetSocketAddress at(String address, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(address), port);
  }

  static Listener listen() throws IOException {
    return Tcp.listen(FREE, ListenOptions.DEFAULT);
  }

  static TransportServer serve(Supplier<? extends StreamProtocol> factory) throws IOException {
    return serve(factory, ServeOptions.DEFAULT);
  }

  static TransportServer serve(Supplier<? extends StreamProtocol> factory, ServeOptions options)
      throws IOException {
    return Transports.createServer(factory, List.of(FREE), options);
  }

  /// A client in straight-line code.
  static ByteStream connect(TransportServer server) throws IOException {
    return Tcp.connect(at("127.0.0.1", server.port()), TcpOptions.DEFAULT);
  }

  static <P extends StreamProtocol> Connection<P> connect(Supplier<P> factory, Listener listener)
      throws IOException {
    return Transports.createConnection(factory, "127.0.0.1", listener.port());
  }

  /// Lets everything happen that can happen without us.
  static void settle() {
    for (int i = 0; i < 20; i++) {
      Tulip.yield();
    }
  }

  /// Ends a transport and waits for it.
  static void end(Recorder recorder) {
    recorder.transport().abort();
    recorder.await("lost");
  }
}
