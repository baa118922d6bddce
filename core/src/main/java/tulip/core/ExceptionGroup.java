// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// All that went wrong in tasks that ran side by side.
///
/// The failures are in the order in which they happened; the first is the [#getCause], the others
/// are also suppressed exceptions, so that a printed stack trace shows every one.
public final class ExceptionGroup extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String message;
  private final ArrayList<Throwable> exceptions = new ArrayList<>();

  ExceptionGroup(String message, Throwable first) {
    super(message, first);
    this.message = message;
    exceptions.add(first);
  }

  /// A group of these failures, of which there is one at least.
  public ExceptionGroup(String message, List<? extends Throwable> exceptions) {
    this(message, exceptions.getFirst());
    exceptions.subList(1, exceptions.size()).forEach(this::add);
  }

  void add(Throwable failure) {
    exceptions.add(failure);
    if (failure != this) {
      addSuppressed(failure);
    }
  }

  /// The failures, first one first.
  ///
  /// A task group goes on adding what its other tasks throw until its block is left.
  public List<Throwable> exceptions() {
    return Collections.unmodifiableList(exceptions);
  }

  /// The failures for which a condition holds, in groups nested as here; `null` if there are none.
  public @Nullable ExceptionGroup subgroup(Predicate<? super Throwable> condition) {
    var found = new ArrayList<Throwable>();
    for (var exception : exceptions) {
      if (condition.test(exception)) {
        found.add(exception);
      } else if (exception instanceof ExceptionGroup inner) {
        var part = inner.subgroup(condition);
        if (part != null) {
          found.add(part);
        }
      }
    }
    return found.isEmpty() ? null : derive(found);
  }

  /// The failures for which a condition holds, and the others: each [#subgroup] of this.
  public Split split(Predicate<? super Throwable> condition) {
    return new Split(subgroup(condition), rest(condition));
  }

  /// The two parts of a group; `null` for a part that is empty.
  ///
  /// @param matching for which the condition holds
  /// @param rest for which it does not
  public record Split(@Nullable ExceptionGroup matching, @Nullable ExceptionGroup rest) {}

  /// A group for which the condition holds as a whole is matched whole.
  private @Nullable ExceptionGroup rest(Predicate<? super Throwable> condition) {
    var others = new ArrayList<Throwable>();
    for (var exception : exceptions) {
      if (condition.test(exception)) {
        continue;
      }
      var part = exception instanceof ExceptionGroup inner ? inner.rest(condition) : exception;
      if (part != null) {
        others.add(part);
      }
    }
    return others.isEmpty() ? null : derive(others);
  }

  private ExceptionGroup derive(List<Throwable> part) {
    var group = new ExceptionGroup(message, part);
    group.setStackTrace(getStackTrace());
    return group;
  }

  @Override
  public String getMessage() {
    int size = exceptions.size();
    return message + " (" + size + (size == 1 ? " failure)" : " failures)");
  }
}
