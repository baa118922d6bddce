// SPDX-License-Identifier: Apache-2.0
package tulip.transports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tulip.bytes.Bytes;
import tulip.core.Cancelled;
import tulip.core.ContextVar;
import tulip.core.ErrorContext;
import tulip.core.EventLoop;
import tulip.core.LoopOptions.Engine;
import tulip.core.Tulip;
import tulip.core.sync.Event;
import tulip.net.ByteStream;
import tulip.testing.TulipTest;

/// In which order a protocol is called, and what its failures do.
@TulipTest(engine = {Engine.CARRIER, Engine.BATON})
class CallsTest {
  private final List<ErrorContext> errors = new ArrayList<>();

  private static <P extends StreamProtocol> Connection<P> connect(P protocol, ByteStream stream)
      throws IOException {
    return Transports.connect(() -> protocol, stream);
  }

  private void keepErrors() {
    EventLoop.current().setExceptionHandler(errors::add);
  }

  @TulipTest
  void connectionMadeComesBeforeTheResultAndDataComeAfterIt() throws Exception {
    var pair = ByteStream.pair();
    pair.far().write("early");
    pair.far().flush();
    var recorder = new Recorder();
    var connection = connect(recorder, pair.near());
    assertEquals(List.of("made"), recorder.events);
    assertSame(connection.transport(), recorder.transport());
    assertSame(recorder, connection.protocol());
    recorder.awaitText("early");
    connection.transport().abort();
    recorder.await("lost");
    pair.far().abort();
  }

  @TulipTest
  void dataThenTheEndThenTheLoss() throws Exception {
    var pair = ByteStream.pair();
    var recorder = new Recorder();
    connect(recorder, pair.near());
    pair.far().write("one ");
    pair.far().flush();
    Tulip.yield();
    pair.far().write("two");
    pair.far().close();
    recorder.await("lost");
    assertEquals(List.of("made", "data", "eof", "lost"), recorder.events);
    assertEquals("one two", recorder.text());
    assertNull(recorder.cause());
    assertTrue(recorder.transport().isClosing());
  }

  @TulipTest
  void afterTheEndOfThePeerThisSideMayGoOn() throws Exception {
    var pair = ByteStream.pair();
    var recorder = new Recorder().keepingOpen();
    var transport = connect(recorder, pair.near()).transport();
    pair.far().closeOutput();
    recorder.await("eof");
    assertFalse(transport.isClosing());
    transport.write(Bytes.ofAscii("answer"));
    transport.close();
    assertEquals("answer", pair.far().readAll(100).ascii());
    recorder.await("lost");
    assertEquals(List.of("made", "eof", "lost"), recorder.events);
    pair.far().abort();
  }

  @TulipTest
  void whatTheStreamHasReceivedIsTheProtocols() throws Exception {
    var pair = ByteStream.pair();
    pair.far().write("line\nrest");
    pair.far().flush();
    assertEquals("line", pair.near().readLine());
    var recorder = new Recorder();
    var transport = connect(recorder, pair.near()).transport();
    recorder.awaitText("rest");
    assertEquals("rest", recorder.text());
    assertTrue(pair.near().isClosed());
    transport.abort();
    pair.far().abort();
    recorder.await("lost");
  }

  @TulipTest
  void closingAndAbortingNeverCallBackInline() throws Exception {
    for (boolean abort : List.of(true, false)) {
      var pair = ByteStream.pair();
      var recorder = new Recorder();
      var transport = connect(recorder, pair.near()).transport();
      if (abort) {
        transport.abort();
      } else {
        transport.close();
      }
      assertEquals(List.of("made"), recorder.events);
      assertTrue(transport.isClosing());
      transport.close();
      transport.abort();
      recorder.await("lost");
      assertEquals(List.of("made", "lost"), recorder.events);
      assertNull(recorder.cause());
      pair.far().abort();
    }
  }

  @TulipTest
  void aCallMayAbortInTheMidstOfItself() throws Exception {
    var pair = ByteStream.pair();
    var recorder =
        new Recorder() {
          @Override
          public void connectionMade(Transport made) throws Exception {
            made.abort();
            super.connectionMade(made);
          }
        };
    assertTrue(connect(recorder, pair.near()).transport().isClosing());
    recorder.await("lost");
    assertEquals(List.of("made", "lost"), recorder.events);
    pair.far().abort();
  }

  @TulipTest
  void aCallMayWaitAndNoOtherComesMeanwhile() throws Exception {
    var pair = ByteStream.pair();
    var goOn = new Event();
    var recorder =
        new Recorder() {
          @Override
          public void dataReceived(Bytes data) throws Exception {
            super.dataReceived(data);
            goOn.await();
            record("went on");
          }
        };
    connect(recorder, pair.near());
    pair.far().write("x");
    pair.far().close();
    recorder.await("data");
    for (int i = 0; i < 20; i++) {
      Tulip.yield();
    }
    recorder.transport().abort();
    assertEquals(List.of("made", "data"), recorder.events);
    goOn.set();
    recorder.await("lost");
    assertEquals(List.of("made", "data", "went on", "lost"), recorder.events);
  }

  @TulipTest
  void callsHaveTheContextOfTheirCreator() throws Exception {
    var variable = ContextVar.of("who", "nobody");
    var pair = ByteStream.pair();
    var seen = new ArrayList<String>();
    var recorder =
        new Recorder() {
          @Override
          public void connectionMade(Transport made) throws Exception {
            super.connectionMade(made);
            seen.add(variable.get());
          }

          @Override
          public void dataReceived(Bytes data) throws Exception {
            super.dataReceived(data);
            seen.add(variable.get());
          }

          @Override
          public void connectionLost(@Nullable Throwable why) throws Exception {
            seen.add(variable.get());
            super.connectionLost(why);
          }
        };
    variable.set("creator");
    connect(recorder, pair.near());
    variable.set("later");
    pair.far().write("x");
    pair.far().close();
    recorder.await("lost");
    assertEquals(List.of("creator", "creator", "creator"), seen);
  }

  @TulipTest
  void aFailingConnectionMadeIsToldAndAborts() throws Exception {
    keepErrors();
    var pair = ByteStream.pair();
    var problem = new IllegalStateException("no");
    var recorder =
        new Recorder() {
          @Override
          public void connectionMade(Transport made) {
            throw problem;
          }
        };
    assertTrue(connect(recorder, pair.near()).transport().isClosing());
    recorder.await("lost");
    assertSame(problem, recorder.cause());
    assertToldOnce(problem, "connectionMade");
    pair.far().abort();
  }

  @TulipTest
  void aFailingDataReceivedIsToldAndAborts() throws Exception {
    keepErrors();
    var pair = ByteStream.pair();
    var problem = new IOException("no");
    var recorder =
        new Recorder() {
          @Override
          public void dataReceived(Bytes data) throws Exception {
            throw problem;
          }
        };
    connect(recorder, pair.near());
    pair.far().write("x");
    recorder.await("lost");
    assertEquals(List.of("made", "lost"), recorder.events);
    assertSame(problem, recorder.cause());
    assertToldOnce(problem, "dataReceived");
    assertNull(pair.far().read());
    pair.far().abort();
  }

  @TulipTest
  void aFailingEofReceivedIsToldAndAborts() throws Exception {
    keepErrors();
    var pair = ByteStream.pair();
    var problem = new IllegalStateException("no");
    var recorder =
        new Recorder() {
          @Override
          public boolean eofReceived() {
            throw problem;
          }
        };
    connect(recorder, pair.near());
    pair.far().close();
    recorder.await("lost");
    assertSame(problem, recorder.cause());
    assertToldOnce(problem, "eofReceived");
  }

  @TulipTest
  void aFailingConnectionLostIsTold() throws Exception {
    keepErrors();
    var pair = ByteStream.pair();
    var problem = new IllegalStateException("no");
    var recorder =
        new Recorder() {
          @Override
          public void connectionLost(@Nullable Throwable why) throws Exception {
            super.connectionLost(why);
            throw problem;
          }
        };
    connect(recorder, pair.near());
    pair.far().close();
    recorder.await("lost");
    while (errors.isEmpty()) {
      Tulip.yield();
    }
    assertToldOnce(problem, "connectionLost");
  }

  private void assertToldOnce(Throwable problem, String call) {
    assertEquals(1, errors.size());
    assertSame(problem, errors.getFirst().exception());
    assertTrue(errors.getFirst().message().startsWith(call), errors.getFirst()::message);
  }

  @TulipTest
  void whoIsCancelledBeforeConnectionMadeReturnsLeavesNothing() throws Exception {
    var pair = ByteStream.pair();
    var goOn = new Event();
    var recorder =
        new Recorder() {
          @Override
          public void connectionMade(Transport made) throws Exception {
            super.connectionMade(made);
            goOn.await();
          }
        };
    var connecting = Tulip.createTask(() -> connect(recorder, pair.near()));
    recorder.await("made");
    connecting.cancel();
    connecting.awaitDone();
    assertTrue(connecting.isCancelled());
    assertTrue(recorder.transport().isClosing());
    goOn.set();
    recorder.await("lost");
    pair.far().abort();
  }

  @TulipTest
  void aFactoryThatFailsClosesTheStream() throws Exception {
    var pair = ByteStream.pair();
    assertThrows(
        IllegalStateException.class,
        () ->
            Transports.connect(
                () -> {
                  throw new IllegalStateException("no protocol today");
                },
                pair.near()));
    assertNull(pair.far().read());
    pair.far().abort();
  }

  @TulipTest
  void theNextCallGoesToTheNewProtocol() throws Exception {
    var pair = ByteStream.pair();
    var second = new Recorder();
    second.record("in place of made");
    var first =
        new Recorder() {
          @Override
          public void dataReceived(Bytes data) throws Exception {
            super.dataReceived(data);
            transport().setProtocol(second);
          }
        };
    var transport = connect(first, pair.near()).transport();
    pair.far().write("one");
    first.await("data");
    assertSame(second, transport.getProtocol());
    pair.far().write("two");
    pair.far().close();
    second.await("lost");
    assertEquals("one", first.text());
    assertEquals("two", second.text());
    assertEquals(List.of("made", "data"), first.events);
  }

  @Test
  void theEndOfTheLoopLosesTheConnection() throws Exception {
    var recorder = new Recorder();
    Tulip.run(() -> {
      var pair = ByteStream.pair();
      connect(recorder, pair.near());
    });
    assertEquals(List.of("made", "lost"), recorder.events);
    assertInstanceOf(Cancelled.class, recorder.cause());
  }
}
