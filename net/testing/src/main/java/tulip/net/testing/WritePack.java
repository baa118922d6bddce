// SPDX-License-Identifier: Apache-2.0
package tulip.net.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tulip.bytes.Bytes;
import tulip.core.Task;
import tulip.net.ByteStream;

/// Writing: order, back-pressure, several writers, being cancelled, files.
abstract class WritePack extends ReadPack {
  @Test
  void writesKeepTheirOrder() throws Exception {
    run((here, there) -> {
      here.write("a");
      here.write(new byte[] {'b'});
      here.write(Bytes.ofAscii("c"));
      here.write(ByteBuffer.wrap(new byte[] {'d'}));
      here.writeAll(List.of(Bytes.ofAscii("e"), Bytes.EMPTY, Bytes.ofAscii("f")));
      assertEquals("abcdef", there.readExactly(6).ascii());
    });
  }

  @Test
  void aWrittenBufferIsUsedUp() throws Exception {
    run((here, there) -> {
      var source = ByteBuffer.wrap(new byte[] {'x', 'a', 'b'}).position(1);
      here.write(source);
      assertFalse(source.hasRemaining());
      assertEquals("ab", there.readExactly(2).ascii());
    });
  }

  @Test
  void writingNothingIsAllowed() throws Exception {
    run((here, there) -> {
      here.write("");
      here.flush();
      here.write("x");
      assertEquals("x", there.readExactly(1).ascii());
    });
  }

  @Test
  void anArrayMayBeChangedAfterItWasWritten() throws Exception {
    run((here, there) -> {
      byte[] array = {'a'};
      here.write(array);
      array[0] = 'b';
      assertEquals("a", there.readExactly(1).ascii());
    });
  }

  @Test
  void whoWritesMuchWaitsForTheReader() throws Exception {
    run((here, there) -> {
      var all = pattern(MUCH);
      var write = start(() -> writeAndFlush(here, all));
      settle();
      assertFalse(write.isDone());
      assertTrue(here.unsent() <= LIMITS.output(), here.unsent() + " bytes wait");
      assertEquals(all, there.readExactly(MUCH));
      write.await();
      assertEquals(0, here.unsent());
    });
  }

  @Test
  void bothSidesMayWriteMuchAtOnce() throws Exception {
    assumeTrue(goesBothWays());
    run((here, there) -> {
      var all = pattern(MUCH / 4);
      var writes =
          List.of(start(() -> writeAndFlush(here, all)), start(() -> writeAndFlush(there, all)));
      var read = start(() -> here.readExactly(all.length()));
      assertEquals(all, there.readExactly(all.length()));
      assertEquals(all, read.await());
      writes.forEach(Task::await);
    });
  }

  @Test
  void severalWritersDoNotMix() throws Exception {
    run((here, there) -> {
      int size = 300_000;
      var writers = new ArrayList<Task<?>>();
      for (int i = 0; i < 10; i++) {
        var piece = Bytes.ofAscii(String.valueOf((char) ('a' + i)).repeat(size));
        writers.add(start(() -> writeAndFlush(here, piece)));
      }
      for (int i = 0; i < 10; i++) {
        var piece = there.readExactly(size).ascii();
        assertEquals(piece.substring(0, 1).repeat(size), piece);
      }
      writers.forEach(Task::await);
    });
  }

  @Test
  void aCancelledWriteIsSentWhole() throws Exception {
    run((here, there) -> {
      var all = pattern(MUCH);
      var write = start(() -> writeAndFlush(here, all));
      settle();
      write.cancel();
      assertCancelled(write);
      var next = start(() -> writeAndFlush(here, Bytes.ofAscii("next")));
      assertEquals(all, there.readExactly(MUCH));
      assertEquals("next", there.readExactly(4).ascii());
      next.await();
    });
  }

  @Test
  void aWriteThatIsCancelledInTheLineIsNotSent() throws Exception {
    run((here, there) -> {
      var all = pattern(MUCH);
      var first = start(() -> writeAndFlush(here, all));
      settle();
      var second = start(() -> writeAndFlush(here, pattern(LIMITS.output() + 1)));
      var third = start(() -> writeAndFlush(here, Bytes.ofAscii("third")));
      settle();
      second.cancel();
      assertCancelled(second);
      assertEquals(all, there.readExactly(MUCH));
      assertEquals("third", there.readExactly(5).ascii());
      first.await();
      third.await();
    });
  }

  @Test
  void aStreamIsCopiedToAnother() throws Exception {
    assumeTrue(goesBothWays());
    run((here, there) -> {
      var all = pattern(MUCH / 4);
      var echo = start(() -> there.transferTo(there));
      var write =
          start(() -> {
            here.write(all);
            here.closeOutput();
            return all;
          });
      assertEquals(all, here.readExactly(all.length()));
      write.await();
      if (halfCloses()) {
        assertEquals(all.length(), echo.await());
      } else {
        echo.cancel();
        echo.awaitDone();
      }
    });
  }

  @Test
  void copiersDoNotMixTheirBytes() throws Exception {
    assumeTrue(goesBothWays());
    run((here, there) -> {
      var one = pattern(MUCH / 8);
      var two = pattern(MUCH / 8 + 1).slice(1);
      var pair = ByteStream.pair(LIMITS);
      var echoes =
          List.of(
              start(() -> there.transferTo(there)), start(() -> pair.far().transferTo(pair.far())));
      var writes =
          List.of(
              start(() -> writeAndFlush(here, one)), start(() -> writeAndFlush(pair.near(), two)));
      var read = start(() -> here.readExactly(one.length()));
      assertEquals(two, pair.near().readExactly(two.length()));
      assertEquals(one, read.await());
      writes.forEach(Task::await);
      echoes.forEach(Task::cancel);
      echoes.forEach(Task::awaitDone);
    });
  }

  @Test
  void whatIsCopiedWaitsBehindAWriteThatHasBegun() throws Exception {
    assumeTrue(goesBothWays());
    run((here, there) -> {
      var all = pattern(MUCH);
      var first = start(() -> writeAndFlush(there, all));
      settle();
      here.write("next");
      var echo = start(() -> there.transferTo(there));
      settle();
      assertEquals(all, here.readExactly(MUCH));
      assertEquals("next", here.readExactly(4).ascii());
      first.await();
      echo.cancel();
      echo.awaitDone();
    });
  }

  // Files.

  @Test
  void aPartOfAFileIsSent(@TempDir Path folder) throws Exception {
    var all = pattern(MUCH / 4);
    var path = Files.write(folder.resolve("file"), all.toByteArray());
    run((here, there) -> {
      try (var file = FileChannel.open(path)) {
        here.write("<");
        var send = start(() -> here.sendFile(file, 10, all.length() - 20L));
        assertEquals("<", there.readExactly(1).ascii());
        assertEquals(all.slice(10, all.length() - 10), there.readExactly(all.length() - 20));
        assertEquals(all.length() - 20L, send.await());
        here.write(">");
        assertEquals(">", there.readExactly(1).ascii());
      }
    });
  }

  @Test
  void aFileThatEndsEarlySaysSo(@TempDir Path folder) throws Exception {
    var path = Files.writeString(folder.resolve("file"), "abc");
    run((here, there) -> {
      try (var file = FileChannel.open(path)) {
        assertEquals(2, here.sendFile(file, 1, 100));
        assertEquals(0, here.sendFile(file, 50, 100));
        assertEquals("bc", there.readExactly(2).ascii());
      }
    });
  }

  @Test
  void aFileThatWasCutBreaksTheStream(@TempDir Path folder) throws Exception {
    var path = Files.write(folder.resolve("file"), pattern(MUCH).toByteArray());
    run((here, there) -> {
      try (var file = FileChannel.open(path)) {
        var send = start(() -> here.sendFile(file, 0, MUCH));
        there.readExactly(1);
        send.cancel();
        assertCancelled(send);
        assertThrows(IOException.class, () -> here.write("x"));
      }
    });
  }
}
