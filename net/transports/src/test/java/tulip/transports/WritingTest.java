// SPDX-License-Identifier: Apache-2.0
package tulip.transports;

import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tulip.transports.Loopback.end;
import static tulip.transports.Loopback.settle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import tulip.bytes.Bytes;
import tulip.core.EventLoop;
import tulip.core.LoopOptions.Engine;
import tulip.net.StreamLimits;
import tulip.testing.TulipTest;

/// How a transport sends, ends and closes.
@TulipTest(engine = {Engine.CARRIER, Engine.BATON})
class WritingTest {
  private static Bytes text(String text) {
    return Bytes.ofLatin1(text);
  }

  @TulipTest
  void whatIsWrittenInOneIterationLeavesInOnePiece() throws Exception {
    var wire = new ScriptedWire();
    var recorder = new Recorder();
    var transport = wire.connect(recorder);
    transport.write(text("a"));
    transport.write(ByteBuffer.wrap("b".getBytes(StandardCharsets.US_ASCII)));
    transport.writeLines(List.of(text("c"), text("d")));
    assertEquals(4, transport.getWriteBufferSize());
    settle();
    assertEquals(List.of("abcd"), wire.writes);
    assertEquals(0, transport.getWriteBufferSize());
    end(recorder);
  }

  @TulipTest
  void aBufferIsWrittenFromItsPositionToItsLimit() throws Exception {
    var wire = new ScriptedWire();
    var recorder = new Recorder();
    var transport = wire.connect(recorder);
    var direct = ByteBuffer.allocateDirect(10);
    direct.put("0123456789".getBytes(StandardCharsets.US_ASCII)).position(3).limit(6);
    transport.write(direct);
    assertFalse(direct.hasRemaining());
    settle();
    assertEquals("345", wire.written());
    end(recorder);
  }

  @TulipTest
  void nothingIsNoWrite() throws Exception {
    var wire = new ScriptedWire();
    var recorder = new Recorder();
    var transport = wire.connect(recorder);
    transport.write(Bytes.EMPTY);
    transport.writeLines(List.of());
    settle();
    assertEquals(List.of(), wire.writes);
    end(recorder);
  }

  @TulipTest
  void whatTheWireDoesNotTakeLeavesInOrderWhenItCan() throws Exception {
    var wire = new ScriptedWire();
    wire.room = 2;
    var recorder = new Recorder();
    var transport = wire.connect(recorder);
    transport.write(text("abcd"));
    settle();
    transport.write(text("ef"));
    settle();
    assertEquals("ab", wire.written());
    assertEquals(4, transport.getWriteBufferSize());
    wire.makeRoom(3);
    settle();
    assertEquals("abcde", wire.written());
    wire.makeRoom(100);
    settle();
    assertEquals("abcdef", wire.written());
    assertEquals(0, transport.getWriteBufferSize());
    end(recorder);
  }

  @TulipTest
  void muchIsOfferedAtOnceAndOnlyTheRestIsKept() throws Exception {
    var wire = new ScriptedWire();
    wire.room = 500_000;
    var recorder = new Recorder();
    var transport = wire.connect(recorder);
    transport.write(text("first"));
    transport.write(Bytes.wrap(new byte[600_000]));
    assertEquals(500_000, wire.written().length());
    assertEquals(100_005, transport.getWriteBufferSize());
    assertTrue(wire.written().startsWith("first"));
    end(recorder);
  }

  @TulipTest
  void aFailingWriteLosesTheConnection() throws Exception {
    var wire = new ScriptedWire();
    var recorder = new Recorder();
    var transport = wire.connect(recorder);
    wire.writeFailure = new IOException("Broken pipe");
    transport.write(text("x"));
    assertEquals(List.of("made"), recorder.events);
    recorder.await("lost");
    assertSame(wire.writeFailure, recorder.cause());
  }

  @TulipTest
  void aLargeWriteThatFailsLosesTheConnectionToo() throws Exception {
    var wire = new ScriptedWire();
    var recorder = new Recorder();
    var transport = wire.connect(recorder);
    wire.writeFailure = new IOException("Broken pipe");
    var much = ByteBuffer.allocate(1_000_000);
    transport.write(much);
    assertFalse(much.hasRemaining());
    transport.write(text("more"));
    recorder.await("lost");
    assertSame(wire.writeFailure, recorder.cause());
  }

  @TulipTest
  void whatFailsWhileItWaitedLosesTheConnection() throws Exception {
    var wire = new ScriptedWire();
    wire.room = 0;
    var recorder = new Recorder();
    var transport = wire.connect(recorder);
    transport.write(text("x"));
    settle();
    var reset = new IOException("Connection reset");
    wire.failWriting(reset);
    recorder.await("lost");
    assertSame(reset, recorder.cause());
  }

  @TulipTest
  void aPausedReaderHearsOfAFailingWrite() throws Exception {
    var wire = new ScriptedWire();
    var recorder = new Recorder();
    var transport = wire.connect(recorder);
    transport.pauseReading();
    settle();
    wire.writeFailure = new IOException("Broken pipe");
    transport.write(text("x"));
    recorder.await("lost");
  }

  @TulipTest
  void writesThatComeTooLateAreIgnoredAndTheFifthIsLogged() throws Exception {
    var log = Logger.getLogger("tulip.transports");
    var records = new ArrayList<LogRecord>();
    var handler = new KeepingHandler(records);
    log.addHandler(handler);
    log.setUseParentHandlers(false);
    try {
      var wire = new ScriptedWire();
      var recorder = new Recorder();
      var transport = wire.connect(recorder);
      transport.close();
      for (int i = 0; i < 4; i++) {
        transport.write(text("x"));
      }
      assertEquals(0, records.size());
      recorder.await("lost");
      transport.write(text("x"));
      transport.write(text("x"));
      assertEquals(1, records.size());
      settle();
      assertEquals(List.of(), wire.writes);
    } finally {
      log.removeHandler(handler);
      log.setUseParentHandlers(true);
    }
  }

  private static final class KeepingHandler extends Handler {
    private final List<LogRecord> records;

    KeepingHandler(List<LogRecord> records) {
      this.records = records;
    }

    @Override
    public void publish(LogRecord record) {
      records.add(record);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @TulipTest
  void theEndComesBehindWhatWasWritten() throws Exception {
    var wire = new ScriptedWire();
    wire.room = 0;
    var recorder = new Recorder();
    var transport = wire.connect(recorder);
    assertTrue(transport.canWriteEof());
    transport.write(text("all"));
    transport.writeEof();
    transport.writeEof();
    settle();
    assertFalse(wire.outputEnded);
    wire.makeRoom(3);
    settle();
    assertTrue(wire.outputEnded);
    assertThrows(IllegalStateException.class, () -> transport.write(text("x")));
    wire.arrive("still heard");
    recorder.awaitText("still heard");
    end(recorder);
  }

  @TulipTest
  void theEndWithNothingInFrontComesAtOnce() throws Exception {
    var wire = new ScriptedWire();
    var recorder = new Recorder();
    wire.connect(recorder).writeEof();
    assertTrue(wire.outputEnded);
    end(recorder);
  }

  @TulipTest
  void theEndAfterClosingIsNothing() throws Exception {
    var wire = new ScriptedWire();
    wire.room = 0;
    var recorder = new Recorder();
    var transport = wire.connect(recorder);
    transport.write(text("x"));
    transport.close();
    transport.writeEof();
    wire.makeRoom(10);
    recorder.await("lost");
    assertFalse(wire.outputEnded);
    assertEquals("x", wire.written());
  }

  @TulipTest
  void closingDeliversWhatWasWritten() throws Exception {
    var wire = new ScriptedWire();
    wire.room = 1;
    var recorder = new Recorder();
    var transport = wire.connect(recorder);
    transport.write(text("abc"));
    transport.close();
    settle();
    assertFalse(wire.closed);
    assertEquals(List.of("made"), recorder.events);
    wire.makeRoom(2);
    recorder.await("lost");
    assertEquals("abc", wire.written());
    assertTrue(wire.closed);
    assertNull(recorder.cause());
  }

  @TulipTest
  void closingGivesUpWhenThePeerTakesNothing() throws Exception {
    var wire = new ScriptedWire();
    wire.room = 0;
    var recorder = new Recorder();
    var loop = EventLoop.current();
    long begin = loop.time();
    var transport = wire.connect(recorder, StreamLimits.DEFAULT.withClose(ofSeconds(7)));
    transport.write(text("abc"));
    transport.close();
    recorder.await("lost");
    assertEquals(ofSeconds(7).toNanos(), loop.time() - begin);
    var cause = Objects.requireNonNull(recorder.cause());
    assertTrue(cause.toString().contains("3 bytes were not sent"), cause::toString);
  }

  @TulipTest
  void abortingWhileClosingDropsTheRest() throws Exception {
    var wire = new ScriptedWire();
    wire.room = 0;
    var recorder = new Recorder();
    var transport = wire.connect(recorder);
    transport.write(text("abc"));
    transport.close();
    settle();
    transport.abort();
    assertTrue(wire.closed);
    assertEquals(0, transport.getWriteBufferSize());
    recorder.await("lost");
    assertNull(recorder.cause());
    assertEquals(List.of(), wire.writes);
  }

  @TulipTest
  void aFailureWhileClosingIsTheCause() throws Exception {
    var wire = new ScriptedWire();
    wire.room = 0;
    var recorder = new Recorder();
    var transport = wire.connect(recorder);
    transport.write(text("abc"));
    transport.close();
    settle();
    var reset = new IOException("Connection reset");
    wire.failWriting(reset);
    recorder.await("lost");
    assertSame(reset, recorder.cause());
  }
}
