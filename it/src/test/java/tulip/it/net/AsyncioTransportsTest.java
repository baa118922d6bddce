// SPDX-License-Identifier: Apache-2.0
package tulip.it.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tulip.bytes.Bytes;
import tulip.core.Tulip;
import tulip.core.sync.Event;
import tulip.net.Attribute;
import tulip.net.testing.RealServer;
import tulip.transports.DatagramOptions;
import tulip.transports.DatagramProtocol;
import tulip.transports.DatagramTransport;
import tulip.transports.Protocol;
import tulip.transports.ServeOptions;
import tulip.transports.Transport;
import tulip.transports.Transports;

/// Transports and protocols with asyncio's own at the other end.
@Timeout(60)
class AsyncioTransportsTest {
  private static final int MUCH = 3_000_000;

  /// Sends everything back, no more than fits, and the end too.
  private static final class Echo implements Protocol {
    private @Nullable Transport transport;

    private Transport transport() {
      return Objects.requireNonNull(transport);
    }

    @Override
    public void connectionMade(Transport made) {
      transport = made;
    }

    @Override
    public void dataReceived(Bytes data) {
      transport().write(data);
    }

    @Override
    public void pauseWriting() {
      transport().pauseReading();
    }

    @Override
    public void resumeWriting() {
      transport().resumeReading();
    }
  }

  /// Sends, ends its side, and keeps what comes back.
  private static final class Asking implements Protocol {
    private final Bytes question;
    private Bytes answer = Bytes.EMPTY;
    private final Event ended = new Event();
    private @Nullable Throwable cause;

    Asking(Bytes question) {
      this.question = question;
    }

    @Override
    public void connectionMade(Transport transport) {
      transport.write(question);
      transport.writeEof();
    }

    @Override
    public void dataReceived(Bytes data) {
      answer = Bytes.concat(answer, data);
    }

    @Override
    public void connectionLost(@Nullable Throwable why) {
      cause = why;
      ended.set();
    }
  }

  private static final String CLIENT =
      """
      import asyncio, sys
      class Client(asyncio.Protocol):
          def __init__(self, done):
              self.done, self.got = done, b''
          def connection_made(self, transport):
              self.transport = transport
              transport.write(bytes(i * 7 % 251 for i in range(3_000_000)))
              transport.write_eof()
          def data_received(self, data):
              self.got += data
          def connection_lost(self, exc):
              self.done.set_result((self.got, exc))
      async def main():
          loop = asyncio.get_running_loop()
          done = loop.create_future()
          await loop.create_connection(lambda: Client(done), '127.0.0.1', int(sys.argv[1]))
          got, exc = await done
          print(got == bytes(i * 7 % 251 for i in range(3_000_000)), exc)
      asyncio.run(main())
      """;

  private static final String SERVER =
      """
      import asyncio, sys
      class Echo(asyncio.Protocol):
          def connection_made(self, transport):
              self.transport = transport
          def data_received(self, data):
              self.transport.write(data)
          def eof_received(self):
              return False
      async def main():
          loop = asyncio.get_running_loop()
          server = await loop.create_server(Echo, '127.0.0.1', int(sys.argv[1]))
          await server.serve_forever()
      asyncio.run(main())
      """;

  private static final String DATAGRAMS =
      """
      import asyncio, sys
      class Client(asyncio.DatagramProtocol):
          def __init__(self, done):
              self.done = done
          def connection_made(self, transport):
              transport.sendto(b'ping')
          def datagram_received(self, data, addr):
              self.done.set_result(data)
      async def main():
          loop = asyncio.get_running_loop()
          done = loop.create_future()
          await loop.create_datagram_endpoint(
              lambda: Client(done), remote_addr=('127.0.0.1', int(sys.argv[1])))
          print((await done).decode())
      asyncio.run(main())
      """;

  @Test
  void asyncioTalksToOurServer() throws Exception {
    Tulip.run(() -> {
      var server = Transports.createServer(Echo::new, List.of(Shouting.FREE), ServeOptions.DEFAULT);
      try (var peer = Peer.python(CLIENT, server.port())) {
        assertEquals(0, peer.end());
        assertEquals("True None\n", peer.output());
      }
      server.close();
      server.waitClosed();
    });
  }

  @Test
  void ourClientTalksToAsyncio() throws Exception {
    var bytes = new byte[MUCH];
    for (int i = 0; i < MUCH; i++) {
      bytes[i] = (byte) (i * 31 + (i >> 8));
    }
    var question = Bytes.wrap(bytes);
    try (var server =
        RealServer.start(place -> List.of("/usr/bin/python3", "-c", SERVER, place.portText()))) {
      Tulip.run(() -> {
        var address = server.address();
        var asking =
            Transports.createConnection(
                    () -> new Asking(question), address.getHostString(), address.getPort())
                .protocol();
        asking.ended.await();
        assertNull(asking.cause);
        assertEquals(question, asking.answer);
      });
    }
  }

  @Test
  void asyncioSendsADatagram() throws Exception {
    Tulip.run(() -> {
      var endpoint =
          Transports.createDatagramEndpoint(
              Answering::new, Shouting.FREE, null, DatagramOptions.DEFAULT);
      var address =
          (InetSocketAddress)
              Objects.requireNonNull(endpoint.transport().attribute(Attribute.LOCAL_ADDRESS));
      try (var peer = Peer.python(DATAGRAMS, address.getPort())) {
        assertEquals(0, peer.end());
        assertEquals("ping yourself\n", peer.output());
      }
      endpoint.transport().close();
    });
  }

  private static final class Answering implements DatagramProtocol {
    private @Nullable DatagramTransport transport;

    @Override
    public void connectionMade(DatagramTransport made) {
      transport = made;
    }

    @Override
    public void datagramReceived(Bytes data, InetSocketAddress from) {
      Objects.requireNonNull(transport)
          .sendTo(Bytes.concat(data, Bytes.ofAscii(" yourself")), from);
    }
  }
}
