// SPDX-License-Identifier: Apache-2.0
package tulip.core.diagnostics;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Tasks that no other task can wake.
///
/// At first all count as stuck that wait for holders known by name. Whoever else there is, is free:
/// it runs, or time or a stranger may wake it. Then freedom spreads: a task is freed by its last
/// holder that becomes free, or by its first where one is enough. Those that are left wait for at
/// least one of their own kind; following these ends in a ring.
final class Stuck {
  private final Map<Long, TaskSnapshot> stuck = new LinkedHashMap<>();
  private final Map<Long, Integer> stuckHolders = new HashMap<>();
  private final Map<Long, List<TaskSnapshot>> waitersOf = new HashMap<>();

  Stuck(List<TaskSnapshot> tasks) {
    for (var task : tasks) {
      if (!holders(task).isEmpty()) {
        stuck.put(task.task().id(), task);
      }
    }
    var free = new ArrayDeque<TaskSnapshot>();
    for (var task : List.copyOf(stuck.values())) {
      if (count(task)) {
        free.add(task);
      }
    }
    while (!free.isEmpty()) {
      var freed = free.remove();
      if (stuck.remove(freed.task().id()) != null) {
        for (var waiter : waitersOf.getOrDefault(freed.task().id(), List.of())) {
          int left = stuckHolders.merge(waiter.task().id(), -1, Integer::sum);
          if (left == 0 || isOneEnough(waiter)) {
            free.add(waiter);
          }
        }
      }
    }
  }

  /// Counts the holders of a task that are candidates; true if the task is free already.
  private boolean count(TaskSnapshot task) {
    int count = 0;
    boolean anyFree = false;
    for (var holder : holders(task)) {
      if (stuck.containsKey(holder.id())) {
        waitersOf.computeIfAbsent(holder.id(), _ -> new ArrayList<>()).add(task);
        count++;
      } else {
        anyFree = true;
      }
    }
    stuckHolders.put(task.task().id(), count);
    return count == 0 || (anyFree && isOneEnough(task));
  }

  private static List<TaskRef> holders(TaskSnapshot task) {
    var on = task.waitsFor();
    return on != null && (on.waker() == Waker.EVERY_HOLDER || on.waker() == Waker.ANY_HOLDER)
        ? on.holders()
        : List.of();
  }

  private static boolean isOneEnough(TaskSnapshot task) {
    return task.waitsFor() != null && task.waitsFor().waker() == Waker.ANY_HOLDER;
  }

  /// The rings, each beginning with its oldest task.
  List<List<TaskSnapshot>> cycles() {
    var cycles = new ArrayList<List<TaskSnapshot>>();
    var seen = new HashSet<Long>();
    for (var start : stuck.values()) {
      var path = new LinkedHashMap<Long, TaskSnapshot>();
      var task = start;
      while (task != null && seen.add(task.task().id())) {
        path.put(task.task().id(), task);
        task = next(task);
      }
      if (task != null && path.containsKey(task.task().id())) {
        cycles.add(ring(path, task.task().id()));
      }
    }
    return cycles;
  }

  private @Nullable TaskSnapshot next(TaskSnapshot task) {
    for (var holder : holders(task)) {
      var stuckHolder = stuck.get(holder.id());
      if (stuckHolder != null) {
        return stuckHolder;
      }
    }
    return null;
  }

  /// The end of a path, from where it comes back to; turned so that the oldest task is first.
  private static List<TaskSnapshot> ring(Map<Long, TaskSnapshot> path, long entry) {
    var ring = new ArrayList<TaskSnapshot>();
    path.forEach((id, task) -> {
      if (id == entry || !ring.isEmpty()) {
        ring.add(task);
      }
    });
    int oldest = 0;
    for (int i = 1; i < ring.size(); i++) {
      if (ring.get(i).task().id() < ring.get(oldest).task().id()) {
        oldest = i;
      }
    }
    var turned = new ArrayList<>(ring.subList(oldest, ring.size()));
    turned.addAll(ring.subList(0, oldest));
    return turned;
  }
}
