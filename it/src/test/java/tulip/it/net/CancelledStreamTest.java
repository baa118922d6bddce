// SPDX-License-Identifier: Apache-2.0
package tulip.it.net;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tulip.bytes.Bytes;
import tulip.core.Action;
import tulip.core.LoopOptions.Engine;
import tulip.core.Tulip;
import tulip.net.Attribute;
import tulip.net.ByteStream;
import tulip.net.ListenOptions;
import tulip.net.Server;
import tulip.net.Tcp;
import tulip.net.TcpOptions;
import tulip.net.TlsContext;
import tulip.net.UdpSocket;
import tulip.net.testing.FaultProxy;
import tulip.testing.TulipTest;

/// Every operation of a stream that waits, cancelled at every moment on a connection that stands
/// still: no descriptor is left.
@Timeout(60)
@TulipTest(
    engine = {Engine.CARRIER, Engine.BATON},
    clock = TulipTest.Clock.REAL)
class CancelledStreamTest {
  private static final int TURNS = 6;

  /// More than the buffers of all the sockets on the way hold.
  private static final int MUCH = 2_000_000;

  private interface Operation {
    void run(ByteStream stream) throws Exception;
  }

  @TempDir private static Path folder;
  private static Path file;
  private static TlsContext server;
  private static TlsContext client;
  private static Bytes much = Bytes.EMPTY;
  private static final Map<String, Operation> OPERATIONS = new LinkedHashMap<>();

  /// Those that wait only behind what was written.
  private static final Map<String, Operation> OPERATIONS_WHEN_FULL = new LinkedHashMap<>();

  @BeforeAll
  static void prepare() throws Exception {
    var authority = new Authority(folder, "authority");
    server = TlsContext.server(authority.issue("localhost").identity());
    client = TlsContext.client().trusting(authority.certificate());
    much = Bytes.wrap(new byte[MUCH]);
    file = Files.write(folder.resolve("file"), much.toByteArray());
    collect();
  }

  private static void collect() {
    OPERATIONS.put("fill", ByteStream::fill);
    OPERATIONS.put("read", ByteStream::read);
    OPERATIONS.put("readExactly", stream -> stream.readExactly(10));
    OPERATIONS.put("readLine", ByteStream::readLine);
    OPERATIONS.put("readUntil", stream -> stream.readUntil(Bytes.ofAscii(";")));
    OPERATIONS.put("readAll", stream -> stream.readAll(10));
    OPERATIONS.put("transferTo", stream -> stream.transferTo(stream));
    OPERATIONS.put("write", stream -> stream.write(much));
    OPERATIONS.put("writeAll", stream -> stream.writeAll(List.of(much, much)));
    OPERATIONS.put("sendFile", CancelledStreamTest::sendFile);
    OPERATIONS_WHEN_FULL.put("flush", ByteStream::flush);
    OPERATIONS_WHEN_FULL.put("close", ByteStream::close);
  }

  private static void sendFile(ByteStream stream) throws Exception {
    try (var channel = FileChannel.open(file)) {
      stream.sendFile(channel, 0, MUCH);
    }
  }

  @TulipTest
  void onTcp() throws Exception {
    cancelAll(_ -> {}, _ -> {});
  }

  @TulipTest
  void onTls() throws Exception {
    cancelAll(stream -> stream.startTls(server), stream -> stream.startTls(client, "localhost"));
  }

  private static void cancelAll(Operation accepting, Operation connecting) throws Exception {
    var listener = Tcp.listen(Shouting.FREE, ListenOptions.DEFAULT);
    try (var echo =
            Server.open(
                listener,
                stream -> {
                  accepting.run(stream);
                  stream.transferTo(stream);
                });
        var proxy = FaultProxy.open((InetSocketAddress) listener.address())) {
      cancelAtEveryTurn(proxy, connecting, OPERATIONS_WHEN_FULL, true);
      long before = Descriptors.count(); // by now everything was loaded and opened once
      cancelAtEveryTurn(proxy, connecting, OPERATIONS, false);
      cancelAtEveryTurn(proxy, connecting, OPERATIONS, true);
      Descriptors.awaitCount(before);
      assertTrue(echo.connections().isEmpty());
    }
  }

  /// @param full whether more was written before than the connection takes
  private static void cancelAtEveryTurn(
      FaultProxy proxy, Operation connecting, Map<String, Operation> operations, boolean full)
      throws Exception {
    for (var operation : operations.entrySet()) {
      for (int turns = 0; turns < TURNS; turns++) {
        try (var stream = Tcp.connect(proxy.address(), TcpOptions.DEFAULT)) {
          connecting.run(stream);
          stall(proxy, stream);
          if (full) {
            cancel("write", TURNS, () -> stream.write(much));
          }
          cancel(operation.getKey(), turns, () -> operation.getValue().run(stream));
          stream.abort();
        }
        end(proxy);
      }
    }
  }

  private static void stall(FaultProxy proxy, ByteStream stream) throws IOException {
    proxy.toServer().stall();
    proxy.toClient().stall();
    Objects.requireNonNull(stream.attribute(Attribute.SOCKET))
        .setOption(StandardSocketOptions.SO_SNDBUF, 8192);
  }

  private static void cancel(String name, int turns, Action<Exception> operation) {
    var task = Tulip.createTask(operation);
    for (int i = 0; i < turns; i++) {
      Tulip.yield();
    }
    task.cancel();
    task.awaitDone();
    assertTrue(task.isCancelled(), () -> name + " after " + turns + " turns: " + task);
  }

  private static void end(FaultProxy proxy) {
    proxy.reset();
    proxy.toServer().heal();
    proxy.toClient().heal();
    while (proxy.connections() > 0) {
      Tulip.yield();
    }
  }

  @TulipTest
  void acceptAndReceive() throws Exception {
    try (var listener = Tcp.listen(Shouting.FREE, ListenOptions.DEFAULT);
        var socket = UdpSocket.bind(Shouting.FREE)) {
      cancel("receive", TURNS, socket::receive); // has the loop make its selector
      long before = Descriptors.count();
      for (int turns = 0; turns < TURNS; turns++) {
        cancel("accept", turns, () -> listener.accept().close());
        cancel("receive", turns, socket::receive);
      }
      Descriptors.awaitCount(before);
    }
  }
}
