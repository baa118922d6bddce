// SPDX-License-Identifier: Apache-2.0
package tulip.transports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;
import tulip.core.ErrorContext;
import tulip.core.EventLoop;
import tulip.core.LoopOptions.Engine;
import tulip.core.Tulip;
import tulip.net.ByteStream;
import tulip.testing.TulipTest;

/// Receiving into the protocol's own memory.
@TulipTest(engine = {Engine.CARRIER, Engine.BATON})
class BufferedProtocolTest {
  private final List<ErrorContext> errors = new ArrayList<>();

  /// Receives into one small buffer, from the third byte on.
  private static class Filling implements BufferedProtocol {
    final List<String> events = new ArrayList<>();
    final List<Integer> hints = new ArrayList<>();
    final StringBuilder text = new StringBuilder();
    final ByteBuffer buffer = ByteBuffer.allocate(8);
    boolean keepsOpen;
    @Nullable Throwable cause;

    @Override
    public void connectionMade(Transport transport) {
      events.add("made");
    }

    @Override
    public ByteBuffer getBuffer(int sizeHint) {
      hints.add(sizeHint);
      return buffer.clear().position(3);
    }

    @Override
    public void bufferUpdated(int count) {
      events.add("updated " + count);
      assertEquals(3 + count, buffer.position());
      text.append(new String(buffer.array(), 3, count, StandardCharsets.US_ASCII));
    }

    @Override
    public boolean eofReceived() {
      events.add("eof");
      return keepsOpen;
    }

    @Override
    public void connectionLost(@Nullable Throwable why) {
      cause = why;
      events.add("lost");
    }

    void await(String event) {
      while (!events.contains(event)) {
        Tulip.yield();
      }
    }
  }

  @TulipTest
  void bytesGoWhereTheBufferStands() throws Exception {
    var wire = new ScriptedWire();
    var protocol = new Filling();
    wire.connect(protocol);
    wire.arrive("abc");
    protocol.await("updated 3");
    assertEquals("abc", protocol.text.toString());
    assertEquals(List.of(-1), protocol.hints);
    wire.end();
    protocol.await("lost");
    assertEquals(List.of("made", "updated 3", "eof", "lost"), protocol.events);
  }

  @TulipTest
  void moreThanTheBufferHoldsComesInPieces() throws Exception {
    var wire = new ScriptedWire();
    var protocol = new Filling();
    wire.connect(protocol);
    wire.arrive("abcdefgh");
    wire.end();
    protocol.await("lost");
    assertEquals(List.of("made", "updated 5", "updated 3", "eof", "lost"), protocol.events);
    assertEquals("abcdefgh", protocol.text.toString());
  }

  @TulipTest
  void whatIsThereAlreadyHasASize() throws Exception {
    var pair = ByteStream.pair();
    pair.far().write("line\nrest of it");
    pair.far().close();
    pair.near().readLine();
    var protocol = new Filling();
    Transports.connect(() -> protocol, pair.near());
    protocol.await("lost");
    assertEquals("rest of it", protocol.text.toString());
    assertEquals(List.of(10, 5, -1), protocol.hints);
  }

  @TulipTest
  void nothingIsNoUpdate() throws Exception {
    var wire = new ScriptedWire();
    var protocol = new Filling();
    var transport = wire.connect(protocol);
    Tulip.yield();
    wire.wakeForNothing();
    for (int i = 0; i < 20; i++) {
      Tulip.yield();
    }
    assertEquals(List.of("made"), protocol.events);
    transport.abort();
    protocol.await("lost");
  }

  @TulipTest
  void afterTheEndOfThePeerThisSideMayGoOn() throws Exception {
    var wire = new ScriptedWire();
    var protocol = new Filling();
    protocol.keepsOpen = true;
    var transport = wire.connect(protocol);
    wire.end();
    protocol.await("eof");
    transport.write(Bytes.ofAscii("answer"));
    transport.close();
    protocol.await("lost");
    assertEquals("answer", wire.written());
  }

  @TulipTest
  void aBrokenConnectionIsLostWithItsCause() throws Exception {
    var wire = new ScriptedWire();
    var protocol = new Filling();
    wire.connect(protocol);
    var reset = new IOException("Connection reset");
    wire.failReading(reset);
    protocol.await("lost");
    assertSame(reset, protocol.cause);
  }

  private void assertAborted(Filling protocol, String call) throws Exception {
    EventLoop.current().setExceptionHandler(errors::add);
    var wire = new ScriptedWire();
    wire.connect(protocol);
    wire.arrive("abc");
    wire.end();
    protocol.await("lost");
    assertEquals("lost", protocol.events.getLast());
    assertInstanceOf(IllegalStateException.class, protocol.cause);
    assertEquals(1, errors.size());
    assertTrue(errors.getFirst().message().startsWith(call), errors.getFirst()::message);
  }

  @TulipTest
  void aFailingGetBufferIsToldAndAborts() throws Exception {
    assertAborted(
        new Filling() {
          @Override
          public ByteBuffer getBuffer(int sizeHint) {
            throw new IllegalStateException("no");
          }
        },
        "getBuffer");
  }

  @TulipTest
  void aBufferWithoutRoomIsToldAndAborts() throws Exception {
    assertAborted(
        new Filling() {
          @Override
          public ByteBuffer getBuffer(int sizeHint) {
            return ByteBuffer.allocate(0);
          }
        },
        "getBuffer");
  }

  @TulipTest
  void aFailingBufferUpdatedIsToldAndAborts() throws Exception {
    assertAborted(
        new Filling() {
          @Override
          public void bufferUpdated(int count) {
            throw new IllegalStateException("no");
          }
        },
        "bufferUpdated");
  }

  @TulipTest
  void aFailingEofReceivedIsToldAndAborts() throws Exception {
    assertAborted(
        new Filling() {
          @Override
          public boolean eofReceived() {
            throw new IllegalStateException("no");
          }
        },
        "eofReceived");
  }

  @TulipTest
  void theKindOfProtocolMayChangeMidway() throws Exception {
    var wire = new ScriptedWire();
    var second = new Filling();
    var first =
        new Recorder() {
          @Override
          public void dataReceived(Bytes data) throws Exception {
            super.dataReceived(data);
            transport().setProtocol(second);
          }
        };
    wire.connect(first);
    wire.arrive("one");
    wire.arrive("two");
    wire.end();
    second.await("lost");
    assertEquals("one", first.text());
    assertEquals("two", second.text.toString());
    assertNull(second.cause);
  }
}
