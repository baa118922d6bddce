// SPDX-License-Identifier: Apache-2.0
package tulip.transports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tulip.transports.Loopback.end;
import static tulip.transports.Loopback.settle;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tulip.bytes.Bytes;
import tulip.core.LoopOptions.Engine;
import tulip.core.Tulip;
import tulip.net.ByteStream;
import tulip.testing.TulipTest;

/// Files over transports: without a copy over TCP, through memory in memory and over TLS.
@TulipTest(
    clock = TulipTest.Clock.REAL,
    engine = {Engine.CARRIER, Engine.BATON})
@Timeout(20)
class SendFileTest {
  private static final int SIZE = 8_000_000;

  @TempDir private Path folder;
  private byte[] content = {};
  private Path path = Path.of("");

  @BeforeEach
  void writeFile() throws IOException {
    content = new byte[SIZE];
    for (int i = 0; i < SIZE; i++) {
      content[i] = (byte) (i * 31 + (i >> 8));
    }
    path = Files.write(folder.resolve("file"), content);
  }

  /// A transport with its file and its peer.
  private interface Case {
    void run(Recorder recorder, FileChannel file, ByteStream peer) throws Exception;
  }

  private void overTcp(Case test) throws Exception {
    try (var listener = Loopback.listen();
        var file = FileChannel.open(path)) {
      var recorder = Loopback.connect(Recorder::new, listener).protocol();
      try (var peer = listener.accept()) {
        test.run(recorder, file, peer);
      }
      end(recorder);
    }
  }

  private void inMemory(boolean tls, Case test) throws Exception {
    var pair = ByteStream.pair();
    try (var file = FileChannel.open(path)) {
      if (tls) {
        var server = Tulip.createTask(() -> pair.far().startTls(Certificates.SERVER));
        pair.near().startTls(Certificates.CLIENT, "localhost");
        server.await();
      }
      var recorder = Transports.connect(Recorder::new, pair.near()).protocol();
      test.run(recorder, file, pair.far());
      end(recorder);
    }
    pair.far().abort();
  }

  private void sendsBetweenOtherBytes(Recorder recorder, FileChannel file, ByteStream peer)
      throws Exception {
    var transport = recorder.transport();
    transport.write(Bytes.ofAscii("before"));
    var sending =
        Tulip.createTask(() -> {
          long sent = Transports.sendFile(transport, file, 0, Long.MAX_VALUE);
          transport.write(Bytes.ofAscii("after"));
          return sent;
        });
    assertEquals("before", peer.readExactly(6).ascii());
    assertEquals(-1, Arrays.mismatch(content, peer.readExactly(SIZE).toByteArray()));
    assertEquals("after", peer.readExactly(5).ascii());
    assertEquals(SIZE, sending.await());
  }

  @TulipTest
  void aFileComesWholeBetweenOtherBytes() throws Exception {
    overTcp(this::sendsBetweenOtherBytes);
  }

  @TulipTest
  void aFileThatHasToBeCopiedComesWholeBetweenOtherBytes() throws Exception {
    inMemory(false, this::sendsBetweenOtherBytes);
  }

  @TulipTest
  void aFileComesWholeOverTls() throws Exception {
    inMemory(true, this::sendsBetweenOtherBytes);
  }

  private void sendsAPart(Recorder recorder, FileChannel file, ByteStream peer) throws Exception {
    var transport = recorder.transport();
    assertEquals(100, Transports.sendFile(transport, file, 1_000, 100));
    assertEquals(Bytes.copyOf(content, 1_000, 100), peer.readExactly(100));
    assertEquals(10, Transports.sendFile(transport, file, SIZE - 10, 100));
    assertEquals(Bytes.copyOf(content, SIZE - 10, 10), peer.readExactly(10));
    assertEquals(0, Transports.sendFile(transport, file, SIZE + 10L, 100));
    assertEquals(0, Transports.sendFile(transport, file, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> Transports.sendFile(transport, file, -1, 1));
    assertThrows(IllegalArgumentException.class, () -> Transports.sendFile(transport, file, 0, -1));
  }

  @TulipTest
  void aPartOfAFile() throws Exception {
    overTcp(this::sendsAPart);
    inMemory(true, this::sendsAPart);
  }

  @TulipTest
  void withoutACopyOrNotAtAll() throws Exception {
    overTcp((recorder, file, _) ->
        assertEquals(100, Transports.sendFileUncopied(recorder.transport(), file, 0, 100)));
    inMemory(
        false,
        (recorder, file, peer) -> {
          var transport = recorder.transport();
          assertThrows(
              UnsupportedOperationException.class,
              () -> Transports.sendFileUncopied(transport, file, 0, 100));
          transport.write(Bytes.ofAscii("goes on"));
          assertEquals("goes on", peer.readExactly(7).ascii());
        });
  }

  @TulipTest
  void aTransportThatIsClosingIsRefused() throws Exception {
    overTcp((recorder, file, _) -> {
      recorder.transport().close();
      assertThrows(
          ClosedChannelException.class,
          () -> Transports.sendFile(recorder.transport(), file, 0, 100));
    });
  }

  @TulipTest
  void nobodyWritesMeanwhile() throws Exception {
    overTcp((recorder, file, peer) -> {
      var transport = recorder.transport();
      var sending = Tulip.createTask(() -> Transports.sendFile(transport, file, 0, SIZE));
      settle();
      assertThrows(IllegalStateException.class, () -> transport.write(Bytes.ofAscii("x")));
      assertThrows(IllegalStateException.class, transport::writeEof);
      assertThrows(IllegalStateException.class, () -> Transports.sendFile(transport, file, 0, 1));
      assertEquals(-1, Arrays.mismatch(content, peer.readExactly(SIZE).toByteArray()));
      sending.await();
      transport.write(Bytes.ofAscii("x"));
      assertEquals("x", peer.readExactly(1).ascii());
    });
  }

  private void breaksInTheMiddle(Recorder recorder, FileChannel file, ByteStream peer) {
    var sending = Tulip.createTask(() -> Transports.sendFile(recorder.transport(), file, 0, SIZE));
    settle();
    peer.abort();
    sending.awaitDone();
    assertInstanceOf(IOException.class, sending.exception());
    recorder.await("lost");
  }

  @TulipTest
  void aPeerThatGoesInTheMiddleFailsIt() throws Exception {
    overTcp(this::breaksInTheMiddle);
    inMemory(false, this::breaksInTheMiddle);
  }

  @TulipTest
  void aFileThatIsCancelledMidwayLosesTheConnection() throws Exception {
    overTcp((recorder, file, _) -> {
      var sending =
          Tulip.createTask(() -> Transports.sendFile(recorder.transport(), file, 0, SIZE));
      settle();
      assertFalse(sending.isDone());
      sending.cancel();
      sending.awaitDone();
      assertTrue(sending.isCancelled());
      recorder.await("lost");
      assertInstanceOf(IOException.class, recorder.cause());
    });
  }

  @TulipTest
  void aFileThatCannotBeReadLeavesTheConnectionAlone() throws Exception {
    overTcp((recorder, file, peer) -> {
      file.close();
      assertThrows(
          ClosedChannelException.class,
          () -> Transports.sendFile(recorder.transport(), file, 0, SIZE));
      recorder.transport().write(Bytes.wrap("goes on".getBytes(StandardCharsets.US_ASCII)));
      assertEquals("goes on", peer.readExactly(7).ascii());
    });
  }

  @TulipTest
  void aPeerMayAnswerMeanwhile() throws Exception {
    overTcp((recorder, file, peer) -> {
      var sending =
          Tulip.createTask(() -> Transports.sendFile(recorder.transport(), file, 0, SIZE));
      peer.write("stop");
      recorder.awaitText("stop");
      assertFalse(sending.isDone());
      peer.readExactly(SIZE);
      sending.await();
    });
  }
}
