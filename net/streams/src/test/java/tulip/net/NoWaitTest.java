// SPDX-License-Identifier: Apache-2.0
package tulip.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import tulip.bytes.Bytes;
import tulip.core.LoopOptions.Engine;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.testing.TulipTest;

/// Reading and writing for who must not wait.
@TulipTest(engine = {Engine.CARRIER, Engine.BATON})
class NoWaitTest {
  private static final StreamLimits SMALL = StreamLimits.DEFAULT.withInput(8).withOutput(8);
  private static final Bytes FIVE = Bytes.ofAscii("12345");

  private interface Exchange {
    void run(ByteStream near, ByteStream far) throws IOException;
  }

  private static void between(Exchange exchange) throws IOException {
    var pair = ByteStream.pair(SMALL);
    try {
      exchange.run(pair.near(), pair.far());
    } finally {
      pair.near().abort();
      pair.far().abort();
    }
  }

  @TulipTest
  void tryFillTakesWhatIsThere() throws IOException {
    between((near, far) -> {
      assertFalse(far.tryFill());
      near.write(FIVE);
      near.flush();
      assertTrue(far.tryFill());
      assertFalse(far.tryFill());
      assertEquals(FIVE, far.read());
    });
  }

  @TulipTest
  void tryFillTakesNoMoreThanTheLimit() throws IOException {
    between((near, far) -> {
      near.write(FIVE);
      near.flush();
      assertTrue(far.tryFill());
      near.write(FIVE);
      near.flush();
      assertTrue(far.tryFill());
      assertEquals(8, far.input().size());
      assertFalse(far.tryFill());
    });
  }

  @TulipTest
  void tryFillLeavesAReaderAlone(TaskGroup group) throws IOException {
    between((near, far) -> {
      var reading = group.start(() -> far.read());
      Tulip.yield();
      near.write(FIVE);
      near.flush();
      assertFalse(far.tryFill());
      assertEquals(FIVE, reading.await());
    });
  }

  @TulipTest
  void tryFillAtTheEnd() throws IOException {
    between((near, far) -> {
      near.closeOutput();
      assertFalse(far.tryFill());
      assertTrue(far.isAtEnd());
      far.abort();
      assertFalse(far.tryFill());
    });
  }

  @TulipTest
  void tryWriteWritesWhatThereIsRoomFor() throws IOException {
    between((near, far) -> {
      assertTrue(near.tryWrite(FIVE));
      assertFalse(near.tryWrite(FIVE));
      assertTrue(near.tryWrite(FIVE.slice(0, 3)));
      assertEquals("12345123", far.readExactly(8).ascii());
    });
  }

  @TulipTest
  void tryWriteWritesMuchIfNothingIsThere() throws IOException {
    between((near, far) -> {
      assertTrue(near.tryWrite(Bytes.wrap(new byte[100])));
      assertFalse(near.tryWrite(FIVE));
      far.readExactly(100);
      assertTrue(near.tryWrite(FIVE));
    });
  }

  @TulipTest
  void tryWriteGoesNotIntoTheMiddleOfAnother(TaskGroup group) throws IOException {
    between((near, far) -> {
      var writing = group.start(() -> near.write(new byte[100]));
      Tulip.yield();
      assertFalse(near.tryWrite(Bytes.ofAscii("x")));
      far.readExactly(100);
      writing.await();
      assertTrue(near.tryWrite(Bytes.ofAscii("x")));
      near.closeOutput();
      assertThrows(IOException.class, () -> near.tryWrite(FIVE));
    });
  }

  @TulipTest
  void takenSaysWhatThePeerMakesRoomFor(TaskGroup group) throws IOException {
    between((near, far) -> {
      assertEquals(0, near.taken());
      var writing = group.start(() -> near.write(new byte[1000]));
      Tulip.yield();
      long before = near.taken();
      assertTrue(before < 100, before + " bytes");
      far.readExactly(500);
      assertTrue(near.taken() >= 500, near.taken() + " bytes");
      far.readExactly(500);
      writing.await();
      assertEquals(1000, near.taken());
    });
  }
}
