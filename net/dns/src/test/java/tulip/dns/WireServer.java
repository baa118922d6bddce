// SPDX-License-Identifier: Apache-2.0
package tulip.dns;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import tulip.bytes.ByteWriter;
import tulip.bytes.Bytes;
import tulip.core.TaskGroup;
import tulip.dns.protocol.Message;
import tulip.net.ByteStream;
import tulip.net.ListenOptions;
import tulip.net.Tcp;
import tulip.net.UdpSocket;

/// A name server on real sockets of this machine, that may do everything wrong. Its tasks are
/// children of the group that it is started in.
final class WireServer {
  /// What a server answers over UDP: any number of datagrams.
  interface Datagrams {
    List<Bytes> answer(Message query) throws Exception;
  }

  /// What a server does with a connection.
  interface Talk {
    void with(ByteStream stream) throws Exception;
  }

  int connections;

  private final InetSocketAddress address;

  private WireServer(InetSocketAddress address) {
    this.address = address;
  }

  InetSocketAddress address() {
    return address;
  }

  /// Starts one at a port that is free over UDP and TCP.
  static WireServer start(TaskGroup group, Datagrams datagrams, Talk talk) throws IOException {
    var loopback = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
    var listener = Tcp.listen(loopback, ListenOptions.DEFAULT);
    var at = new InetSocketAddress(loopback.getAddress(), listener.port());
    var server = new WireServer(at);
    var socket = UdpSocket.bind(at);
    group.start(() -> {
      try (socket) {
        while (true) {
          var datagram = socket.receive();
          for (var answer : datagrams.answer(Message.parse(datagram.data()))) {
            socket.send(answer, datagram.address());
          }
        }
      }
    });
    group.start(() -> {
      try (listener) {
        while (true) {
          var stream = listener.accept();
          server.connections++;
          group.start(() -> {
            try (stream) {
              talk.with(stream);
            } catch (IOException e) {
              // the other side has had enough
            }
          });
        }
      }
    });
    return server;
  }

  static Bytes take(ByteStream stream) throws IOException {
    var length = stream.readExactly(2);
    return stream.readExactly((length.byteAt(0) & 0xFF) << 8 | (length.byteAt(1) & 0xFF));
  }

  static void send(ByteStream stream, Bytes message) throws IOException {
    stream.write(new ByteWriter(65537).putShort(message.length()).put(message).toBytes());
  }
}
