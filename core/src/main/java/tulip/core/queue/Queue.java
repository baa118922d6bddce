// SPDX-License-Identifier: Apache-2.0
package tulip.core.queue;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Items that tasks put and tasks get, first in, first out: asyncio's queue.
///
/// ```java
/// var jobs = new Queue<Job>(100);
/// group.start(() -> {
///   for (var job : jobs) {     // until the queue is shut down and empty
///     run(job);
///     jobs.taskDone();
///   }
/// });
/// jobs.put(job);               // waits while 100 are there
/// jobs.join();                 // until each was done
/// jobs.shutdown();
/// ```
///
/// The rules of the package, [tulip.core.queue], say who may call, who waits and what cancellation
/// does. An item that is put while a task waits for one goes to that task, whatever its order would
/// be.
///
/// @param <T> the items
public sealed class Queue<T> implements Iterable<T> permits LifoQueue, PriorityQueue {
  /// The capacity of a queue or channel that grows as long as there is memory. Whoever uses it has
  /// another limit in mind.
  public static final int UNBOUNDED = Integer.MAX_VALUE;

  /// A queue at a moment.
  ///
  /// @param size how many items are in it
  /// @param capacity how many can be
  /// @param unfinished how many were put, and not reported done
  /// @param waitingPuts how many tasks wait for room
  /// @param waitingGets how many tasks wait for an item
  public record Statistics(
      int size, int capacity, long unfinished, int waitingPuts, int waitingGets) {}

  private final Home home = new Home("queue");
  private final int capacity;
  private final java.util.Queue<T> items;
  private final Line<T> getters = new Line<>("an item of a queue");
  private final Line<T> putters = new Line<>("room in a queue");
  private final Line<T> joiners = new Line<>("the work of a queue");
  private long unfinished;
  private boolean shutDown;

  /// A queue for so many items.
  ///
  /// @param capacity 1 at least; [#UNBOUNDED] for no limit
  public Queue(int capacity) {
    this(capacity, new ArrayDeque<>());
  }

  Queue(int capacity, java.util.Queue<T> items) {
    if (capacity < 1) {
      throw new IllegalArgumentException(
          "a queue has room for one item at least, not "
              + capacity
              + ": for no limit say Queue.UNBOUNDED, to wait for the receiver use Channel.open(0)");
    }
    this.capacity = capacity;
    this.items = items;
  }

  // Putting.

  /// Puts an item, when there is room for it. In a task.
  ///
  /// @throws QueueShutDown if the queue is shut down, be it during the wait; the item is not in it
  /// @throws tulip.core.Cancelled if the task was cancelled; the item is not in it
  public final void put(T item) {
    if (tryPut(item)) {
      return;
    }
    var waiter = new Waiter<>(home.task(), item);
    switch (waiter.await(putters)) {
      case CLOSED -> throw new QueueShutDown("the queue was shut down: the item was not put");
      case FAILED -> throw Objects.requireNonNull(waiter.failure);
      default -> {}
    }
  }

  /// Puts an item if there is room for it: asyncio's `put_nowait`. On the loop; never waits.
  ///
  /// @return false if the queue is full
  /// @throws QueueShutDown if the queue is shut down
  public final boolean tryPut(T item) {
    home.check();
    Objects.requireNonNull(item, "item");
    if (shutDown) {
      throw new QueueShutDown("the queue is shut down: nothing can be put");
    }
    var getter = getters.poll();
    if (getter != null) {
      unfinished++;
      getter.finish(item);
      return true;
    }
    if (items.size() == capacity) {
      return false;
    }
    items.add(item);
    unfinished++;
    return true;
  }

  // Getting.

  /// Gets the next item, when there is one. In a task.
  ///
  /// @throws QueueShutDown if the queue is shut down and empty, be it during the wait
  /// @throws tulip.core.Cancelled if the task was cancelled; no item was taken
  public final T get() {
    var item = getOrEnd();
    if (item == null) {
      throw ended();
    }
    return item;
  }

  /// Gets the next item if there is one: asyncio's `get_nowait`. On the loop; never waits.
  ///
  /// @return null if the queue is empty
  /// @throws QueueShutDown if the queue is shut down and empty
  public final @Nullable T tryGet() {
    home.check();
    var item = take();
    if (item == null && shutDown) {
      throw ended();
    }
    return item;
  }

  /// Gets items until the queue is shut down and empty. In a task.
  ///
  /// `hasNext` waits, and takes the item that `next` returns then; it throws [tulip.core.Cancelled]
  /// as [#get] does. Several iterators share the items.
  @Override
  public final Iterator<T> iterator() {
    return new Incoming<>(this::getOrEnd);
  }

  /// The next item; null when the queue is shut down and empty.
  private @Nullable T getOrEnd() {
    home.check();
    var item = take();
    if (item != null || shutDown) {
      return item;
    }
    var waiter = new Waiter<T>(home.task(), null);
    return waiter.await(getters) == Waiter.Outcome.DONE ? waiter.item() : null;
  }

  /// The next item that is there; the first who waits for room gets that.
  private @Nullable T take() {
    var item = items.poll();
    boolean room = item != null;
    while (room) {
      var putter = putters.poll();
      room = putter != null && !admit(putter);
    }
    return item;
  }

  private boolean admit(Waiter<T> putter) {
    try {
      items.add(putter.item());
    } catch (RuntimeException e) { // of a comparator: the one who puts is told
      putter.fail(e);
      return false;
    }
    unfinished++;
    putter.finish(Waiter.Outcome.DONE);
    return true;
  }

  private static QueueShutDown ended() {
    return new QueueShutDown("the queue is shut down and empty");
  }

  // Work.

  /// Says that the work on an item is done. Once for each item that was got; on the loop.
  ///
  /// @throws IllegalStateException if it was said for every item already
  public final void taskDone() {
    home.check();
    if (unfinished == 0) {
      throw new IllegalStateException("taskDone was called more often than items were put");
    }
    if (--unfinished == 0) {
      joiners.finishAll(Waiter.Outcome.DONE);
    }
  }

  /// Waits until the work on every item that was put is done. In a task.
  ///
  /// @throws tulip.core.Cancelled if the task was cancelled
  public final void join() {
    home.check();
    if (unfinished > 0) {
      var _ = new Waiter<T>(home.task(), null).await(joiners);
    }
  }

  // The end.

  /// Lets nothing in any more. What is in the queue can still be got. On the loop; does nothing the
  /// second time.
  ///
  /// Tasks that wait for room, or for an item when the queue is empty, get [QueueShutDown].
  public final void shutdown() {
    shutdown(false);
  }

  /// Lets nothing in any more, and if asked throws away what is in the queue.
  ///
  /// What is thrown away counts as done for [#join]; items that were got before do not.
  public final void shutdown(boolean immediate) {
    home.checkIfUsed();
    shutDown = true;
    if (immediate) {
      unfinished = Math.max(0, unfinished - items.size());
      items.clear();
      if (unfinished == 0) {
        joiners.finishAll(Waiter.Outcome.DONE);
      }
    }
    getters.finishAll(Waiter.Outcome.CLOSED);
    putters.finishAll(Waiter.Outcome.CLOSED);
  }

  // Looking.

  /// How many items are in the queue.
  public final int size() {
    return items.size();
  }

  /// How many can be.
  public final int capacity() {
    return capacity;
  }

  /// Whether there is nothing to get.
  public final boolean isEmpty() {
    return items.isEmpty();
  }

  /// Whether there is no room.
  public final boolean isFull() {
    return items.size() == capacity;
  }

  /// Whether the queue was shut down.
  public final boolean isShutDown() {
    return shutDown;
  }

  /// How the queue is used at this moment.
  public final Statistics statistics() {
    return new Statistics(items.size(), capacity, unfinished, putters.size(), getters.size());
  }

  @Override
  public final String toString() {
    return "queue of "
        + items.size()
        + (capacity == UNBOUNDED ? "" : "/" + capacity)
        + (shutDown ? ", shut down" : "");
  }
}
