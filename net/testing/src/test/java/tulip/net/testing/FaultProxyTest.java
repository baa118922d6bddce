// SPDX-License-Identifier: Apache-2.0
package tulip.net.testing;

import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tulip.net.testing.Faults.Fault.CUT;
import static tulip.net.testing.Faults.Fault.RESET;
import static tulip.net.testing.Faults.Fault.STALL;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tulip.bytes.Bytes;
import tulip.core.EventLoop;
import tulip.core.LoopOptions;
import tulip.core.Tulip;
import tulip.core.VirtualClock;
import tulip.net.ByteStream;
import tulip.net.ListenOptions;
import tulip.net.Server;
import tulip.net.Tcp;
import tulip.net.TcpOptions;

@Timeout(20)
class FaultProxyTest {
  private static final InetSocketAddress FREE =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private interface Conversation {
    void run(FaultProxy proxy, ByteStream stream) throws Exception;
  }

  /// A conversation with an echo, through a proxy.
  private static void converse(LoopOptions options, Conversation conversation) throws Exception {
    Tulip.run(
        options,
        () -> {
          var echo = Tcp.listen(FREE, ListenOptions.DEFAULT);
          try (var _ = Server.open(echo, stream -> stream.transferTo(stream));
              var proxy = FaultProxy.open((InetSocketAddress) echo.address());
              var stream = connect(proxy)) {
            conversation.run(proxy, stream);
            stream.abort();
          }
        });
  }

  private static void converse(Conversation conversation) throws Exception {
    converse(LoopOptions.DEFAULT, conversation);
  }

  private static ByteStream connect(FaultProxy proxy) throws IOException {
    return Tcp.connect(proxy.address(), TcpOptions.DEFAULT);
  }

  private static String echo(ByteStream stream, String text) throws IOException {
    stream.write(text);
    return stream.readExactly(text.length()).ascii();
  }

  @Test
  void withoutFaultsItIsTransparent() throws Exception {
    converse((proxy, stream) -> {
      var all = Pairs.pattern(1_000_000);
      var write =
          Tulip.createTask(() -> {
            stream.write(all);
            stream.closeOutput();
          });
      assertEquals(all, stream.readExactly(all.length()));
      assertNull(stream.read());
      write.await();
    });
  }

  @Test
  void bytesPassOneByOne() throws Exception {
    converse(
        LoopOptions.DEFAULT.withClock(VirtualClock.autojump()),
        (proxy, stream) -> {
          proxy.toClient().split().delay(ofSeconds(1));
          stream.write("abc");
          for (var expected : List.of("a", "b", "c")) {
            assertEquals(Bytes.ofAscii(expected), stream.read());
          }
        });
  }

  @Test
  void piecesAreKeptBack() throws Exception {
    converse(
        LoopOptions.DEFAULT.withClock(VirtualClock.autojump()),
        (proxy, stream) -> {
          proxy.toServer().delay(ofSeconds(5));
          proxy.toClient().delay(ofSeconds(2));
          long begin = EventLoop.current().time();
          assertEquals("hello", echo(stream, "hello"));
          assertTrue(EventLoop.current().time() - begin >= ofSeconds(7).toNanos());
        });
  }

  @Test
  void whatIsStalledPassesWhenItIsHealed() throws Exception {
    converse((proxy, stream) -> {
      proxy.toClient().after(3, STALL);
      stream.write("hello");
      assertEquals("hel", stream.readExactly(3).ascii());
      proxy.toClient().awaitStall();
      var rest = Tulip.createTask(() -> stream.readExactly(2));
      Pairs.settle();
      assertFalse(rest.isDone());
      proxy.toClient().heal();
      assertEquals("lo", rest.await().ascii());
    });
  }

  @Test
  void aConnectionIsCutAtTheByte() throws Exception {
    converse((proxy, stream) -> {
      proxy.toClient().after(3, CUT);
      stream.write("hello");
      assertEquals("hel", stream.readAll(100).ascii());
    });
  }

  @Test
  void aConnectionIsResetAtTheByte() throws Exception {
    converse((proxy, stream) -> {
      proxy.toServer().after(3, RESET);
      stream.write("hello");
      var e = assertThrows(IOException.class, () -> stream.readAll(100));
      assertTrue(String.valueOf(e.getMessage()).contains("reset"), e::toString);
    });
  }

  @Test
  void onCommandAllConnectionsEnd() throws Exception {
    converse((proxy, stream) -> {
      assertEquals("a", echo(stream, "a"));
      try (var other = connect(proxy)) {
        assertEquals("b", echo(other, "b"));
        assertEquals(2, proxy.connections());
        proxy.reset();
        assertThrows(IOException.class, other::read);
        assertThrows(IOException.class, stream::read);
      }
      try (var other = connect(proxy)) {
        assertEquals("c", echo(other, "c"));
        proxy.cut();
        assertNull(other.read());
      }
    });
  }

  @Test
  void itPassesOnThatTheServerIsGone() throws Exception {
    Tulip.run(() -> {
      var nobody = new InetSocketAddress(FREE.getAddress(), RealServer.freePort());
      try (var proxy = FaultProxy.open(nobody);
          var stream = connect(proxy)) {
        assertThrows(IOException.class, stream::read);
      }
    });
  }

  @Test
  void itRefuses() throws Exception {
    converse((proxy, stream) -> {
      assertEquals("a", echo(stream, "a"));
      var address = proxy.address();
      proxy.refuse();
      assertThrows(IOException.class, () -> Tcp.connect(address, TcpOptions.DEFAULT));
      assertEquals("b", echo(stream, "b"));
    });
  }
}
