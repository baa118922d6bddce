// SPDX-License-Identifier: Apache-2.0
package tulip.core.jfr;

import static java.util.stream.Collectors.joining;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;
import tulip.core.diagnostics.BlockReport;

/// A loop stands still.
@Name("tulip.LoopBlocked")
@Label("Loop Blocked")
@Description("A loop stands still.")
@Category("Tulip")
@StackTrace(false) // the recorder would see the watchdog's
public final class LoopBlocked extends Event {
  @Label("Loop")
  @Nullable String loop;

  @Label("Running")
  @Nullable String running;

  @Label("Blocked For")
  @Timespan
  long blockedFor;

  @Label("Verdict")
  @Nullable String verdict;

  @Label("Text")
  @Nullable String text;

  @Label("Blocking Stack")
  @Nullable String stack;

  private LoopBlocked() {}

  /// Writes one if a recording asks for it.
  public static void write(BlockReport report) {
    var event = new LoopBlocked();
    if (event.shouldCommit()) {
      event.loop = report.loop();
      event.running = report.running();
      event.blockedFor = report.lasted().toNanos();
      event.verdict = report.verdict().getClass().getSimpleName();
      event.text = report.verdict().text();
      event.stack = report.stack().stream().map(Object::toString).collect(joining("\n"));
      event.commit();
    }
  }
}
