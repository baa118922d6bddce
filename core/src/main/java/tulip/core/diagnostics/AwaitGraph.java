// SPDX-License-Identifier: Apache-2.0
package tulip.core.diagnostics;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Who waits for whom: from each task over what it waits for to the tasks that hold that.
///
/// @param tasks all tasks of the loop, with their waits
/// @param cycles tasks that wait for each other in a ring, each for the next and the last for the
///   first, so that nothing but a cancellation can help them. Every task that is stuck behind a
///   ring leads to one of these, though a ring that shares a task with another may be left out
public record AwaitGraph(List<TaskSnapshot> tasks, List<List<TaskSnapshot>> cycles) {
  /// Copies the lists.
  public AwaitGraph {
    tasks = List.copyOf(tasks);
    cycles = cycles.stream().map(List::copyOf).toList();
  }

  static AwaitGraph of(List<TaskSnapshot> tasks) {
    return new AwaitGraph(tasks, new Stuck(tasks).cycles());
  }

  /// The cycles, then each task that waits with those that it waits for below it: a thousand rows
  /// and fifty levels at most.
  @Override
  public String toString() {
    return cyclesAsText() + new Drawing().draw();
  }

  /// One paragraph for each cycle.
  String cyclesAsText() {
    var text = new StringBuilder();
    for (var cycle : cycles) {
      text.append(cycle.size()).append(" tasks wait for each other:\n");
      cycle.forEach(task -> text.append("  ").append(task).append('\n'));
    }
    return text.toString();
  }

  /// A task that several others wait for is drawn with what is below it only once.
  private final class Drawing {
    private record Place(int depth, TaskRef task) {}

    private final TreeText text = new TreeText();
    private final Map<Long, TaskSnapshot> byId = new HashMap<>();
    private final Set<Long> awaited = new HashSet<>();
    private final Set<Long> drawn = new HashSet<>();
    private final ArrayDeque<Place> toDraw = new ArrayDeque<>();

    Drawing() {
      for (var task : tasks) {
        byId.put(task.task().id(), task);
        if (task.waitsFor() != null) {
          task.waitsFor().holders().forEach(holder -> awaited.add(holder.id()));
        }
      }
    }

    String draw() {
      for (var task : tasks) {
        if (task.waitsFor() != null && !awaited.contains(task.task().id())) {
          drawFrom(task.task());
        }
      }
      for (var task : tasks) { // what is left goes round in cycles
        if (task.waitsFor() != null && !drawn.contains(task.task().id())) {
          drawFrom(task.task());
        }
      }
      return text.toString();
    }

    private void drawFrom(TaskRef root) {
      toDraw.push(new Place(0, root));
      while (!toDraw.isEmpty()) {
        var place = toDraw.pop();
        var task = byId.get(place.task.id());
        if (task == null) {
          text.add(place.depth, place.task + " has ended");
        } else if (!drawn.add(place.task.id())) {
          text.add(place.depth, place.task + " (see above)");
        } else {
          text.add(place.depth, task);
          if (task.waitsFor() != null) {
            task.waitsFor()
                .holders()
                .reversed()
                .forEach(holder -> toDraw.push(new Place(place.depth + 1, holder)));
          }
        }
      }
    }
  }
}
