// SPDX-License-Identifier: Apache-2.0
package tulip.net.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import tulip.bytes.Bytes;
import tulip.core.Tulip;
import tulip.net.Attribute;

/// The end of a stream, of one side of it, and of those who wait there.
abstract class ClosePack extends WritePack {
  private static final Attribute<String> UNKNOWN = new Attribute<>("unknown", String.class);

  @Test
  void closingDeliversWhatWasWritten() throws Exception {
    run((here, there) -> {
      var all = pattern(LIMITS.output());
      var close =
          start(() -> {
            here.write(all);
            here.close();
            return all;
          });
      assertEquals(all, there.readExactly(all.length()));
      assertNull(there.read());
      close.await();
      assertTrue(here.isClosed());
    });
  }

  @Test
  void closingTwiceIsAllowed() throws Exception {
    run((here, there) -> {
      here.close();
      here.close();
      here.abort();
    });
  }

  @Test
  void aClosedStreamCannotBeUsed() throws Exception {
    run((here, there) -> {
      here.close();
      assertThrows(ClosedChannelException.class, here::read);
      assertThrows(ClosedChannelException.class, () -> here.write("x"));
      assertThrows(ClosedChannelException.class, here::flush);
    });
  }

  @Test
  void closingEndsTheReadersWait() throws Exception {
    assumeTrue(goesBothWays());
    run((here, there) -> {
      var read = start(here::read);
      settle();
      here.close();
      assertFails(ClosedChannelException.class, read);
    });
  }

  @Test
  void abortingEndsTheWritersWait() throws Exception {
    run((here, there) -> {
      var write = start(() -> writeAndFlush(here, pattern(MUCH)));
      settle();
      here.abort();
      assertFails(IOException.class, write);
    });
  }

  @Test
  void abortingWaitsForNobody() throws Exception {
    run((here, there) -> {
      var write = start(() -> writeAndFlush(here, pattern(MUCH)));
      settle();
      write.cancel();
      write.awaitDone();
      here.abort();
      assertEquals(0, here.unsent());
    });
  }

  @Test
  void closingGivesUpAfterItsLimit() throws Exception {
    run(
        LIMITS.withClose(Duration.ofMillis(20)),
        (here, there) -> {
          var write = start(() -> writeAndFlush(here, pattern(MUCH)));
          settle();
          write.cancel();
          write.awaitDone();
          var e = assertThrows(IOException.class, here::close);
          assertTrue(String.valueOf(e.getMessage()).contains("within"), e::toString);
        });
  }

  @Test
  void aCancelledCloseClosesNevertheless() throws Exception {
    run((here, there) -> {
      var write = start(() -> writeAndFlush(here, pattern(MUCH)));
      settle();
      write.cancel();
      write.awaitDone();
      var close =
          start(() -> {
            here.close();
            return true;
          });
      settle();
      close.cancel();
      assertCancelled(close);
      assertThrows(ClosedChannelException.class, here::read);
    });
  }

  @Test
  void thePeersEndIsNotOurs() throws Exception {
    assumeTrue(goesBothWays() && halfCloses());
    run((here, there) -> {
      here.write("question");
      here.closeOutput();
      here.closeOutput();
      assertThrows(IOException.class, () -> here.write("more"));
      assertEquals("question", there.readAll(100).ascii());
      there.write("answer");
      there.close();
      assertEquals("answer", here.readAll(100).ascii());
    });
  }

  @Test
  void theEndOfOutputWaitsForWritersBeforeIt() throws Exception {
    assumeTrue(halfCloses());
    run((here, there) -> {
      var all = pattern(MUCH);
      var write = start(() -> writeAndFlush(here, all));
      settle();
      var end =
          start(() -> {
            here.closeOutput();
            return true;
          });
      assertEquals(all, there.readExactly(MUCH));
      assertNull(there.read());
      write.await();
      end.await();
    });
  }

  @Test
  void writingToAPeerThatIsGoneFailsInTheEnd() throws Exception {
    run((here, there) -> {
      there.abort();
      assertThrows(
          IOException.class,
          () -> {
            while (true) {
              writeAndFlush(here, Bytes.ofAscii("x"));
              Tulip.yield();
            }
          });
      assertThrows(IOException.class, () -> here.write("y"));
    });
  }

  @Test
  void anUnknownFactIsNull() throws Exception {
    run((here, there) -> {
      assertNull(here.attribute(UNKNOWN));
      assertFalse(here.toString().isEmpty());
    });
  }
}
