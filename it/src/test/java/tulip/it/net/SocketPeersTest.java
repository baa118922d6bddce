// SPDX-License-Identifier: Apache-2.0
package tulip.it.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tulip.core.Action;
import tulip.core.LoopOptions;
import tulip.core.LoopOptions.Engine;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.net.ByteStream;
import tulip.net.ListenOptions;
import tulip.net.Server;
import tulip.net.Tcp;
import tulip.net.TcpOptions;
import tulip.net.Unix;
import tulip.net.testing.RealServer;

/// TCP and Unix sockets with socat and ncat at the other end.
@Timeout(60)
@ParameterizedClass(name = "{0}")
@EnumSource(
    value = Engine.class,
    names = {"CARRIER", "BATON"})
class SocketPeersTest {
  @Parameter private Engine engine = Engine.AUTO;
  @TempDir private Path folder;

  private void run(Action<Exception> test) throws Exception {
    Tulip.run(LoopOptions.DEFAULT.withEngine(engine), test);
  }

  private static void nothing(ByteStream stream) {}

  private static String tcp(Shouting server) {
    return "TCP:127.0.0.1:" + server.port();
  }

  @Test
  void socatTalksEndsAndStillHears() throws Exception {
    Shouting.serve(
        engine,
        SocketPeersTest::nothing,
        server -> {
          try (var peer = Peer.start("socat", "-t", "20", "-", tcp(server))) {
            peer.send("one\ntwo");
            peer.endInput();
            assertEquals(0, peer.end());
            assertEquals("ONE\nTWO\n", peer.output());
          }
        });
  }

  @Test
  void ncatTalksEndsAndStillHears() throws Exception {
    Shouting.serve(
        engine,
        SocketPeersTest::nothing,
        server -> {
          try (var peer = Peer.start("ncat", "127.0.0.1", Integer.toString(server.port()))) {
            peer.send("one\ntwo");
            peer.endInput();
            assertEquals(0, peer.end());
            assertEquals("ONE\nTWO\n", peer.output());
          }
        });
  }

  @Test
  void aResetIsAFailure() throws Exception {
    Shouting.serve(
        engine,
        SocketPeersTest::nothing,
        server -> {
          try (var peer = Peer.start("socat", "-", tcp(server) + ",linger=0")) {
            peer.send("one\n");
            peer.await("ONE\n");
            peer.kill();
            assertTrue(server.ends(1).getFirst().contains("reset"), server.ends(1)::toString);
          }
        });
  }

  @Test
  void weEndAndStillHear() throws Exception {
    try (var server =
        RealServer.start(place ->
            List.of(
                "socat",
                "TCP-LISTEN:" + place.port() + ",bind=127.0.0.1,fork",
                "EXEC:'sort -r'"))) {
      run(() -> {
        try (var stream = Tcp.connect(server.address(), TcpOptions.DEFAULT)) {
          stream.write("a\nb\nc\n");
          stream.closeOutput();
          assertEquals("c\nb\na\n", stream.readAll(100).ascii());
        }
      });
    }
  }

  @Test
  void ncatListens() throws Exception {
    try (var server =
        RealServer.start(place ->
            List.of("ncat", "-l", "-k", "127.0.0.1", place.portText(), "--exec", "/bin/cat"))) {
      run(() -> {
        try (var stream = Tcp.connect(server.address(), TcpOptions.DEFAULT)) {
          stream.write("hello\n");
          assertEquals("hello", stream.readLine());
          stream.closeOutput();
          assertNull(stream.read());
        }
      });
    }
  }

  @Test
  void unixBothWays() throws Exception {
    var ours = folder.resolve("ours");
    var theirs = folder.resolve("theirs");
    run(() -> {
      try (var _ = Server.open(Unix.listen(ours), Shouting::shout);
          var bridge =
              Peer.start("socat", "UNIX-LISTEN:" + theirs + ",fork", "UNIX-CONNECT:" + ours)) {
        while (!Files.exists(theirs)) {
          Tulip.yield();
        }
        try (var stream = Unix.connect(theirs)) {
          stream.write("through socat\n");
          assertEquals("THROUGH SOCAT", stream.readLine());
        }
        bridge.kill();
        assertThrows(IOException.class, () -> Unix.connect(theirs));
      }
    });
  }

  @Test
  void aFileArrivesWhole() throws Exception {
    var file = folder.resolve("file");
    var all = new byte[5_000_000];
    new Random(1).nextBytes(all);
    Files.write(file, all);
    var copy = folder.resolve("copy");
    run(() -> {
      try (var listener = Tcp.listen(Shouting.FREE, ListenOptions.DEFAULT);
          var peer =
              Peer.start("socat", "-u", "TCP:127.0.0.1:" + listener.port(), "CREATE:" + copy);
          var stream = listener.accept();
          var channel = FileChannel.open(file)) {
        stream.write("head");
        assertEquals(all.length, stream.sendFile(channel, 0, Long.MAX_VALUE));
        assertEquals(3, stream.sendFile(channel, 7, 3));
        stream.closeOutput();
        assertEquals(0, peer.end());
      }
    });
    var got = Files.readAllBytes(copy);
    assertEquals(all.length + 7, got.length);
    assertEquals(-1, Arrays.mismatch(all, Arrays.copyOfRange(got, 4, all.length + 4)));
  }

  private static final String PYTHON_CLIENT =
      """
      import asyncio, sys
      async def main():
          reader, writer = await asyncio.open_connection('127.0.0.1', int(sys.argv[1]))
          data = bytes(i * 7 % 251 for i in range(5_000_000))
          async def send():
              writer.write(data)
              await writer.drain()
              writer.write_eof()
          sending = asyncio.create_task(send())
          echoed = await reader.read()
          await sending
          print('equal' if echoed == data else f'{len(echoed)} bytes')
      asyncio.run(main())
      """;

  private static final String PYTHON_SERVER =
      """
      import asyncio, sys
      async def echo(reader, writer):
          while piece := await reader.read(65536):
              writer.write(piece)
              await writer.drain()
          writer.close()
      async def main():
          server = await asyncio.start_server(echo, '127.0.0.1', int(sys.argv[1]))
          await server.serve_forever()
      asyncio.run(main())
      """;

  @Test
  void asyncioSendsAndReceives() throws Exception {
    run(() -> {
      try (var server =
              Server.open(
                  Tcp.listen(Shouting.FREE, ListenOptions.DEFAULT),
                  stream -> stream.transferTo(stream));
          var peer = Peer.python(PYTHON_CLIENT, server.port())) {
        assertEquals(0, peer.end());
        assertEquals("equal\n", peer.output());
      }
    });
  }

  @Test
  void asyncioServes() throws Exception {
    var all = new byte[5_000_000];
    new Random(2).nextBytes(all);
    try (var server =
        RealServer.start(
            place -> List.of("/usr/bin/python3", "-c", PYTHON_SERVER, place.portText()))) {
      run(() -> {
        try (var stream = Tcp.connect(server.address(), TcpOptions.DEFAULT)) {
          TaskGroup.run(group -> {
            group.start(() -> {
              stream.write(all);
              stream.closeOutput();
            });
            assertEquals(-1, Arrays.mismatch(all, stream.readExactly(all.length).toByteArray()));
          });
          assertNull(stream.read());
        }
      });
    }
  }
}
