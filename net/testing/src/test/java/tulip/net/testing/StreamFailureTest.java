// SPDX-License-Identifier: Apache-2.0
package tulip.net.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import tulip.bytes.Bytes;
import tulip.core.LoopOptions.Engine;
import tulip.core.Task;
import tulip.core.Tulip;
import tulip.net.ByteStream;
import tulip.net.StreamLimits;
import tulip.testing.TulipTest;

/// Who is told when a connection breaks under what was written, and that nobody is told twice.
@TulipTest(engine = {Engine.CARRIER, Engine.BATON})
class StreamFailureTest {
  private static final int LIMIT = 4096;
  private static final Bytes MUCH = Bytes.wrap(new byte[5 * LIMIT]);

  private ByteStream here;
  private ByteStream there;

  @BeforeEach
  void open() {
    var pair = ByteStream.pair(StreamLimits.DEFAULT.withOutput(LIMIT));
    here = pair.near();
    there = pair.far();
  }

  @AfterEach
  void abort() {
    here.abort();
    there.abort();
  }

  private static Task<Boolean> start(ByteStream stream, Bytes bytes) {
    return Tulip.createTask(() -> {
      stream.write(bytes);
      stream.flush();
      return true;
    });
  }

  private static void settle() {
    Tulip.sleep(Duration.ofMillis(1));
  }

  @TulipTest
  void flushingTells() throws Exception {
    there.abort();
    here.write("lost");
    assertThrows(IOException.class, here::flush);
    assertThrows(IOException.class, here::flush);
    here.close();
  }

  @TulipTest
  void closingTellsWhatNobodyWasTold() throws Exception {
    there.abort();
    here.write("lost");
    assertThrows(IOException.class, here::close);
    here.close();
  }

  @TulipTest
  void theNextWriteTells() throws Exception {
    there.abort();
    here.write("lost");
    settle();
    assertThrows(IOException.class, () -> here.write("more"));
    var again = assertThrows(IOException.class, () -> here.write("more"));
    assertNotNull(again.getCause());
    here.close();
  }

  @TulipTest
  void endingTheOutputTells() throws Exception {
    there.abort();
    here.write("lost");
    assertThrows(IOException.class, here::closeOutput);
  }

  @TulipTest
  void allWhoWaitForRoomAreTold() throws Exception {
    var writers = List.of(start(here, MUCH), start(here, MUCH), start(here, MUCH));
    settle();
    there.abort();
    for (var writer : writers) {
      writer.awaitDone();
      assertInstanceOf(IOException.class, writer.exception());
    }
  }

  @TulipTest
  void severalTasksMayFlushAtOnce() throws Exception {
    var writers = List.of(start(here, MUCH), start(here, Bytes.ofAscii("x")));
    settle();
    assertFalse(writers.get(0).isDone());
    assertEquals(MUCH, there.readExactly(MUCH.length()));
    assertEquals("x", there.readExactly(1).ascii());
    writers.forEach(writer -> assertTrue(writer.await()));
  }

  // Closing, while others write.

  private static Task<Boolean> close(ByteStream stream) {
    return Tulip.createTask(() -> {
      stream.close();
      return true;
    });
  }

  @TulipTest
  void aWriteThatHasBegunIsDeliveredWhole() throws Exception {
    var write = start(here, MUCH);
    var next = start(here, MUCH);
    settle();
    var close = close(here);
    settle();
    assertThrows(ClosedChannelException.class, () -> here.write("late"));
    assertEquals(MUCH, there.readAll(10 * MUCH.length()));
    assertTrue(close.await());
    write.awaitDone();
    next.awaitDone();
    assertInstanceOf(ClosedChannelException.class, next.exception());
  }

  @TulipTest
  void abortingEndsAClose() throws Exception {
    here.write(MUCH.slice(0, LIMIT));
    there.write("x");
    var write = start(here, MUCH);
    settle();
    var close = close(here);
    settle();
    here.abort();
    close.awaitDone();
    write.awaitDone();
    assertInstanceOf(ClosedChannelException.class, write.exception());
    assertThrows(IOException.class, () -> there.readExactly(2 * MUCH.length()));
  }

  // TLS.

  /// TLS keeps a record that the wire below has no room for.
  @TulipTest
  void flushingWaitsForTheLastRecord() throws Exception {
    var server =
        Tulip.createTask(() -> {
          there.startTls(Certificates.SERVER);
          return true;
        });
    here.startTls(Certificates.CLIENT, "localhost");
    server.await();
    var flush = start(here, MUCH.slice(0, 2 * LIMIT));
    settle();
    assertFalse(flush.isDone());
    assertEquals(2 * LIMIT, there.readExactly(2 * LIMIT).length());
    assertTrue(flush.await());
  }

  @TulipTest
  void whatCameBeforeTheEndIsReadWhenNothingCanBeWritten() throws Exception {
    there.write("last words");
    there.close();
    here.write("lost");
    assertThrows(IOException.class, here::flush);
    assertEquals("last words", here.readAll(100).ascii());
    assertNull(here.read());
  }
}
