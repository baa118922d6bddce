// SPDX-License-Identifier: Apache-2.0
package tulip.core.sync;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tulip.core.Task;

/// Who holds a [RwLock], how often, and whether one of them has ended.
///
/// A holder is asked to tell of its end only while somebody waits.
final class Holders {
  private final Runnable holderEnded;

  /// How often each task holds the read side.
  private final LinkedHashMap<Task<?>, Integer> reads = new LinkedHashMap<>();

  private @Nullable Task<?> writer;
  private int writes;
  private boolean watching;
  private @Nullable Task<?> ended;

  /// @param holderEnded called when a holder ends while it is watched
  Holders(Runnable holderEnded) {
    this.holderEnded = holderEnded;
  }

  @Nullable Task<?> writer() {
    return writer;
  }

  List<Task<?>> readers() {
    return List.copyOf(reads.keySet());
  }

  /// All of them, each once.
  List<Task<?>> tasks() {
    var tasks = new LinkedHashSet<>(reads.keySet());
    if (writer != null) {
      tasks.add(writer);
    }
    return List.copyOf(tasks);
  }

  boolean isRead() {
    return !reads.isEmpty();
  }

  boolean isWritten() {
    return writer != null;
  }

  boolean writes(Task<?> task) {
    return writer == task;
  }

  boolean reads(Task<?> task) {
    return reads.containsKey(task);
  }

  /// Any of them: all are tasks of one loop.
  Task<?> any() {
    return writer != null ? writer : reads.keySet().iterator().next();
  }

  void add(Task<?> task, boolean writing) {
    if (writing) {
      writer = task;
      writes++;
    } else {
      reads.merge(task, 1, Integer::sum);
    }
    if (watching) {
      watch(task);
    }
  }

  /// Takes one hold away.
  ///
  /// @return false if the task has none on that side
  boolean remove(Task<?> task, boolean writing) {
    if (writing) {
      if (writer != task) {
        return false;
      }
      if (--writes == 0) {
        writer = null;
      }
    } else {
      var times = reads.get(task);
      if (times == null) {
        return false;
      }
      if (times == 1) {
        reads.remove(task);
      } else {
        reads.put(task, times - 1);
      }
    }
    if (writer != task && !reads.containsKey(task)) {
      task.removeEndHook(holderEnded);
    }
    return true;
  }

  /// Somebody is about to wait: asks all, now and from now on, to tell when they end.
  void watch() {
    if (!watching) {
      watching = true;
      reads.keySet().forEach(this::watch);
      if (writer != null) {
        watch(writer);
      }
    }
  }

  private void watch(Task<?> holder) {
    if (holder.isDone()) {
      ended = holder;
    } else {
      holder.removeEndHook(holderEnded);
      holder.addEndHook(holderEnded);
    }
  }

  /// Nobody waits any more: new holders need not tell.
  void unwatch() {
    watching = false;
  }

  /// The one that has ended with the lock in hand, if that has been noticed.
  @Nullable Task<?> ended() {
    return ended;
  }

  /// Finds the one that has just ended.
  void findEnded() {
    for (var holder : reads.keySet()) {
      if (holder.isDone()) {
        ended = holder;
      }
    }
    if (writer != null && writer.isDone()) {
      ended = writer;
    }
  }

  @Override
  public String toString() {
    if (writer == null && reads.isEmpty()) {
      return " that nobody holds";
    }
    var text = new StringBuilder();
    if (writer != null) {
      text.append(" written by ").append(writer.name());
    }
    if (!reads.isEmpty()) {
      text.append(writer == null ? "" : " and").append(" read by ");
      text.append(WaitList.names(readers()));
    }
    return text.toString();
  }
}
