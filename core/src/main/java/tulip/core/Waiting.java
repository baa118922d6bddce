// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tulip.core.diagnostics.Waker;
import tulip.core.spi.Waitable;

/// Waits of one task on several futures: what is behind [Tulip#wait] and [Tulip#asCompleted].
///
/// It observes each future by a done-callback, which is taken away when the wait is over.
final class Waiting<T extends @Nullable Object> implements Waitable {
  private static final int NAMED = 10;

  private final Task<?> task = Task.current();
  private final Set<Future<? extends T>> pending;
  private final ArrayDeque<Future<? extends T>> done = new ArrayDeque<>();
  private final Consumer<Future<?>> arrived = this::arrived;

  Waiting(Collection<? extends Future<? extends T>> futures) {
    pending = new LinkedHashSet<>(futures);
    for (var future : pending) {
      if (future.loop() != task.loop) {
        throw new IllegalArgumentException(future + " belongs to another loop");
      }
    }
    for (var future : pending.toArray(Future<?>[]::new)) {
      future.addDoneCallback(arrived);
    }
  }

  @SuppressWarnings("unchecked")
  private void arrived(Future<?> future) {
    if (pending.remove(future)) {
      done.add((Future<? extends T>) future);
      if (task.waitingFor() == this) {
        task.resume();
      }
    }
  }

  /// Waits until enough are done or the limit has passed.
  void until(ReturnWhen when, @Nullable Duration limit) {
    var scope = new Scope();
    if (limit != null) {
      scope.timeout(limit);
    }
    try {
      scope.run(() -> {
        while (!isEnough(when)) {
          task.suspend(this);
        }
      });
    } finally {
      forget();
    }
  }

  private boolean isEnough(ReturnWhen when) {
    return pending.isEmpty()
        || switch (when) {
          case FIRST_COMPLETED -> !done.isEmpty();
          case FIRST_EXCEPTION -> done.stream().anyMatch(Future::hasFailed);
          case ALL_COMPLETED -> false;
        };
  }

  /// Those that are done, in the order in which they became so.
  Set<Future<? extends T>> done() {
    return new LinkedHashSet<>(done);
  }

  /// Those that are not.
  Set<Future<? extends T>> pending() {
    return pending;
  }

  /// Ends the observation; what has become done in this very iteration still counts.
  private void forget() {
    for (var future : pending.toArray(Future<?>[]::new)) {
      future.removeDoneCallback(arrived);
      if (future.isDone()) {
        arrived(future);
      }
    }
  }

  /// The futures as they become done; the iterator waits.
  Iterator<Future<? extends T>> iterator(long deadline) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return !done.isEmpty() || !pending.isEmpty();
      }

      @Override
      public Future<? extends T> next() {
        if (!hasNext()) {
          throw new NoSuchElementException("all futures have been seen");
        }
        if (done.isEmpty()) {
          waitForOne(deadline);
        }
        return done.remove();
      }
    };
  }

  private void waitForOne(long deadline) {
    if (Task.current() != task) {
      throw new IllegalStateException(
          "only " + task + ", which asked for the futures, iterates over them");
    }
    var scope = new Scope().deadline(deadline);
    scope.run(() -> {
      while (done.isEmpty()) {
        task.suspend(this);
      }
    });
    if (done.isEmpty()) {
      forget();
    }
    if (done.isEmpty()) {
      throw Exceptions.sneak(
          new TimeoutException(pending.size() + " futures were not done by the deadline"));
    }
  }

  @Override
  public List<Task<?>> holders() {
    var tasks = new ArrayList<Task<?>>();
    for (var future : pending) {
      if (future instanceof Task<?> awaited) {
        tasks.add(awaited);
      }
    }
    return tasks;
  }

  /// One is enough for most modes, and the others have that one among them.
  @Override
  public Waker waker() {
    return holders().size() == pending.size() ? Waker.ANY_HOLDER : Waker.ANYONE;
  }

  @Override
  public void abort(Task<?> waiter) {
    // the futures tell this, and this has no list
  }

  @Override
  public String toString() {
    var first = pending.stream().limit(NAMED).map(Object::toString).toList();
    return "any of "
        + pending.size()
        + " futures: "
        + String.join(", ", first)
        + (pending.size() > NAMED ? ", ..." : "");
  }
}
