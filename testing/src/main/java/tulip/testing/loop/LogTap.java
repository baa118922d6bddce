// SPDX-License-Identifier: Apache-2.0
package tulip.testing.loop;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/// Reads what goes to Tulip's log, and keeps it from the console, until closed. What the watchdog
/// says of a slow machine is left out.
///
/// It goes by the JDK's own logging, which `System.Logger` uses where nothing else is installed.
final class LogTap extends Handler implements AutoCloseable {
  private final Logger logger = Logger.getLogger("tulip");
  private final Queue<LogRecord> records = new ConcurrentLinkedQueue<>();
  private final boolean toParents = logger.getUseParentHandlers();

  LogTap() {
    logger.setUseParentHandlers(false);
    logger.addHandler(this);
  }

  /// What was logged, with the stack traces.
  List<String> lines() {
    return records.stream().map(new SimpleFormatter()::format).toList();
  }

  /// Formats nothing yet: the first time that takes long, and may wait for another thread.
  @Override
  public void publish(LogRecord line) {
    if (!line.getSourceClassName().startsWith("tulip.core.Pulse")) {
      records.add(line);
    }
  }

  @Override
  public void flush() {
    // records are kept, not written
  }

  @Override
  public void close() {
    logger.removeHandler(this);
    logger.setUseParentHandlers(toParents);
  }
}
