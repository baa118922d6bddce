// SPDX-License-Identifier: Apache-2.0
package tulip.net.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import tulip.bytes.Bytes;
import tulip.core.ExceptionGroup;
import tulip.core.LoopOptions.Engine;
import tulip.core.Tulip;
import tulip.net.ByteStream;
import tulip.net.Tcp;
import tulip.net.TcpOptions;
import tulip.testing.TulipTest;

@Timeout(20)
@TulipTest(engine = {Engine.CARRIER, Engine.BATON})
class ScriptedPeerTest {
  private interface Visit {
    void with(ByteStream stream) throws Exception;
  }

  /// A conversation with a scripted peer in memory.
  private static void converse(ScriptedPeer.Script script, Visit visit) throws Exception {
    var pair = ByteStream.pair();
    try (var _ = ScriptedPeer.on(pair.far(), script);
        var stream = pair.near()) {
      visit.with(stream);
    }
  }

  /// What the peer says of a conversation that goes wrong.
  private static String failure(ScriptedPeer.Script script, Visit visit) {
    var group = assertThrows(ExceptionGroup.class, () -> converse(script, visit));
    return message(assertInstanceOf(AssertionError.class, group.getCause()));
  }

  private static String message(Throwable failure) {
    return String.valueOf(failure.getMessage());
  }

  private static ByteStream connect(ScriptedPeer peer) throws IOException {
    return Tcp.connect(peer.address(), TcpOptions.DEFAULT);
  }

  @TulipTest
  void aConversationGoesAsWritten() throws Exception {
    converse(
        peer -> {
          peer.send("hello\n");
          peer.expect("who is");
          peer.expect(" there?\n");
          peer.send(Bytes.ofAscii("nobody\n"));
          peer.end();
          peer.expectEnd();
        },
        stream -> {
          assertEquals("hello", stream.readLine());
          stream.write("who is there?\n");
          assertEquals("nobody", stream.readLine());
          assertNull(stream.readLine());
        });
  }

  @TulipTest
  void itTakesPlaceOverTcpToo() throws Exception {
    try (var peer =
            ScriptedPeer.listen(
                first -> first.expect("1"),
                second -> {
                  second.expect("2");
                  second.send("two");
                });
        var one = connect(peer);
        var two = connect(peer)) {
      one.write("1");
      two.write("2");
      assertNull(one.read());
      assertEquals("two", two.readAll(10).ascii());
      assertThrows(IOException.class, () -> connect(peer).read());
    }
  }

  @TulipTest
  void aPauseLastsUntilTheTestSaysGo() throws Exception {
    var pair = ByteStream.pair();
    try (var peer =
            ScriptedPeer.on(
                pair.far(),
                far -> {
                  far.send("a");
                  far.pause();
                  far.send("b");
                  far.pause();
                });
        var stream = pair.near()) {
      peer.awaitPause();
      assertEquals(Bytes.ofAscii("a"), stream.read());
      var next = Tulip.createTask(() -> stream.read());
      Pairs.settle();
      assertTrue(!next.isDone());
      peer.go();
      assertEquals(Bytes.ofAscii("b"), next.await());
      peer.go();
    }
  }

  @TulipTest
  void aResetIsAReset() throws Exception {
    try (var peer =
            ScriptedPeer.listen(server -> {
              server.expect("x");
              server.reset();
            });
        var stream = connect(peer)) {
      stream.write("x");
      var e = assertThrows(IOException.class, stream::read);
      assertTrue(message(e).contains("reset"), e::toString);
    }
  }

  // Failures.

  @TulipTest
  void whatComesInsteadIsShown() {
    assertEquals(
        """
        step 2 of the script, expect b"EHLO mail\\r\\n": what has come differs from byte 5 on:
          expected: b"mail\\r\\n"
          came:     b"nail\\r\\n\"\
        """,
        failure(
            peer -> {
              peer.send("220 ready\r\n");
              peer.expect("EHLO mail\r\n");
            },
            stream -> {
              assertEquals("220 ready", stream.readLine());
              stream.write("EHLO nail\r\n");
            }));
  }

  @TulipTest
  void aFailureReachesATestThatWaits() {
    assertEquals(
        """
        step 1 of the script, expect b"yes", of which 1 bytes have come: what has come differs from byte 1 on:
          expected: b"es"
          came:     b"o\"\
        """,
        failure(
            peer -> peer.expect("yes"),
            stream -> {
              stream.write("y");
              stream.flush();
              Pairs.settle();
              stream.write("o");
              stream.read();
            }));
  }

  @TulipTest
  void anEndInsteadIsShown() {
    assertEquals(
        "step 1 of the script, expect b\"hello\", of which 2 bytes have come: the stream has ended"
            + " before b\"llo\"",
        failure(
            peer -> peer.expect("hello"),
            stream -> {
              stream.write("he");
              stream.close();
            }));
  }

  @TulipTest
  void bytesInsteadOfTheEndAreShown() {
    assertEquals(
        "step 1 of the script, expect the end: b\"x\" has come",
        failure(peer -> peer.expectEnd(), stream -> stream.write("x")));
  }

  @TulipTest
  void aScriptThatIsNotAtItsEndFails() {
    var error =
        assertThrows(
            AssertionError.class,
            () -> converse(peer -> peer.pause(), stream -> stream.write("more")));
    assertEquals(
        "the test is at its end, and the peer is not: step 1 of the script, pause",
        error.getMessage());
  }

  @TulipTest
  void thatNobodyConnectsIsAFailure() {
    var error =
        assertThrows(
            AssertionError.class,
            () -> {
              try (var peer = ScriptedPeer.listen(server -> server.expect("x"))) {
                assertTrue(peer.address().getPort() > 0);
              }
            });
    assertTrue(message(error).endsWith("nobody has connected"), error::toString);
  }

  @TulipTest
  void theTestsOwnFailureComesFirst() {
    var error =
        assertThrows(
            AssertionError.class,
            () ->
                converse(
                    peer -> peer.pause(),
                    stream -> {
                      throw new AssertionError("its own");
                    }));
    assertEquals("its own", error.getMessage());
    assertEquals(
        List.of("the test is at its end, and the peer is not: step 1 of the script, pause"),
        Arrays.stream(error.getSuppressed()).map(ScriptedPeerTest::message).toList());
  }
}
