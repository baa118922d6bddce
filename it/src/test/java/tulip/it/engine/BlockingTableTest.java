// SPDX-License-Identifier: Apache-2.0
package tulip.it.engine;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tulip.core.EventLoop;
import tulip.core.LoopOptions;
import tulip.core.Tulip;
import tulip.it.ChildJvm;
import tulip.it.House;
import tulip.it.engine.BlockingRows.Operation;
import tulip.it.engine.BlockingRows.Row;

/// What suspends only the task and what holds up its loop, on the carrier engine: measured, and as
/// `docs/blocking.md` says.
class BlockingTableTest {
  private static final String SUSPENDS = "suspends the task";
  private static final String BLOCKS = "blocks the loop";
  private static final Pattern ROW =
      Pattern.compile("^\\| (.+?) +\\| (" + SUSPENDS + "|" + BLOCKS + ") +\\|$", Pattern.MULTILINE);

  private static final long WARM_UP_MILLIS = 20;
  private static final long MILLIS = 400;
  private static final long SUSPENDED_BELOW = 200;
  private static final long BLOCKED_FROM = 300;
  private static final int TRIES = 3;

  @Test
  void thePageHasTheRowsOfTheTest() {
    var page =
        ROW.matcher(House.read(House.ROOT.resolve("docs/blocking.md")))
            .results()
            .map(row -> "| " + row.group(1) + " | " + row.group(2) + " |")
            .collect(joining("\n"));
    var rows =
        BlockingRows.all().stream()
            .map(row -> "| " + row.name() + " | " + (row.blocks() ? BLOCKS : SUSPENDS) + " |")
            .collect(joining("\n"));
    assertEquals(rows, page);
  }

  @TestFactory
  List<DynamicTest> eachRowDoesWhatThePageSays() throws Exception {
    var run = ChildJvm.withFlag().run(Measure.class);
    assertEquals(0, run.status(), run::err);
    var lines = run.out().lines().toList();
    var rows = BlockingRows.all();
    assertEquals(rows.size(), lines.size(), run.out() + run.err());
    var tests = new ArrayList<DynamicTest>();
    for (int i = 0; i < rows.size(); i++) {
      var row = rows.get(i);
      var line = lines.get(i);
      tests.add(
          dynamicTest(
              row.name(),
              () ->
                  assertTrue(line.startsWith("carrier, as it should: " + row.name() + ";"), line)));
    }
    return tests;
  }

  /// Measures all rows on one loop, beside a task that wakes every few milliseconds.
  static final class Measure {
    private long largest;
    private long last;

    public static void main(String[] arguments) throws Exception {
      var measure = new Measure();
      Tulip.run(
          LoopOptions.DEFAULT,
          () -> {
            Tulip.createTask(measure::tick);
            for (var row : BlockingRows.all()) {
              measure.measure(row);
            }
          });
      System.exit(0);
    }

    private void tick() {
      last = System.nanoTime();
      while (true) {
        Tulip.sleep(Duration.ofMillis(3));
        look();
      }
    }

    private void look() {
      long now = System.nanoTime();
      largest = Math.max(largest, now - last);
      last = now;
    }

    private void measure(Row row) throws Exception {
      row.operation().run(WARM_UP_MILLIS);
      var gaps = new ArrayList<Long>();
      if (row.blocks()) {
        gaps.add(gapOf(row.operation()));
        Tulip.blocking(() -> row.operation().run(WARM_UP_MILLIS));
        gaps.add(least(millis -> Tulip.blocking(() -> row.operation().run(millis))));
      } else {
        gaps.add(least(row.operation()));
      }
      boolean right =
          row.blocks()
              ? gaps.get(0) >= BLOCKED_FROM && gaps.get(1) < SUSPENDED_BELOW
              : gaps.get(0) < SUSPENDED_BELOW;
      System.out.println(
          EventLoop.current().engine()
              + (right ? ", as it should: " : ", NOT as it should: ")
              + row.name()
              + "; gaps in ms: "
              + gaps);
    }

    /// A busy machine may hold up the loop too: the best of some tries counts.
    private long least(Operation operation) throws Exception {
      long gap = gapOf(operation);
      for (int i = 1; i < TRIES && gap >= SUSPENDED_BELOW; i++) {
        gap = Math.min(gap, gapOf(operation));
      }
      return gap;
    }

    private long gapOf(Operation operation) throws Exception {
      Tulip.sleep(Duration.ofMillis(5));
      largest = 0;
      operation.run(MILLIS);
      look();
      return TimeUnit.NANOSECONDS.toMillis(largest);
    }
  }
}
