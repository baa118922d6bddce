// SPDX-License-Identifier: Apache-2.0
package tulip.it.engine;

import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tulip.core.EventLoop;
import tulip.core.LoopOptions;
import tulip.core.Tulip;
import tulip.core.diagnostics.BlockReport;
import tulip.core.diagnostics.BlockVerdict.BlockingCall;
import tulip.it.ChildJvm;
import tulip.it.engine.BlockingRows.Row;

/// What the watchdog says of each operation that `docs/blocking.md` says to block the loop.
class BlockVerdictTest {
  private static final Map<String, String> VERDICTS =
      Map.of(
          "`Process.getInputStream().read`", "a read of a process's output",
          "`Process.getOutputStream().write`, pipe full", "a write to a process's input",
          "read of a FIFO by `FileInputStream`", "an operation on a file",
          "read of a FIFO by `FileChannel`", "an operation on a file",
          "`FileChannel.lock` that another process holds", "a lock of a file",
          "computing", "Computing",
          "parallel stream that computes", "Computing",
          "a virtual thread, started in the task, that computes", "Computing",
          "a class initialiser that waits", "Pinned");

  @Test
  void eachOperationThatBlocksHasItsVerdict() throws Exception {
    var run = ChildJvm.withFlag().run(Judge.class);
    assertEquals(0, run.status(), run::err);
    var said =
        run.out()
            .lines()
            .map(line -> line.split("\t"))
            .collect(toMap(pair -> pair[0], pair -> pair[1]));
    assertEquals(new TreeMap<>(VERDICTS), new TreeMap<>(said), run::err);
  }

  /// Runs each operation on a loop of its own, and prints the verdict.
  static final class Judge {
    private static final Duration THRESHOLD = Duration.ofMillis(100);
    private static final long WARM_UP_MILLIS = 20;
    private static final long MILLIS = 400;
    private static final int TRIES = 5;

    public static void main(String[] arguments) throws Exception {
      for (var row : BlockingRows.all()) {
        if (row.blocks()) {
          System.out.println(row.name() + "\t" + verdict(row));
        }
      }
      System.exit(0);
    }

    /// On a busy machine the watchdog may get too little of the time: some tries.
    private static String verdict(Row row) throws Exception {
      for (int i = 0; i < TRIES; i++) {
        var report = reportOf(row);
        if (report != null) {
          System.err.println(report.message());
          return report.verdict() instanceof BlockingCall call
              ? call.call()
              : report.verdict().getClass().getSimpleName();
        }
      }
      return "not reported";
    }

    private static @Nullable BlockReport reportOf(Row row) throws Exception {
      var reports = new CopyOnWriteArrayList<BlockReport>();
      Tulip.run(
          LoopOptions.DEFAULT.withBlockThreshold(THRESHOLD),
          () -> {
            row.operation().run(WARM_UP_MILLIS);
            Tulip.yield();
            EventLoop.current().setBlockHandler(reports::add);
            row.operation().run(MILLIS);
          });
      return reports.isEmpty() ? null : reports.getFirst();
    }
  }
}
