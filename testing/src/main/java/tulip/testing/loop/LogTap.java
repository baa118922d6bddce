// SPDX-License-Identifier: Apache-2.0
package tulip.testing.loop;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/// Reads what goes to Tulip's log, and keeps it from the console, until closed.
///
/// It goes by the JDK's own logging, which `System.Logger` uses where nothing else is installed.
final class LogTap extends Handler implements AutoCloseable {
  private final Logger logger = Logger.getLogger("tulip");
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private final boolean toParents = logger.getUseParentHandlers();

  LogTap() {
    logger.setUseParentHandlers(false);
    logger.addHandler(this);
  }

  /// What was logged, with the stack traces.
  List<String> lines() {
    return List.copyOf(lines);
  }

  @Override
  public void publish(LogRecord line) {
    lines.add(new SimpleFormatter().format(line));
  }

  @Override
  public void flush() {
    // lines are kept, not written
  }

  @Override
  public void close() {
    logger.removeHandler(this);
    logger.setUseParentHandlers(toParents);
  }
}
