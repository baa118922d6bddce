// SPDX-License-Identifier: Apache-2.0
package tulip.files;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import tulip.core.LoopOptions.Engine;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.core.sync.Event;

class TextWriterTest {
  private static final TextOptions SMALL = TextOptions.DEFAULT.withBlockSize(16);

  @TempDir Path folder;

  private Path path() {
    return folder.resolve("text");
  }

  @BothEngines
  void writesTextAndLines(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          try (var writer = TextWriter.open(path())) {
            writer.write("a");
            writer.writeLine("bc");
            writer.writeLine("ö");
          }
          var line = System.lineSeparator();
          assertEquals("abc" + line + "ö" + line, Files.readString(path()));
        });
  }

  @BothEngines
  void textIsKeptUntilABlockIsFull(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          try (var writer = TextWriter.open(path(), SMALL)) {
            writer.write("123456789");
            assertEquals(0, Files.size(path()));
            writer.flush();
            assertEquals(9, Files.size(path()));
            writer.write("x".repeat(100));
            assertEquals(109, Files.size(path()));
            writer.write("end");
          }
          assertEquals("123456789" + "x".repeat(100) + "end", Files.readString(path()));
        });
  }

  @BothEngines
  void aCharacterOfTwoHalvesMayComeInTwoWrites(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          for (var charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16)) {
            try (var writer = TextWriter.open(path(), SMALL.withCharset(charset))) {
              writer.write("\ud83d");
              writer.flush();
              writer.write("\ude00");
              writer.write("0123456789abcde\ud83d");
              writer.write("\ude00");
            }
            assertEquals("😀0123456789abcde😀", Files.readString(path(), charset));
          }
        });
  }

  @BothEngines
  void opensAsItIsTold(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          Files.writeString(path(), "old");
          try (var writer = TextWriter.open(path(), SMALL, APPEND)) {
            writer.write("+new");
          }
          assertEquals("old+new", Files.readString(path()));
          assertThrows(
              FileAlreadyExistsException.class, () -> TextWriter.open(path(), SMALL, CREATE_NEW));
          TextWriter.open(path()).close();
          assertEquals(0, Files.size(path()));
        });
  }

  @BothEngines
  void whatTheCharsetDoesNotHaveIsAnError(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          var ascii = SMALL.withCharset(StandardCharsets.US_ASCII);
          var writer = TextWriter.open(path(), ascii);
          writer.write("good ö bad");
          assertThrows(CharacterCodingException.class, writer::flush);
          var again = assertThrows(IOException.class, () -> writer.write("more"));
          assertTrue(again.toString().contains("what was written before could not be: "));
          assertThrows(IOException.class, writer::flush);
          writer.close();
          assertEquals("good ", Files.readString(path()));

          var late = TextWriter.open(path(), ascii);
          late.write("ö");
          assertThrows(CharacterCodingException.class, late::close);

          try (var lenient =
              TextWriter.open(path(), ascii.withOnError(CodingErrorAction.REPLACE))) {
            lenient.write("ö");
          }
          assertEquals("?", Files.readString(path()));
        });
  }

  @BothEngines
  void aClosedWriterRefusesText(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          var writer = TextWriter.open(path());
          writer.close();
          writer.close();
          assertThrows(ClosedChannelException.class, () -> writer.write("x"));
          assertThrows(ClosedChannelException.class, writer::flush);
        });
  }

  @BothEngines
  void textsOfSeveralTasksStayWhole(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          try (var writer = TextWriter.open(path(), SMALL)) {
            try (var group = TaskGroup.open()) {
              for (int i = 0; i < 5; i++) {
                var line = ("" + i).repeat(7) + "\n";
                group.start(() -> {
                  for (int round = 0; round < 50; round++) {
                    writer.write(line);
                  }
                });
              }
              group.join();
            }
          }
          var lines = Files.readAllLines(path());
          assertEquals(250, lines.size());
          assertTrue(lines.stream().allMatch(line -> line.matches("(\\d)\\1{6}")), lines::toString);
        });
  }

  @BothEngines
  void aCancelledWriteHasTakenItsTextOnce(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          var hops = Hops.install();
          try (var writer = TextWriter.open(path(), SMALL)) {
            hops.hold();
            var task = Tulip.createTask(() -> writer.write("0123456789abcdefg"));
            Tulip.yield();
            task.taskScope().cancel();
            Tulip.yield();
            hops.release();
            task.awaitDone();
            assertTrue(task.isCancelled());
            writer.write("next");
          }
          assertEquals("0123456789abcdefgnext", Files.readString(path()));
        });
  }

  @BothEngines
  void closingWritesTheRestInACancelledScopeToo(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          var written = new Event();
          var task =
              Tulip.createTask(() -> {
                try (var writer = TextWriter.open(path())) {
                  writer.write("rest");
                  written.set();
                  Tulip.sleepForever();
                }
              });
          written.await();
          task.taskScope().cancel();
          task.awaitDone();
          assertTrue(task.isCancelled());
          assertEquals("rest", Files.readString(path()));
        });
  }
}
