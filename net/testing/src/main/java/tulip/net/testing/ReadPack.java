// SPDX-License-Identifier: Apache-2.0
package tulip.net.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tulip.bytes.Bytes;
import tulip.net.ByteStream;
import tulip.net.IncompleteReadException;
import tulip.net.LimitOverrunException;
import tulip.net.LineEnding;
import tulip.net.MalformedLineException;

/// Reading: in pieces, exactly, up to a separator, by lines; the end; being cancelled.
abstract class ReadPack extends Pairs {
  private static final Bytes CRLF = Bytes.ofAscii("\r\n");

  /// Sends a text so that the peer may receive it in pieces of one byte.
  private static void trickle(ByteStream to, String text) throws Exception {
    for (int i = 0; i < text.length(); i++) {
      to.write(text.substring(i, i + 1));
      to.flush();
      settle();
    }
  }

  private static void sendAndEnd(ByteStream to, String text) throws Exception {
    to.write(text);
    to.close();
  }

  @Test
  void whatIsWrittenIsRead() throws Exception {
    assumeTrue(goesBothWays());
    run((here, there) -> {
      here.write("ping");
      assertEquals("ping", there.readExactly(4).ascii());
      there.write("pong");
      assertEquals("pong", here.readExactly(4).ascii());
    });
  }

  @Test
  void aReadTakesWhatHasComeAndNoMoreThanAsked() throws Exception {
    run((here, there) -> {
      here.write("abcdef");
      here.flush();
      assertTrue(there.fill());
      while (there.input().size() < 6) {
        assertTrue(there.fill());
      }
      assertEquals(Bytes.ofAscii("ab"), there.read(2));
      assertEquals("cdef", there.readExactly(4).ascii());
    });
  }

  @Test
  void aReadOfNothingIsRefused() throws Exception {
    run((here, there) -> {
      assertThrows(IllegalArgumentException.class, () -> here.read(0));
      assertThrows(
          IllegalArgumentException.class, () -> here.read(ByteBuffer.allocate(1).limit(0)));
    });
  }

  @Test
  void aReadWaitsForTheFirstByte() throws Exception {
    run((here, there) -> {
      var read = start(() -> there.readExactly(1));
      settle();
      assertFalse(read.isDone());
      here.write("x");
      assertEquals("x", read.await().ascii());
    });
  }

  @Test
  void aBufferIsReadInto() throws Exception {
    run((here, there) -> {
      here.write("abc");
      here.closeOutput();
      var target = ByteBuffer.allocate(10);
      while (target.position() < 3) {
        assertTrue(there.read(target) > 0);
      }
      assertEquals("abc", Bytes.copyOf(target.flip()).ascii());
      if (halfCloses()) {
        assertEquals(-1, there.read(target.clear()));
      }
    });
  }

  @Test
  void exactlySoManyBytesArrivePieceByPiece() throws Exception {
    run((here, there) -> {
      var read = start(() -> there.readExactly(5));
      trickle(here, "hello, world");
      assertEquals("hello", read.await().ascii());
      assertEquals(", world", there.readExactly(7).ascii());
    });
  }

  @Test
  void exactlyMoreThanTheInputLimitCanBeRead() throws Exception {
    run((here, there) -> {
      var all = pattern(20 * LIMITS.input());
      var write = start(() -> writeAndFlush(here, all));
      assertEquals(all, there.readExactly(all.length()));
      write.await();
    });
  }

  static Object writeAndFlush(ByteStream to, Bytes bytes) throws Exception {
    to.write(bytes);
    to.flush();
    return bytes;
  }

  @Test
  void theEndComesBehindTheLastByte() throws Exception {
    run((here, there) -> {
      var end = start(() -> close(here, "last"));
      assertEquals("last", there.readExactly(4).ascii());
      assertFalse(there.fill());
      assertNull(there.read());
      assertNull(there.readLine());
      assertTrue(there.isAtEnd());
      end.await();
    });
  }

  private static Object close(ByteStream stream, String last) throws Exception {
    sendAndEnd(stream, last);
    return last;
  }

  @Test
  void anEndInTheMiddleKeepsWhatCame() throws Exception {
    run((here, there) -> {
      sendAndEnd(here, "abc");
      var e = assertThrows(IncompleteReadException.class, () -> there.readExactly(5));
      assertEquals("abc", e.partial().ascii());
    });
  }

  @Test
  void everythingToTheEndIsReadWithinItsLimit() throws Exception {
    run((here, there) -> {
      sendAndEnd(here, "abcdef");
      assertEquals("abcdef", there.readAll(6).ascii());
    });
    run((here, there) -> {
      sendAndEnd(here, "abcdef");
      assertThrows(LimitOverrunException.class, () -> there.readAll(5));
    });
  }

  // Separators and lines.

  @Test
  void aSeparatorMayArriveInPieces() throws Exception {
    run((here, there) -> {
      var read = start(() -> there.readUntil(CRLF));
      trickle(here, "a\rb\r\nc");
      assertEquals("a\rb\r\n", read.await().ascii());
      assertEquals("c", there.readExactly(1).ascii());
    });
  }

  @Test
  void theSeparatorThatEndsFirstCounts() throws Exception {
    run((here, there) -> {
      here.write("a;b,c;");
      var comma = Bytes.ofAscii(",");
      var semicolon = Bytes.ofAscii(";");
      assertEquals("a;", there.readUntil(comma, semicolon).ascii());
      assertEquals("b,", there.readUntil(comma, semicolon).ascii());
      assertEquals("c;", there.readUntil(comma, semicolon).ascii());
    });
  }

  @Test
  void thereMustBeASeparator() throws Exception {
    run((here, there) -> {
      assertThrows(IllegalArgumentException.class, there::readUntil);
      assertThrows(IllegalArgumentException.class, () -> there.readUntil(Bytes.EMPTY));
    });
  }

  @Test
  void linesEndWithLfOrCrLf() throws Exception {
    run((here, there) -> {
      sendAndEnd(here, "one\ntwo\r\n\nthr\ree");
      var lines = new ArrayList<String>();
      there.lines().forEach(lines::add);
      assertEquals(List.of("one", "two", "", "thr\ree"), lines);
    });
  }

  @Test
  void aLineIsUtf8AndMalformedBytesDoNotHurt() throws Exception {
    run((here, there) -> {
      here.write("tulipán\n");
      here.write(new byte[] {'x', (byte) 0xFF, '\n'});
      assertEquals("tulipán", there.readLine());
      assertEquals("x\uFFFD", there.readLine());
    });
  }

  @Test
  void strictLinesRefuseBareCrAndBareLf() throws Exception {
    run((here, there) -> {
      here.write("good\r\nbad\n");
      assertEquals(Bytes.ofAscii("good"), there.readLine(LineEnding.CRLF));
      assertThrows(MalformedLineException.class, () -> there.readLine(LineEnding.CRLF));
    });
    run((here, there) -> {
      here.write("ba\rd\r\n");
      assertThrows(MalformedLineException.class, () -> there.readLine(LineEnding.CRLF));
    });
  }

  @Test
  void aStrictLineMayArriveInPieces() throws Exception {
    run((here, there) -> {
      var read = start(() -> there.readLine(LineEnding.CRLF));
      trickle(here, "ab\r\nc");
      assertEquals(Bytes.ofAscii("ab"), read.await());
    });
  }

  @Test
  void aLineThatIsTooLongIsRefusedAndStays() throws Exception {
    run((here, there) -> {
      var line = "x".repeat(LIMITS.input() + 1);
      var write = start(() -> writeAndFlush(here, Bytes.ofAscii(line)));
      var e = assertThrows(LimitOverrunException.class, there::readLine);
      assertEquals(LIMITS.input(), e.limit());
      assertEquals(line, there.readExactly(line.length()).ascii());
      write.await();
    });
  }

  // One reader, and its cancellation.

  @Test
  void aSecondReaderIsRefused() throws Exception {
    run((here, there) -> {
      var read = start(() -> there.readExactly(1));
      settle();
      assertThrows(IllegalStateException.class, there::read);
      here.write("x");
      assertEquals("x", read.await().ascii());
    });
  }

  @Test
  void aCancelledReadHasTakenNothing() throws Exception {
    run((here, there) -> {
      var read = start(() -> there.readExactly(10));
      here.write("01234");
      here.flush();
      while (there.input().size() < 5) {
        settle();
      }
      read.cancel();
      assertCancelled(read);
      here.write("56789");
      assertEquals("0123456789", there.readExactly(10).ascii());
    });
  }

  @Test
  void aCancelledReadOfALineHasTakenNothing() throws Exception {
    run((here, there) -> {
      for (int i = 0; i < 3; i++) {
        var read = start(there::readLine);
        here.write("ab");
        here.flush();
        while (there.input().size() < 2 * (i + 1)) {
          settle();
        }
        read.cancel();
        assertCancelled(read);
      }
      here.write("\n");
      assertEquals("ababab", there.readLine());
    });
  }
}
