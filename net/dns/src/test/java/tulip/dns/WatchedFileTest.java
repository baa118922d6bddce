// SPDX-License-Identifier: Apache-2.0
package tulip.dns;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import org.junit.jupiter.api.io.TempDir;
import tulip.core.LoopOptions.Engine;
import tulip.core.Tulip;

class WatchedFileTest {
  @TempDir Path folder;
  private int reads;

  private String parse(String text) {
    reads++;
    return text;
  }

  @BothEngines
  void isReadAgainWhenItHasChanged(Engine engine) throws Exception {
    var path = folder.resolve("file-" + engine);
    OnLoop.run(
        engine,
        () -> {
          reads = 0;
          var file = new WatchedFile<>(path, this::parse);
          assertEquals("", file.get(), "it is not there");
          Files.writeString(path, "one");
          assertEquals("", file.get(), "nobody looks twice in a second");
          Tulip.sleep(ofSeconds(1));
          assertEquals("one", file.get());
          Tulip.sleep(ofSeconds(1));
          assertEquals("one", file.get());
          assertEquals(2, reads, "the same file is not read again");
          var next = folder.resolve("next");
          Files.writeString(next, "two"); // of the same size
          Files.setLastModifiedTime(next, Files.getLastModifiedTime(path));
          Files.move(next, path, StandardCopyOption.REPLACE_EXISTING);
          Tulip.sleep(ofMillis(999));
          assertEquals("one", file.get());
          Tulip.sleep(ofMillis(1));
          assertEquals("two", file.get());
          Files.delete(path);
          Tulip.sleep(ofSeconds(1));
          assertEquals("", file.get());
        });
  }

  @BothEngines
  void manyTasksReadItOnce(Engine engine) throws Exception {
    var path = Files.writeString(folder.resolve("file"), "one");
    OnLoop.run(
        engine,
        () -> {
          reads = 0;
          var file = new WatchedFile<>(path, this::parse);
          Tulip.gather(Collections.nCopies(20, file), WatchedFile::get);
          assertEquals(1, reads);
        });
  }
}
