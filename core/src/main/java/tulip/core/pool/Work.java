// SPDX-License-Identifier: Apache-2.0
package tulip.core.pool;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tulip.core.ExceptionGroup;
import tulip.core.Task;
import tulip.core.TaskGroup;
import tulip.core.Tulip.Mapping;
import tulip.core.diagnostics.Waker;
import tulip.core.spi.Waitable;

/// A source, a call and the workers that bring them together.
///
/// Each worker is a task that takes an item, makes the call, and begins again: a call that does not
/// wait costs no switch. Only one worker is at the source at a time. One that finds it taken, or
/// all places taken, idles. Whenever the source becomes free, or a place, one idler is woken, or a
/// worker is started as long as there are fewer than places; that one sees to the next. So there
/// are no more workers than calls that wait.
///
/// Everything happens in turns of one loop.
final class Work<A extends @Nullable Object, R extends @Nullable Object> {
  /// A place: an item under way, and later its result.
  private static final class Place<R extends @Nullable Object> {
    boolean done;
    @Nullable R result;
  }

  private final Iterable<? extends A> source;
  private final int limit;
  private final boolean ordered;
  private final Mapping<? super A, ? extends R, ?> call;

  /// Places in the order of their results: all when ordered, otherwise those that are done.
  private final ArrayDeque<Place<R>> line = new ArrayDeque<>();

  private final ArrayList<Worker> idle = new ArrayList<>();
  private @Nullable Iterator<? extends A> items;
  private @Nullable TaskGroup workers;
  private @Nullable Task<?> taker;
  private int started;
  private int underWay;
  private boolean atSource;
  private boolean waking;
  private boolean exhausted;
  private boolean stopped;
  private boolean ended;
  private @Nullable Throwable cancellation;
  private @Nullable Throwable failure;

  Work(
      Iterable<? extends A> source,
      int limit,
      boolean ordered,
      Mapping<? super A, ? extends R, ?> call) {
    if (limit < 1) {
      throw new IllegalArgumentException("at least one item must be under way, not " + limit);
    }
    this.source = Objects.requireNonNull(source, "source");
    this.limit = limit;
    this.ordered = ordered;
    this.call = Objects.requireNonNull(call, "call");
  }

  int limit() {
    return limit;
  }

  // The side of the workers.

  /// Runs workers until the source is exhausted and all calls are made. In a task of its own.
  void run() {
    try (var group = TaskGroup.open()) {
      workers = group;
      wakeWorker();
      group.join();
    } catch (ExceptionGroup e) {
      failure = first(e);
    } finally {
      ended = true;
      stopped |= !exhausted;
      wakeTaker();
    }
  }

  @SuppressWarnings("ReferenceEquality") // an exception cannot suppress itself
  private static Throwable first(ExceptionGroup group) {
    var all = group.exceptions();
    var first = all.getFirst();
    for (var later : all.subList(1, all.size())) {
      if (later != first) {
        first.addSuppressed(later);
      }
    }
    return first;
  }

  private boolean canTakeItem() {
    return !atSource && underWay < limit;
  }

  private boolean isOver() {
    return exhausted || stopped;
  }

  private void wakeWorker() {
    if (waking || isOver() || !canTakeItem()) {
      return;
    }
    if (!idle.isEmpty()) {
      waking = true;
      var worker = idle.getLast();
      worker.leave();
      worker.task.resume();
    } else if (started < limit && workers != null) {
      waking = true;
      started++;
      workers.start(() -> new Worker().work());
    }
  }

  private void noMoreItems() {
    exhausted = true;
    while (!idle.isEmpty()) {
      var worker = idle.getLast();
      worker.leave();
      worker.task.resume();
    }
  }

  private final class Worker implements Waitable {
    private final Task<?> task = Task.current();
    private int seat = -1;

    void work() throws Exception {
      waking = false;
      try {
        while (awaitTurn()) {
          atSource = true;
          var from = items();
          if (!from.hasNext()) {
            noMoreItems();
            return;
          }
          A item = from.next();
          atSource = false;
          make(item);
        }
      } catch (Throwable t) {
        stop(t);
        throw t;
      }
    }

    private Iterator<? extends A> items() {
      if (items == null) {
        items = source.iterator();
      }
      return items;
    }

    private void make(A item) throws Exception {
      var place = new Place<R>();
      underWay++;
      if (ordered) {
        line.add(place);
      }
      wakeWorker();
      place.result = call.apply(item);
      place.done = true;
      if (!ordered) {
        line.add(place);
      }
      if (isReady()) {
        wakeTaker();
      }
    }

    /// Waits for a place, and for the source to be free; false if there is nothing more to take.
    private boolean awaitTurn() {
      while (!isOver() && !canTakeItem()) {
        seat = idle.size();
        idle.add(this);
        try {
          while (seat >= 0) {
            task.suspend(this);
          }
        } finally {
          leave();
        }
        waking = false;
      }
      return !isOver();
    }

    void leave() {
      if (seat >= 0) {
        var last = idle.removeLast();
        if (last != this) {
          idle.set(seat, last);
          last.seat = seat;
        }
        seat = -1;
      }
    }

    @Override
    public void abort(Task<?> forgotten) {
      leave();
    }

    @Override
    public String toString() {
      return "an item to work on";
    }
  }

  /// A worker ends before its time, and all others with it. What it throws is known to its group,
  /// unless it looks like a cancellation.
  private void stop(Throwable t) {
    if (cancellation == null) {
      cancellation = t;
    }
    stopped = true;
    if (workers != null) {
      workers.cancel("a call on another item failed");
    }
  }

  // The side of the taker.

  /// Whether a result can be taken now.
  boolean isReady() {
    var first = line.peek();
    return first != null && first.done && !stopped;
  }

  /// Waits for a result, for the end of all, or for the end after a failure. In a task.
  void awaitReady() {
    while (!isReady() && !ended && !(exhausted && underWay == 0)) {
      if (taker != null) {
        throw new IllegalStateException("another task waits for the same results");
      }
      var task = Task.current();
      taker = task;
      try {
        task.suspend(taking);
      } finally {
        taker = null;
      }
    }
  }

  private final Waitable taking =
      new Waitable() {
        @Override
        public List<Task<?>> holders() {
          return workers == null ? List.of() : workers.children();
        }

        @Override
        public Waker waker() {
          return holders().isEmpty() ? Waker.ANYONE : Waker.ANY_HOLDER;
        }

        @Override
        public void abort(Task<?> task) {
          taker = null;
        }

        @Override
        public String toString() {
          return "a result";
        }
      };

  private void wakeTaker() {
    if (taker != null) {
      taker.resume();
    }
  }

  /// Takes the result that is ready.
  @SuppressWarnings("NullAway") // done: the result is what R says it is
  R take() {
    var place = line.remove();
    underWay--;
    wakeWorker();
    return place.result;
  }

  /// Whether every item has become a result that was taken.
  boolean isComplete() {
    return exhausted && underWay == 0;
  }

  /// What went wrong in the source or a call.
  @Nullable Throwable failure() {
    return failure;
  }

  /// What ended a worker when nothing failed.
  @Nullable Throwable cancellation() {
    return cancellation;
  }
}
