// SPDX-License-Identifier: Apache-2.0
package tulip.core.pool;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import tulip.core.TaskGroup;

/// Results for a task of the loop that makes the calls.
final class TaskResults<R extends @Nullable Object> implements Results<R> {
  private final TaskGroup group = TaskGroup.open();
  private final Work<?, R> work;
  private final Iterator<R> iterator = new Items();
  private boolean told;

  TaskResults(Work<?, R> work) {
    this.work = work;
    group.start(work::run);
  }

  @Override
  public Iterator<R> iterator() {
    return iterator;
  }

  /// Waits for a result; false if there are no more.
  boolean awaitReady() {
    work.awaitReady();
    if (work.isReady()) {
      return true;
    }
    throwFailure();
    if (work.isComplete()) {
      return false;
    }
    var cancelled = new CancellationException("the calls were cancelled");
    cancelled.initCause(work.cancellation());
    throw cancelled;
  }

  /// Takes all results that are ready.
  List<R> takeReady() {
    var batch = new ArrayList<R>();
    while (work.isReady() && batch.size() < work.limit()) {
      batch.add(work.take());
    }
    return batch;
  }

  @Override
  public void close() {
    group.close();
    if (!told) {
      throwFailure();
    }
  }

  private void throwFailure() {
    var failure = work.failure();
    told |= failure != null;
    switch (failure) {
      case null -> {}
      case RuntimeException unchecked -> throw unchecked;
      case Error error -> throw error;
      default -> throw new CompletionException(failure);
    }
  }

  private final class Items implements Iterator<R> {
    @Override
    public boolean hasNext() {
      return awaitReady();
    }

    @Override
    public R next() {
      if (!awaitReady()) {
        throw new NoSuchElementException("there are no more results");
      }
      return work.take();
    }
  }
}
