// SPDX-License-Identifier: Apache-2.0
package tulip.files;

import static java.nio.file.FileVisitOption.FOLLOW_LINKS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import tulip.core.LoopOptions.Engine;
import tulip.core.Tulip;

class ListingTest {
  @TempDir Path folder;

  private void tree() throws Exception {
    Files.createDirectories(folder.resolve("src/main"));
    for (var name : List.of("A.java", "src/B.java", "src/main/C.java", "src/main/d.txt")) {
      Files.writeString(folder.resolve(name), name);
    }
  }

  private Set<String> names(Listing<Path> listing) throws Exception {
    var names = new TreeSet<String>();
    try (listing) {
      for (var path : listing) {
        assertTrue(names.add(folder.relativize(path).toString()));
      }
      assertNull(listing.next());
    }
    return names;
  }

  @BothEngines
  void listsFoldersAndTrees(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          tree();
          assertEquals(Set.of("A.java", "src"), names(AsyncFiles.list(folder)));
          assertEquals(
              Set.of(
                  "",
                  "A.java",
                  "src",
                  "src/B.java",
                  "src/main",
                  "src/main/C.java",
                  "src/main/d.txt"),
              names(AsyncFiles.walk(folder)));
          assertEquals(Set.of("", "A.java", "src"), names(AsyncFiles.walk(folder, 1)));
          assertEquals(
              Set.of("src/main/d.txt"),
              names(AsyncFiles.find(folder, 9, (path, _) -> path.toString().endsWith(".txt"))));
        });
  }

  @BothEngines
  void matchesPatterns(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          tree();
          assertEquals(Set.of("A.java"), names(AsyncFiles.glob(folder, "*.java")));
          assertEquals(
              Set.of("A.java", "src/B.java", "src/main/C.java"),
              names(AsyncFiles.glob(folder, "**.java")));
          assertEquals(
              Set.of("src/B.java", "src/main/d.txt"),
              names(AsyncFiles.glob(folder, "src/{B.java,main/*.txt}")));
          assertEquals(Set.of("A.java", "src"), names(AsyncFiles.glob(folder, "*")));
        });
  }

  @BothEngines
  void tellsTheAttributesOfEntries(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          tree();
          Files.createSymbolicLink(folder.resolve("link"), folder.resolve("A.java"));
          var seen = new TreeSet<String>();
          try (var entries = AsyncFiles.scan(folder)) {
            for (var entry : entries) {
              var attributes = entry.attributes();
              seen.add(
                  entry.path().getFileName()
                      + (attributes.isDirectory() ? " folder" : "")
                      + (attributes.isSymbolicLink() ? " link" : "")
                      + (attributes.isRegularFile() ? " " + attributes.size() : ""));
            }
          }
          assertEquals(Set.of("A.java 6", "link link", "src folder"), seen);
        });
  }

  @BothEngines
  void takesSomeEntriesAHopAndOnlyWhenAsked(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          var expected = new HashSet<Path>();
          for (int i = 0; i < 600; i++) {
            expected.add(Files.createFile(folder.resolve("file" + i)));
          }
          var hops = Hops.install();
          var listing = AsyncFiles.list(folder);
          hops.hold();
          var seen = new HashSet<Path>();
          var task =
              Tulip.createTask(() -> {
                for (var path : listing) {
                  seen.add(path);
                }
              });
          for (int size : List.of(0, 256, 512)) {
            while (hops.held() == 0) {
              Tulip.yield();
            }
            int before = seen.size();
            hops.release();
            hops.hold();
            assertEquals(size, before);
          }
          task.await();
          assertEquals(expected, seen);
          assertEquals(List.of(), OnLoop.openIn(folder));
        });
  }

  @BothEngines
  void aCancelledWaitLosesNoEntry(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          tree();
          var hops = Hops.install();
          try (var listing = AsyncFiles.walk(folder)) {
            hops.hold();
            var task = Tulip.createTask(listing::next);
            Tulip.yield();
            task.taskScope().cancel();
            Tulip.yield();
            hops.release();
            task.awaitDone();
            assertTrue(task.isCancelled());
            assertEquals(7, names(listing).size());
          }
        });
  }

  @BothEngines
  void closingHalfWayClosesTheFolders(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          for (int i = 0; i < 600; i++) {
            Files.createFile(folder.resolve("file" + i));
          }
          var listing = AsyncFiles.list(folder);
          listing.next();
          assertEquals(1, OnLoop.openIn(folder).size());
          listing.close();
          listing.close();
          assertEquals(List.of(), OnLoop.openIn(folder));
          assertNull(listing.next());
        });
  }

  @BothEngines
  void failsAsTheJdkDoes(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          tree();
          var none = folder.resolve("none");
          assertThrows(NoSuchFileException.class, () -> AsyncFiles.list(none));
          assertThrows(NoSuchFileException.class, () -> AsyncFiles.walk(none));
          assertThrows(
              NotDirectoryException.class, () -> AsyncFiles.list(folder.resolve("A.java")));
        });
  }

  @BothEngines
  void aLoopOfLinksIsAnErrorAfterTheEntriesBeforeIt(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          Files.createSymbolicLink(folder.resolve("loop"), folder);
          assertEquals(2, names(AsyncFiles.walk(folder)).size());
          try (var listing = AsyncFiles.walk(folder, FOLLOW_LINKS)) {
            assertEquals(folder, listing.next());
            assertThrows(FileSystemLoopException.class, listing::next);
            assertNull(listing.next());
          }
          try (var listing = AsyncFiles.walk(folder, FOLLOW_LINKS)) {
            var iterator = listing.iterator();
            iterator.next();
            var error = assertThrows(UncheckedIOException.class, iterator::hasNext);
            assertInstanceOf(FileSystemLoopException.class, error.getCause());
          }
        });
  }
}
