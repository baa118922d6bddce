// SPDX-License-Identifier: Apache-2.0
package tulip.net.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import tulip.core.LoopOptions.Engine;
import tulip.core.Tulip;
import tulip.net.ByteStream;
import tulip.net.MemoryWire;
import tulip.net.TlsContext;
import tulip.testing.TulipTest;

/// How a TLS connection ends: by a goodbye, or not as it should.
@TulipTest(engine = {Engine.CARRIER, Engine.BATON})
class TlsShutdownTest {
  private static final List<String> VERSIONS = List.of("TLSv1.3", "TLSv1.2");

  private TamperedWire wire;
  private ByteStream client;
  private ByteStream server;

  @BeforeEach
  void open() {
    var pair = MemoryWire.pair(100_000);
    wire = new TamperedWire(pair.near());
    client = new ByteStream(wire);
    server = new ByteStream(pair.far());
  }

  @AfterEach
  void abort() {
    client.abort();
    server.abort();
  }

  private void secure(String version) throws IOException {
    TlsContext context = Certificates.SERVER.withVersions(version);
    var task =
        Tulip.createTask(() -> {
          server.startTls(context);
          return true;
        });
    client.startTls(Certificates.CLIENT, "localhost");
    task.await();
  }

  /// A test for each version, with new streams.
  private interface Case {
    void run() throws Exception;
  }

  private void withEachVersion(Case test) throws Exception {
    for (var version : VERSIONS) {
      abort();
      open();
      secure(version);
      test.run();
    }
  }

  // With a goodbye.

  @TulipTest
  void aGoodbyeIsAnEnd() throws Exception {
    withEachVersion(() -> {
      server.write("bye");
      server.close();
      assertEquals("bye", client.readAll(10).ascii());
      assertNull(client.read());
      client.close();
    });
  }

  @TulipTest
  void bothMayGoAtOnce() throws Exception {
    withEachVersion(() -> {
      server.write("unread");
      server.flush();
      client.write("unread");
      client.flush();
      var close =
          Tulip.createTask(() -> {
            server.close();
            return true;
          });
      client.close();
      assertTrue(close.await());
    });
  }

  @TulipTest
  void whoHasEndedItsSideStillHears() throws Exception {
    secure("TLSv1.3");
    client.closeOutput();
    assertNull(server.read());
    server.write("more");
    server.close();
    assertEquals("more", client.readAll(10).ascii());
  }

  @TulipTest
  void withTls12AnEndIsTheEndOfBothSides() throws Exception {
    secure("TLSv1.2");
    client.closeOutput();
    assertNull(server.read());
    var e =
        assertThrows(
            SSLException.class,
            () -> {
              server.write("more");
              server.flush();
            });
    assertTrue(String.valueOf(e.getMessage()).contains("goodbye"), e::toString);
  }

  @TulipTest
  void whatComesAfterOurGoodbyeHurtsNobody() throws Exception {
    withEachVersion(() -> {
      server.write("trailing");
      server.flush();
      client.close();
      assertTrue(client.isClosed());
    });
  }

  @TulipTest
  void aPeerThatIsGoneCannotBeAnswered() throws Exception {
    withEachVersion(() -> {
      server.write("bye");
      server.close(); // nobody takes the answer to its goodbye
      assertEquals("bye", client.readExactly(3).ascii());
      assertNull(client.read());
      assertNull(client.read());
    });
  }

  // Without.

  @TulipTest
  void aConnectionThatIsCutIsNoEnd() throws Exception {
    withEachVersion(() -> {
      server.write("all of it?");
      assertEquals("all of it?", client.readExactly(10).ascii());
      server.abort();
      for (int i = 0; i < 3; i++) {
        assertThrows(SSLException.class, client::read);
      }
      assertThrows(IOException.class, () -> client.readAll(100));
    });
  }

  @TulipTest
  void aRecordThatIsCutIsNoEnd() throws Exception {
    withEachVersion(() -> {
      server.write("a whole record");
      server.flush();
      wire.change(bytes -> bytes);
      assertTrue(client.fill());
      server.write("another");
      server.flush();
      wire.cut();
      assertEquals("a whole record", client.readExactly(14).ascii());
      assertThrows(SSLException.class, client::read);
      assertThrows(SSLException.class, client::read);
    });
  }

  @TulipTest
  void aForgedRecordIsAFailureForGood() throws Exception {
    withEachVersion(() -> {
      wire.change(TlsShutdownTest::forge);
      server.write("pay 1 to bob");
      var e = assertThrows(SSLException.class, client::read);
      for (int i = 0; i < 3; i++) {
        assertEquals(e.getMessage(), assertThrows(SSLException.class, client::read).getMessage());
      }
    });
  }

  private static byte[] forge(byte[] record) {
    record[record.length - 1] ^= 1;
    return record;
  }

  @TulipTest
  void whoSentAForgedRecordIsTold() throws Exception {
    withEachVersion(() -> {
      wire.change(TlsShutdownTest::forge);
      server.write("pay 1 to bob");
      assertThrows(SSLException.class, client::read);
      client.abort();
      var e = assertThrows(SSLException.class, server::read);
      assertTrue(String.valueOf(e.getMessage()).contains("bad_record_mac"), e::toString);
      assertThrows(SSLException.class, server::read);
    });
  }
}
