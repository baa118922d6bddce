// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

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

  @Override
  public String getMessage() {
    int size = exceptions.size();
    return message + " (" + size + (size == 1 ? " failure)" : " failures)");
  }
}
