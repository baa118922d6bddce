// SPDX-License-Identifier: Apache-2.0
package tulip.bench.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tulip.bench.Stopwatch;
import tulip.core.LoopOptions;
import tulip.core.LoopOptions.Engine;
import tulip.core.Runner;
import tulip.files.AsyncFiles;
import tulip.files.TextReader;

/// Reads files again and again: a process of its own for each peer.
final class Reading {
  /// So many that the compiler has nothing left to do.
  private static final int WARM_UPS = 20;

  private static final int ROUNDS = 5;

  private final String peer;
  private final Path folder;
  private final double scale;

  private Reading(String peer, Path folder, double scale) {
    this.peer = peer;
    this.folder = folder;
    this.scale = scale;
  }

  /// Usage: tulip, baton or nio, the folder of the files, and how long to measure (1 is usual).
  public static void main(String[] args) throws IOException {
    var reading = new Reading(args[0], Path.of(args[1]), Double.parseDouble(args[2]));
    switch (args[0]) {
      case "tulip" -> reading.onLoop(Engine.CARRIER);
      case "baton" -> reading.onLoop(Engine.BATON);
      default -> reading.measure();
    }
  }

  private void onLoop(Engine engine) throws IOException {
    try (var runner = Runner.open(LoopOptions.DEFAULT.withEngine(engine))) {
      runner.run(this::measure);
    }
  }

  private void measure() throws IOException {
    for (var which : Case.values()) {
      var file = folder.resolve(which.id);
      int count = Math.max(1, (int) (scale * (which == Case.SMALL ? 10_000 : 200)));
      for (int round = 0; round < WARM_UPS; round++) {
        run(which, file, count);
      }
      for (int round = 0; round < ROUNDS; round++) {
        var stopwatch = new Stopwatch();
        run(which, file, count);
        System.out.println(stopwatch.figure(peer, which.id, count).toJson());
      }
    }
  }

  private void run(Case which, Path file, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      int read = which == Case.LINES ? lines(file) : whole(file);
      if (read != which.size) {
        throw new IllegalStateException(read + " bytes");
      }
    }
  }

  private int lines(Path file) throws IOException {
    int read = 0;
    if (peer.equals("nio")) {
      try (var lines = Files.newBufferedReader(file)) {
        for (String line; (line = lines.readLine()) != null; ) {
          read += line.length() + 1;
        }
      }
    } else {
      try (var lines = TextReader.open(file)) {
        for (var line : lines) {
          read += line.length() + 1;
        }
      }
    }
    return read;
  }

  private int whole(Path file) throws IOException {
    return peer.equals("nio")
        ? Files.readAllBytes(file).length
        : AsyncFiles.readAllBytes(file, Case.LINES.size).length();
  }
}
