// SPDX-License-Identifier: Apache-2.0
package tulip.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import tulip.core.LoopOptions.Engine;
import tulip.core.Scope;
import tulip.core.Tulip;

class TextReaderTest {
  private static final TextOptions SMALL = TextOptions.DEFAULT.withBlockSize(16);

  @TempDir Path folder;

  private Path file(String text) throws Exception {
    return file(text, StandardCharsets.UTF_8);
  }

  private Path file(String text, Charset charset) throws Exception {
    return Files.write(folder.resolve("text"), text.getBytes(charset));
  }

  private static List<String> lines(Path file, TextOptions options) throws Exception {
    var lines = new ArrayList<String>();
    try (var reader = TextReader.open(file, options)) {
      for (var line : reader) {
        lines.add(line);
      }
      assertNull(reader.readLine());
    }
    return lines;
  }

  @BothEngines
  void aLineEndsWithALineFeedAReturnOrBoth(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          var text = "a\nb\r\nc\rd\n\n\r\re\r\n\r\nlast";
          assertEquals(text.lines().toList(), lines(file(text), SMALL));
          assertEquals(List.of(), lines(file(""), SMALL));
          assertEquals(List.of(""), lines(file("\n"), SMALL));
          assertEquals(List.of("x"), lines(file("x\r\n"), SMALL));
        });
  }

  @BothEngines
  void linesAreThoseOfABufferedReaderHoweverTheBlocksCutThem(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          var random = new Random(3);
          var pieces =
              List.of("\n", "\r", "\r\n", "a", "ö", "€", "語", "😀", "a longer piece of text");
          for (var charset : List.of("UTF-8", "UTF-16", "UTF-32LE", "GB18030")) {
            for (int round = 0; round < 50; round++) {
              var text = new StringBuilder();
              for (int left = random.nextInt(100); left > 0; left--) {
                text.append(pieces.get(random.nextInt(pieces.size())));
              }
              var expected = new BufferedReader(new StringReader(text.toString())).lines().toList();
              var file = file(text.toString(), Charset.forName(charset));
              var options = SMALL.withCharset(Charset.forName(charset));
              int block = 16 + random.nextInt(20);
              assertEquals(expected, lines(file, options.withBlockSize(block)), charset);
            }
          }
        });
  }

  @BothEngines
  void aLongLineIsRefusedAfterThoseBeforeIt(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          var file = file("short\n" + "x".repeat(20) + "\n" + "y".repeat(21) + "\nlast");
          for (int block = 16; block < 80; block++) {
            var options = TextOptions.DEFAULT.withLineLimit(20).withBlockSize(block);
            try (var reader = TextReader.open(file, options)) {
              assertEquals("short", reader.readLine());
              assertEquals("x".repeat(20), reader.readLine());
              var error = assertThrows(FileLimitException.class, reader::readLine);
              assertEquals(
                  file + ": a line is longer than the limit of 20 characters", error.getMessage());
              assertThrows(FileLimitException.class, reader::readLine);
            }
          }
        });
  }

  @BothEngines
  void bytesThatAreNoTextAreAnErrorAfterTheLinesBeforeThem(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          var file = file("first\nsecond \u00ff\nthird", StandardCharsets.ISO_8859_1);
          try (var reader = TextReader.open(file)) {
            assertEquals("first", reader.readLine());
            assertThrows(MalformedInputException.class, reader::readLine);
            var iterator = reader.iterator();
            assertThrows(UncheckedIOException.class, iterator::hasNext);
          }
          var lenient = TextOptions.DEFAULT.withOnError(CodingErrorAction.REPLACE);
          assertEquals(List.of("first", "second \ufffd", "third"), lines(file, lenient));
          var latin = TextOptions.DEFAULT.withCharset(StandardCharsets.ISO_8859_1);
          assertEquals(List.of("first", "second \u00ff", "third"), lines(file, latin));
        });
  }

  @BothEngines
  void aCharacterThatIsCutOffByTheEndIsAnError(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          var file =
              Files.write(folder.resolve("cut"), new byte[] {'a', '\n', (byte) 0xe2, (byte) 0x82});
          try (var reader = TextReader.open(file)) {
            assertEquals("a", reader.readLine());
            assertThrows(MalformedInputException.class, reader::readLine);
          }
        });
  }

  @BothEngines
  void theNextBlockIsReadWhileTheLinesOfThisOneAreUsed(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          try (var reader = TextReader.open(file("line\n".repeat(100)), SMALL)) {
            var hops = Hops.install();
            hops.hold();
            var first = Tulip.createTask(reader::readLine);
            Tulip.yield();
            assertEquals(1, hops.held());
            hops.release();
            hops.hold();
            assertEquals("line", first.await());
            assertEquals(1, hops.held());
            hops.release();
          }
        });
  }

  @BothEngines
  void othersHaveATurnAfterEachBlock(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          Hops.install();
          var file = file("line\n".repeat(100));
          int[] turns = {0};
          var other =
              Tulip.createTask(() -> {
                while (true) {
                  turns[0]++;
                  Tulip.yield();
                }
              });
          assertEquals(100, lines(file, SMALL).size());
          assertTrue(turns[0] >= 500 / 16, () -> turns[0] + " turns");
          other.taskScope().cancel();
        });
  }

  @BothEngines
  void aCancelledWaitLosesNoLine(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          var text = "0123456789\n".repeat(30);
          try (var reader = TextReader.open(file(text), SMALL)) {
            var hops = Hops.install();
            var lines = new ArrayList<String>();
            while (lines.size() < 30) {
              hops.hold();
              var task = Tulip.createTask(reader::readLine);
              Tulip.yield();
              task.taskScope().cancel();
              task.awaitDone();
              hops.release();
              lines.add(task.isCancelled() ? reader.readLine() : task.result());
            }
            assertEquals(text.lines().toList(), lines);
            assertNull(reader.readLine());
          }
        });
  }

  @BothEngines
  void closingWaitsForTheBlockThatIsReadAhead(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          var hops = Hops.install();
          var reader = TextReader.open(file("line\n".repeat(100)), SMALL);
          hops.hold();
          var reading = Tulip.createTask(reader::readLine);
          Tulip.yield();
          var closing = Tulip.createTask(reader::close);
          Tulip.yield();
          closing.taskScope().cancel();
          Tulip.yield();
          assertEquals(List.of(folder.resolve("text").toString()), OnLoop.openIn(folder));
          hops.release();
          closing.awaitDone();
          assertEquals(List.of(), OnLoop.openIn(folder));
          reading.awaitDone();
          assertInstanceOf(ClosedChannelException.class, reading.exception());
          assertThrows(ClosedChannelException.class, reader::readLine);
          reader.close();
        });
  }

  @BothEngines
  void severalTasksShareTheLines(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          var text = new StringBuilder();
          for (int i = 0; i < 200; i++) {
            text.append(i).append('\n');
          }
          try (var reader = TextReader.open(file(text.toString()), SMALL)) {
            var parts =
                Tulip.gather(
                    List.of(1, 2, 3),
                    _ -> {
                      var part = new ArrayList<Integer>();
                      for (var line : reader) {
                        part.add(Integer.valueOf(line));
                        Tulip.yield();
                      }
                      return part;
                    });
            var all = parts.stream().flatMap(List::stream).sorted().toList();
            assertEquals(text.toString().lines().map(Integer::valueOf).toList(), all);
          }
        });
  }

  @BothEngines
  void aFailureOfWhatWasReadAheadIsNotReportedIfNobodyCameSoFar(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          var file = file("0123456789\n0123456789\n\u00ff", StandardCharsets.ISO_8859_1);
          try (var reader = TextReader.open(file, SMALL)) {
            assertEquals("0123456789", reader.readLine());
            Tulip.blocking(() -> {});
          }
        });
  }

  @BothEngines
  void theIteratorKnowsItsEnd(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          try (var reader = AsyncFiles.lines(file("one\n"))) {
            var iterator = reader.iterator();
            assertTrue(iterator.hasNext());
            assertTrue(iterator.hasNext());
            assertEquals("one", iterator.next());
            assertThrows(NoSuchElementException.class, iterator::next);
          }
        });
  }

  @BothEngines
  void aCancelledScopeThrowsBetweenBlocks(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          try (var reader = TextReader.open(file("line\n".repeat(100)), SMALL)) {
            int[] lines = {0};
            var task =
                Tulip.createTask(() -> {
                  for (var _ : reader) {
                    lines[0]++;
                    Scope.current().cancel();
                  }
                });
            task.awaitDone();
            assertTrue(task.isCancelled());
            assertTrue(lines[0] < 100);
          }
        });
  }
}
