// SPDX-License-Identifier: Apache-2.0
package tulip.net.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import tulip.bytes.Bytes;
import tulip.core.LoopOptions.Engine;
import tulip.core.Tulip;
import tulip.net.ByteStream;
import tulip.net.IncompleteReadException;
import tulip.net.LimitOverrunException;
import tulip.net.StreamLimits;
import tulip.testing.TulipTest;

/// Where reading ends: at a limit, at the end of the stream, behind its close.
@TulipTest(engine = {Engine.CARRIER, Engine.BATON})
class StreamReadingTest {
  private static final int LIMIT = 8;
  private static final Bytes STOP = Bytes.ofAscii("AAA");

  private ByteStream here;
  private ByteStream there;

  @BeforeEach
  void open() {
    var pair = ByteStream.pair(StreamLimits.DEFAULT.withInput(LIMIT));
    here = pair.near();
    there = pair.far();
  }

  @AfterEach
  void abort() {
    here.abort();
    there.abort();
  }

  private void sendAndEnd(String text) throws Exception {
    there.write(text);
    there.closeOutput();
  }

  // Limits.

  @TulipTest
  void aLineAsLongAsTheLimitIsRead() throws Exception {
    there.write("1234567\n12345678\n");
    assertEquals("1234567", here.readLine());
    var e = assertThrows(LimitOverrunException.class, here::readLine);
    assertEquals(LIMIT, e.limit());
  }

  @TulipTest
  void theLimitHoldsAlsoForWhatWasReceivedAhead() throws Exception {
    there.write("x12345678\nab;1234567890;");
    assertEquals("x", here.readExactly(1).ascii());
    assertThrows(LimitOverrunException.class, here::readLine);
    assertEquals("12345678\nab;", here.readExactly(12).ascii());
    assertThrows(LimitOverrunException.class, () -> here.readUntil(Bytes.ofAscii(";")));
    assertEquals("1234567890;", here.readExactly(11).ascii());
  }

  @TulipTest
  void readingGoesOnAfterALineThatWasTooLong() throws Exception {
    there.write("much too long\nshort\n");
    assertThrows(LimitOverrunException.class, here::readLine);
    assertEquals("much too long\n", here.readExactly(14).ascii());
    assertEquals("short", here.readLine());
  }

  @TulipTest
  void readingGoesOnAfterASeparatorThatWasTooFarAway() throws Exception {
    there.write("123456789AAAbAAA");
    assertThrows(LimitOverrunException.class, () -> here.readUntil(STOP));
    assertEquals("123456789AAA", here.readExactly(12).ascii());
    assertEquals("bAAA", here.readUntil(STOP).ascii());
  }

  @TulipTest
  void whoAsksForMoreThanTheLimitGetsWhatIsThere() throws Exception {
    there.write("0123456789");
    assertEquals(Bytes.ofAscii("0123456789"), here.read(100));
    there.write("0123456789");
    assertEquals(Bytes.ofAscii("01234567"), here.read());
    assertEquals(Bytes.ofAscii("89"), here.read());
  }

  @TulipTest
  void everythingMeansWhatWasReceivedAheadToo() throws Exception {
    sendAndEnd("line\n12345");
    assertEquals("line", here.readLine());
    assertThrows(LimitOverrunException.class, () -> here.readAll(4));
    assertThrows(LimitOverrunException.class, () -> here.readAll(4));
    assertEquals("12345", here.readAll(5).ascii());
  }

  @TulipTest
  void aStreamNeedsALimit() {
    assertThrows(IllegalArgumentException.class, () -> StreamLimits.DEFAULT.withInput(0));
    assertThrows(IllegalArgumentException.class, () -> StreamLimits.DEFAULT.withInput(-1));
  }

  @TulipTest
  void fewerThanNoBytesAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> here.readExactly(-1));
    assertThrows(IllegalArgumentException.class, () -> here.read(-1));
    assertThrows(IllegalArgumentException.class, () -> here.readAll(-1));
  }

  // Separators.

  @TulipTest
  void aSeparatorMayBeginInsideOfWhatOnlyLooksLikeOne() throws Exception {
    assertEquals("AAXAAA", readInPieces("AAX", "AA", "A"));
    assertEquals("AAXAAA", readInPieces("AAX", "A", "AA"));
    assertEquals("AAA", readInPieces("AAA"));
    assertEquals("XXXAAA", readInPieces("XXX", "A", "A", "A"));
  }

  private String readInPieces(String... pieces) throws Exception {
    var read = Tulip.createTask(() -> here.readUntil(STOP));
    for (var piece : pieces) {
      there.write(piece);
      Tulip.sleep(Duration.ofMillis(1));
    }
    return read.await().ascii();
  }

  // The end.

  @TulipTest
  void theEndBeforeTheSeparatorKeepsWhatCame() throws Exception {
    sendAndEnd("dataAA");
    var e = assertThrows(IncompleteReadException.class, () -> here.readUntil(STOP));
    assertEquals("dataAA", e.partial().ascii());
    assertTrue(here.isAtEnd());
    e = assertThrows(IncompleteReadException.class, () -> here.readUntil(STOP));
    assertTrue(e.partial().isEmpty());
  }

  @TulipTest
  void theEndBeforeTheLastByteKeepsWhatCame() throws Exception {
    var read = Tulip.createTask(() -> here.readExactly(7));
    Tulip.yield();
    sendAndEnd("12345");
    read.awaitDone();
    var e = assertInstanceOf(IncompleteReadException.class, read.exception());
    assertEquals("12345", e.partial().ascii());
    assertTrue(here.readExactly(0).isEmpty());
  }

  @TulipTest
  void theEndIsKnownWhenEverythingWasTaken() throws Exception {
    assertFalse(here.isAtEnd());
    there.write("a\n");
    assertEquals("a", here.readLine());
    assertFalse(here.isAtEnd());
    sendAndEnd("b\n");
    assertFalse(here.isAtEnd());
    assertEquals("b", here.readLine());
    assertNull(here.readLine());
    assertTrue(here.isAtEnd());
  }

  @TulipTest
  void aLineAndThenSomeBytes() throws Exception {
    there.write("one\ntwo\n");
    assertEquals("one", here.readLine());
    assertEquals(Bytes.ofAscii("tw"), here.read(2));
    assertEquals("o", here.readLine());
  }

  @TulipTest
  void aLoopOverTheLinesEndsWithTheStream() throws Exception {
    sendAndEnd("a\nb\nc");
    var lines = new StringBuilder();
    for (var line : here.lines()) {
      lines.append(line);
    }
    assertEquals("abc", lines.toString());
  }

  // The close.

  @TulipTest
  void aClosedStreamGivesNothingMore() throws Exception {
    sendAndEnd("ab\ncd\n");
    assertEquals("ab", here.readLine());
    assertTrue(here.input().size() > 0);
    here.close();
    assertThrows(ClosedChannelException.class, here::readLine);
    assertThrows(ClosedChannelException.class, here::read);
  }

  @TulipTest
  void aStreamThatWasClosedAtItsEndSaysThatItIsClosed() throws Exception {
    sendAndEnd("");
    assertNull(here.read());
    here.close();
    assertThrows(ClosedChannelException.class, here::read);
    assertThrows(ClosedChannelException.class, here::readLine);
    assertThrows(ClosedChannelException.class, () -> here.read(ByteBuffer.allocate(1)));
    assertThrows(ClosedChannelException.class, here::fill);
  }

  @TulipTest
  void whatAReaderHadReceivedGoesWithTheStream() throws Exception {
    var read = Tulip.createTask(() -> here.readExactly(5));
    there.write("abc");
    Tulip.sleep(Duration.ofMillis(1));
    assertEquals(3, here.input().size());
    here.abort();
    read.awaitDone();
    assertInstanceOf(ClosedChannelException.class, read.exception());
    assertTrue(here.input().isEmpty());
  }
}
