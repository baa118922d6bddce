// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import java.util.LinkedHashSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What goes wrong on one loop where nobody can catch it, and failures that wait to be read.
final class Errors {
  private static final System.Logger LOG = System.getLogger("tulip");

  /// How many failed futures wait to be read before the oldest is reported.
  private static final int MAX_UNREAD = 1_000;

  private final LinkedHashSet<Future<?>> unread = new LinkedHashSet<>();
  private @Nullable Consumer<? super ErrorContext> handler;
  private boolean closed;

  @Nullable Consumer<? super ErrorContext> handler() {
    return handler;
  }

  void handler(@Nullable Consumer<? super ErrorContext> told) {
    handler = told;
  }

  /// Never throws, not even for want of stack or memory: the loop must go on.
  void report(String message, @Nullable Throwable exception, @Nullable Object source) {
    try {
      tell(new ErrorContext(message, exception, source));
    } catch (Throwable t) {
      // there is nobody left to tell
    }
  }

  /// Tells the handler; if that fails, both errors go to the log.
  void tell(ErrorContext context) {
    var told = handler;
    if (told == null) {
      log(context);
      return;
    }
    try {
      told.accept(context);
    } catch (Throwable t) {
      log(context);
      log(new ErrorContext("exception in the exception handler", t, told));
    }
  }

  private static void log(ErrorContext context) {
    LOG.log(System.Logger.Level.ERROR, context.message(), context.exception());
  }

  /// A future has failed and nobody waits for it: who created it may yet read it.
  void unread(Future<?> failed, @Nullable Task<?> creator) {
    if (creator != null && !creator.isDone()) {
      creator.keepUnread(failed);
    } else if (closed || failed instanceof Task<?>) {
      reportIfUnread(failed);
    } else {
      unread.add(failed);
      if (unread.size() > MAX_UNREAD) {
        reportIfUnread(unread.removeFirst());
      }
    }
  }

  void reportIfUnread(Future<?> failed) {
    if (failed.isUnread()) {
      failed.markRead();
      report(
          "the failure of " + failed + " was never read" + Traces.creationAsText(failed),
          failed.failure(),
          failed);
    }
  }

  /// The loop closes: nobody will read what has not been read.
  void close() {
    closed = true;
    unread.forEach(this::reportIfUnread);
    unread.clear();
  }
}
