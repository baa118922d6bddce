// SPDX-License-Identifier: Apache-2.0
package tulip.transports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tulip.transports.Loopback.end;
import static tulip.transports.Loopback.settle;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tulip.bytes.Bytes;
import tulip.core.ErrorContext;
import tulip.core.EventLoop;
import tulip.core.LoopOptions.Engine;
import tulip.testing.TulipTest;

/// When a protocol is asked to stop writing, and when to go on.
@TulipTest(engine = {Engine.CARRIER, Engine.BATON})
class FlowControlTest {
  private static final WriteBufferLimits SMALL = new WriteBufferLimits(10, 20);

  private static Bytes bytes(int count) {
    return Bytes.wrap(new byte[count]);
  }

  @Test
  void limitsThatAreNotSaidFollowFromTheOther() {
    assertEquals(new WriteBufferLimits(16, 64), WriteBufferLimits.ofHigh(64));
    assertEquals(new WriteBufferLimits(16, 64), WriteBufferLimits.ofLow(16));
    assertEquals(new WriteBufferLimits(0, 0), WriteBufferLimits.ofHigh(0));
  }

  @Test
  void limitsThatMakeNoSenseAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new WriteBufferLimits(2, 1));
    assertThrows(IllegalArgumentException.class, () -> new WriteBufferLimits(-1, 1));
    assertThrows(IllegalArgumentException.class, () -> WriteBufferLimits.ofHigh(-4));
  }

  @TulipTest
  void theUsualLimitsAreThoseOfTheStream() throws Exception {
    var recorder = new Recorder();
    var transport = new ScriptedWire().connect(recorder);
    assertEquals(new WriteBufferLimits(16 * 1024, 64 * 1024), transport.getWriteBufferLimits());
    end(recorder);
  }

  @TulipTest
  void aboveTheUpperLimitWritingPausesAndAtTheLowerItResumes() throws Exception {
    var wire = new ScriptedWire();
    wire.room = 0;
    var recorder = new Recorder();
    var transport = wire.connect(recorder);
    transport.setWriteBufferLimits(SMALL);
    transport.write(bytes(20));
    assertEquals(List.of("made"), recorder.events);
    transport.write(bytes(1));
    assertEquals(List.of("made", "pause"), recorder.events);
    transport.write(bytes(9));
    wire.makeRoom(19);
    settle();
    assertEquals(11, transport.getWriteBufferSize());
    assertEquals(List.of("made", "pause"), recorder.events);
    wire.makeRoom(1);
    settle();
    assertEquals(List.of("made", "pause", "resume"), recorder.events);
    end(recorder);
  }

  @TulipTest
  void whatTheWireTakesAtOnceIsNeverTooMuch() throws Exception {
    var wire = new ScriptedWire();
    var recorder = new Recorder();
    var transport = wire.connect(recorder);
    transport.setWriteBufferLimits(new WriteBufferLimits(0, 0));
    transport.write(bytes(1_000_000));
    transport.write(bytes(1));
    assertEquals(List.of("made"), recorder.events);
    end(recorder);
  }

  @TulipTest
  void withoutLimitsEveryByteThatWaitsPauses() throws Exception {
    var wire = new ScriptedWire();
    wire.room = 3;
    var recorder = new Recorder();
    var transport = wire.connect(recorder);
    transport.setWriteBufferLimits(new WriteBufferLimits(0, 0));
    transport.write(bytes(4));
    assertEquals(List.of("made", "pause"), recorder.events);
    wire.makeRoom(1);
    settle();
    assertEquals(List.of("made", "pause", "resume"), recorder.events);
    end(recorder);
  }

  @TulipTest
  void newLimitsHoldAtOnce() throws Exception {
    var wire = new ScriptedWire();
    wire.room = 0;
    var recorder = new Recorder();
    var transport = wire.connect(recorder);
    transport.write(bytes(100));
    settle();
    transport.setWriteBufferLimits(SMALL);
    assertEquals(SMALL, transport.getWriteBufferLimits());
    assertEquals(List.of("made", "pause"), recorder.events);
    transport.setWriteBufferLimits(new WriteBufferLimits(100, 200));
    assertEquals(List.of("made", "pause", "resume"), recorder.events);
    end(recorder);
  }

  @TulipTest
  void aLostConnectionDoesNotResume() throws Exception {
    var wire = new ScriptedWire();
    wire.room = 0;
    var recorder = new Recorder();
    var transport = wire.connect(recorder);
    transport.setWriteBufferLimits(SMALL);
    transport.write(bytes(100));
    transport.abort();
    recorder.await("lost");
    settle();
    assertEquals(List.of("made", "pause", "lost"), recorder.events);
  }

  @TulipTest
  void resumingComesWhileAnotherCallWaits() throws Exception {
    var wire = new ScriptedWire();
    wire.room = 0;
    var recorder =
        new Recorder() {
          @Override
          public void dataReceived(Bytes data) throws Exception {
            super.dataReceived(data);
            transport().setWriteBufferLimits(SMALL);
            transport().write(bytes(100));
            await("resume");
            record("went on");
          }
        };
    wire.connect(recorder);
    wire.arrive("x");
    recorder.await("pause");
    wire.makeRoom(100);
    recorder.await("went on");
    assertEquals(List.of("made", "data", "pause", "resume", "went on"), recorder.events);
    end(recorder);
  }

  @TulipTest
  void aProtocolMayWriteToAnotherTransportWhenItResumes() throws Exception {
    var wire = new ScriptedWire();
    wire.room = 0;
    var otherWire = new ScriptedWire();
    var other = new Recorder();
    var otherTransport = otherWire.connect(other);
    var recorder =
        new Recorder() {
          @Override
          public void resumeWriting() throws Exception {
            super.resumeWriting();
            otherTransport.write(Bytes.ofAscii("resumed"));
          }
        };
    var transport = wire.connect(recorder);
    transport.setWriteBufferLimits(SMALL);
    transport.write(bytes(100));
    wire.makeRoom(100);
    recorder.await("resume");
    settle();
    assertEquals("resumed", otherWire.written());
    end(recorder);
    end(other);
  }

  @TulipTest
  void aFailureToPauseIsToldAndAborts() throws Exception {
    var errors = new ArrayList<ErrorContext>();
    EventLoop.current().setExceptionHandler(errors::add);
    var wire = new ScriptedWire();
    wire.room = 0;
    var problem = new IllegalStateException("no");
    var recorder =
        new Recorder() {
          @Override
          public void pauseWriting() {
            throw problem;
          }
        };
    var transport = wire.connect(recorder);
    transport.setWriteBufferLimits(SMALL);
    transport.write(bytes(100));
    assertTrue(transport.isClosing());
    recorder.await("lost");
    assertSame(problem, recorder.cause());
    assertEquals(1, errors.size());
  }
}
