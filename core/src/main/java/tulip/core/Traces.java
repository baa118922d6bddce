// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import tulip.core.diagnostics.Creation;

/// What debug mode remembers: where tasks and futures were created, and who cancelled what.
///
/// No object has room for that by itself, so that it costs nothing while debug mode is off: a
/// task's creation is kept around its code, that of a future in a kind of its own, the canceller in
/// the [Reason].
final class Traces {
  private static final int FRAMES = 16;
  private static final int CHAIN = 10;

  private Traces() {}

  /// Why something was cancelled.
  ///
  /// @param words what the canceller said
  /// @param trace who it was and where, if debug mode was on
  record Reason(String words, @Nullable Throwable trace) {
    static final Reason NONE = new Reason("", null);

    /// What the cancelled code gets.
    Cancelled toCancelled(@Nullable Scope scope) {
      var cancelled = new Cancelled(scope, words);
      if (trace != null) {
        cancelled.initCause(trace);
      }
      return cancelled;
    }
  }

  /// A task's code, and where the task was created.
  record Code<T extends @Nullable Object>(Callable<T> code, List<Creation> created)
      implements Callable<T> {
    @Override
    public T call() throws Exception {
      return code.call();
    }
  }

  /// A future that knows where it was created.
  static final class Traced<T extends @Nullable Object> extends Future<T> {
    private final List<Creation> created;

    Traced(EventLoop loop) {
      super(loop);
      created = creation(loop.mountedTask());
    }

    @Override
    List<Creation> created() {
      return created;
    }
  }

  /// Where the calling code is, and before that where the task was created that runs it, and so on.
  static List<Creation> creation(@Nullable Task<?> creator) {
    var chain = new ArrayList<Creation>();
    chain.add(new Creation(creator == null ? "" : creator.name(), Stacks.here(FRAMES)));
    if (creator != null) {
      var before = creator.created();
      chain.addAll(before.subList(0, Math.min(CHAIN - 1, before.size())));
    }
    return List.copyOf(chain);
  }

  /// The end of a report about a future: where it was created, if that is known.
  static String creationAsText(Future<?> future) {
    var text = new StringBuilder();
    future.created().forEach(creation -> text.append("\n    ").append(creation));
    return text.toString();
  }

  /// The reason for a cancellation by the calling code; if that is being cancelled itself, with the
  /// reason for this.
  ///
  /// @param what is cancelled, in words
  static Reason reason(EventLoop loop, Object what, String words) {
    if (!loop.isDebug()) {
      return new Reason(words, null);
    }
    var by = loop.mountedTask();
    var trace =
        new Throwable(
            what
                + " was cancelled"
                + (by == null ? "" : " by " + by)
                + (words.isEmpty() ? "" : ": " + words),
            by == null || !by.scope().isEffective() ? null : by.scope().cause().why().trace());
    trace.setStackTrace(Stacks.here(FRAMES).toArray(StackTraceElement[]::new));
    return new Reason(words, trace);
  }
}
