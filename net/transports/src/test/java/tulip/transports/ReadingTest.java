// SPDX-License-Identifier: Apache-2.0
package tulip.transports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tulip.transports.Loopback.end;
import static tulip.transports.Loopback.settle;

import java.io.IOException;
import java.util.List;
import tulip.bytes.Bytes;
import tulip.core.EventLoop;
import tulip.core.LoopOptions.Engine;
import tulip.testing.TulipTest;

/// How a transport receives, and how it is held back.
@TulipTest(engine = {Engine.CARRIER, Engine.BATON})
class ReadingTest {
  @TulipTest
  void nothingIsReadBeforeThereIsSomething() throws Exception {
    var wire = new ScriptedWire();
    var recorder = new Recorder();
    wire.connect(recorder);
    settle();
    assertEquals(0, wire.reads);
    wire.arrive("x");
    recorder.await("data");
    end(recorder);
  }

  @TulipTest
  void aWakeForNothingIsNoData() throws Exception {
    var wire = new ScriptedWire();
    var recorder = new Recorder();
    wire.connect(recorder);
    settle();
    wire.wakeForNothing();
    settle();
    assertEquals(1, wire.reads);
    assertEquals(List.of("made"), recorder.events);
    wire.arrive("x");
    recorder.awaitText("x");
    end(recorder);
  }

  @TulipTest
  void aPausedTransportReceivesNothingUntilItIsResumed() throws Exception {
    var wire = new ScriptedWire();
    var recorder = new Recorder();
    var transport = wire.connect(recorder);
    assertTrue(transport.isReading());
    transport.pauseReading();
    transport.pauseReading();
    assertFalse(transport.isReading());
    wire.arrive("x");
    settle();
    assertEquals(0, wire.reads);
    transport.resumeReading();
    transport.resumeReading();
    assertTrue(transport.isReading());
    recorder.awaitText("x");
    end(recorder);
  }

  @TulipTest
  void whatComesBetweenThePauseAndItsEffectWaits() throws Exception {
    var wire = new ScriptedWire();
    var recorder = new Recorder();
    var transport = wire.connect(recorder);
    settle();
    wire.arrive("x"); // wakes the reader
    transport.pauseReading(); // before it has its turn
    settle();
    assertEquals(List.of("made"), recorder.events);
    transport.resumeReading();
    recorder.awaitText("x");
    end(recorder);
  }

  @TulipTest
  void aProtocolMayPauseInTheMidstOfItsData() throws Exception {
    var wire = new ScriptedWire();
    var recorder =
        new Recorder() {
          @Override
          public void dataReceived(Bytes data) throws Exception {
            super.dataReceived(data);
            transport().pauseReading();
          }
        };
    wire.connect(recorder);
    wire.arrive("one");
    wire.arrive("two");
    settle();
    assertEquals("one", recorder.text());
    recorder.transport().resumeReading();
    recorder.awaitText("onetwo");
    end(recorder);
  }

  @TulipTest
  void closingEndsReading() throws Exception {
    var wire = new ScriptedWire();
    wire.room = 0;
    var recorder = new Recorder();
    var transport = wire.connect(recorder);
    transport.write(Bytes.ofAscii("kept"));
    transport.close();
    assertFalse(transport.isReading());
    transport.resumeReading();
    transport.pauseReading();
    assertFalse(transport.isReading());
    wire.arrive("too late");
    settle();
    assertEquals(0, wire.reads);
    assertEquals(List.of("made"), recorder.events);
    end(recorder);
  }

  @TulipTest
  void aPausedTransportCanBeClosed() throws Exception {
    var wire = new ScriptedWire();
    var recorder = new Recorder();
    var transport = wire.connect(recorder);
    transport.pauseReading();
    settle();
    transport.close();
    recorder.await("lost");
    assertTrue(wire.closed);
  }

  @TulipTest
  void aBrokenConnectionIsLostWithItsCause() throws Exception {
    var wire = new ScriptedWire();
    var recorder = new Recorder();
    wire.connect(recorder);
    var reset = new IOException("Connection reset");
    wire.failReading(reset);
    recorder.await("lost");
    assertSame(reset, recorder.cause());
    assertEquals(List.of("made", "lost"), recorder.events);
    assertTrue(wire.closed);
  }

  @TulipTest
  void theEndComesOnceThoughItCouldBeReadForEver() throws Exception {
    var wire = new ScriptedWire();
    var recorder = new Recorder().keepingOpen();
    wire.connect(recorder);
    wire.end();
    recorder.await("eof");
    settle();
    assertEquals(1, wire.reads);
    assertEquals(List.of("made", "eof"), recorder.events);
    end(recorder);
    assertNull(recorder.cause());
  }

  @TulipTest
  void aPeerThatNeverStopsLeavesTurnsToOthers() throws Exception {
    var wire = new ScriptedWire();
    var flood = "x".repeat(64 * 1024);
    var recorder =
        new Recorder() {
          @Override
          public void dataReceived(Bytes data) {
            wire.arrive(flood);
          }
        };
    wire.connect(recorder);
    wire.arrive(flood);
    var called = new boolean[1];
    EventLoop.current().callSoon(() -> called[0] = true);
    settle();
    assertTrue(called[0]);
    assertTrue(wire.reads > 3, () -> wire.reads + " reads");
    end(recorder);
  }

  @TulipTest
  void whatWasWrittenLeavesBeforeTheReaderWaits() throws Exception {
    var wire = new ScriptedWire();
    var echo = new Echo();
    wire.connect(echo);
    wire.arrive("ping");
    echo.awaitText("ping");
    settle();
    assertEquals(List.of("ping"), wire.writes);
    end(echo);
  }
}
