// SPDX-License-Identifier: Apache-2.0
package tulip.bench.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tulip.bench.Child;
import tulip.bench.Figure;
import tulip.bench.Jmh;
import tulip.bench.Run;
import tulip.bench.Suite;

/// Reading files, beside those who block and aiofiles.
public final class FilesSuite implements Suite {
  /// 50 bytes, as a line of a log may have.
  private static final String LINE = "2026-01-01 12:00:00 INFO something has happened..\n";

  private final List<Figure> figures = new ArrayList<>();
  private final List<String> skipped = new ArrayList<>();

  /// Nothing has been measured yet.
  public FilesSuite() {}

  @Override
  public String name() {
    return "files";
  }

  @Override
  public String run(Run run) throws IOException, InterruptedException {
    var folder = run.root().resolve("bench/target/files");
    write(folder);
    var scale = run.quick() ? "0.2" : "1";
    for (var peer : List.of("nio", "tulip", "baton")) {
      figures.addAll(Child.java(Jmh.FLAGS, Reading.class, peer, folder.toString(), scale));
    }
    if (Child.succeeds(Child.PYTHON, "-c", "import aiofiles")) {
      var program = run.peers().resolve("files.py").toString();
      figures.addAll(Child.figures(List.of(Child.PYTHON, program, folder.toString(), scale)));
    } else {
      skipped.add("aiofiles is not installed: package python3-aiofiles");
    }
    return new FilesReport(figures, skipped).write(run);
  }

  private static void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (var which : Case.values()) {
      var text = LINE.repeat(which.size / LINE.length());
      Files.writeString(folder.resolve(which.id), text);
    }
  }
}
