// SPDX-License-Identifier: Apache-2.0
package tulip.transports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tulip.transports.Loopback.end;
import static tulip.transports.Loopback.settle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import tulip.bytes.Bytes;
import tulip.core.LoopOptions.Engine;
import tulip.testing.TulipTest;

/// Transports over pipes of the system.
@TulipTest(
    clock = TulipTest.Clock.REAL,
    engine = {Engine.CARRIER, Engine.BATON})
@Timeout(20)
class PipeTransportTest {
  private Pipe pipe;

  @BeforeEach
  void openPipe() throws IOException {
    pipe = Pipe.open();
  }

  @AfterEach
  void closePipe() throws IOException {
    pipe.source().close();
    pipe.sink().close();
  }

  private Recorder reader() throws IOException {
    return Transports.connectReadPipe(Recorder::new, pipe.source()).protocol();
  }

  private Recorder writer() throws IOException {
    return Transports.connectWritePipe(Recorder::new, pipe.sink()).protocol();
  }

  private void send(String text) throws IOException {
    pipe.sink().write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
  }

  @TulipTest
  void aReaderHearsWhatIsWrittenAndTheEnd() throws Exception {
    var reader = reader();
    send("one");
    reader.awaitText("one");
    send("two");
    reader.awaitText("onetwo");
    pipe.sink().close();
    reader.await("lost");
    assertEquals(List.of("made", "data", "eof", "lost"), reader.events);
    assertNull(reader.cause());
    assertFalse(pipe.source().isOpen());
  }

  @TulipTest
  void aReaderIsPausedAndResumed() throws Exception {
    var reader = reader();
    reader.transport().pauseReading();
    send("x");
    settle();
    assertEquals(List.of("made"), reader.events);
    reader.transport().resumeReading();
    reader.awaitText("x");
    end(reader);
  }

  @TulipTest
  void aReaderCannotBeWrittenTo() throws Exception {
    var reader = reader();
    assertThrows(IllegalStateException.class, () -> reader.transport().write(Bytes.ofAscii("x")));
    reader.transport().close();
    reader.await("lost");
    assertNull(reader.cause());
  }

  @TulipTest
  void aWriterWritesAndItsClosingIsTheEnd() throws Exception {
    var writer = writer();
    var reader = reader();
    writer.transport().write(Bytes.ofAscii("hello"));
    reader.awaitText("hello");
    writer.transport().close();
    reader.await("lost");
    writer.await("lost");
    assertEquals(List.of("made", "lost"), writer.events);
    assertNull(writer.cause());
  }

  @TulipTest
  void theEndOfTheOutputIsTheEndOfThePipe() throws Exception {
    var writer = writer();
    var reader = reader();
    assertTrue(writer.transport().canWriteEof());
    writer.transport().write(Bytes.ofAscii("all"));
    writer.transport().writeEof();
    reader.await("lost");
    assertEquals("all", reader.text());
    writer.transport().close();
    writer.await("lost");
    assertNull(writer.cause());
  }

  @TulipTest
  void aFullPipePausesTheWriterUntilSomebodyReads() throws Exception {
    var writer = writer();
    writer.transport().write(Bytes.wrap(new byte[1_000_000]));
    assertEquals(List.of("made", "pause"), writer.events);
    var reader = reader();
    writer.await("resume");
    writer.transport().close();
    reader.await("lost");
    assertEquals(1_000_000, reader.text().length());
  }

  @TulipTest
  void closingWritesTheRest() throws Exception {
    var writer = writer();
    writer.transport().write(Bytes.wrap(new byte[1_000_000]));
    writer.transport().close();
    var reader = reader();
    reader.await("lost");
    assertEquals(1_000_000, reader.text().length());
    writer.await("lost");
  }

  @TulipTest
  void thatTheReaderHasGoneIsFoundOutByWriting() throws Exception {
    var writer = writer();
    pipe.source().close();
    settle();
    writer.transport().write(Bytes.ofAscii("x"));
    writer.await("lost");
    assertInstanceOf(IOException.class, writer.cause());
  }

  @TulipTest
  void aWriterIsAborted() throws Exception {
    var writer = writer();
    writer.transport().write(Bytes.wrap(new byte[1_000_000]));
    writer.transport().abort();
    assertEquals(0, writer.transport().getWriteBufferSize());
    writer.await("lost");
    assertNull(writer.cause());
  }

  @TulipTest
  void aClosedPipeIsRefused() throws Exception {
    pipe.source().close();
    assertThrows(ClosedChannelException.class, this::reader);
  }
}
