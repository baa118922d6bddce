// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tulip.core.LoopOptions.Engine;
import tulip.core.engine.Fiber;
import tulip.core.engine.Ready;
import tulip.core.engine.ReadyQueue;

/// Model-checks the real code: runs a small program in every order in which its tasks can get the
/// turn, and with cancellations at every moment.
///
/// ```java
/// Explorer.on(Engine.CARRIER).cancelling(1, How.REQUEST).explore(play -> {
///   var lock = new Lock();
///   play.task("a", () -> lock.run(() -> Tulip.yield()));
///   play.task("b", () -> lock.run(() -> Tulip.yield()));
///   play.atEnd(() -> assertFalse(lock.isLocked()));
/// });
/// ```
///
/// A task has the turn until it waits, so all that is left to chance is who of those that are ready
/// goes next, and what comes from outside in between. The explorer is a task that takes the others
/// out of the loop's queue and puts one back at a time, and walks the tree of these choices depth
/// first; each leaf is a run of the program from its beginning. A loop gives turns first in, first
/// out: what holds in any order holds in that one, too. So [Tulip#yield] between two steps of a
/// task says that anything may happen between them.
///
/// A run fails if a check does, if a task fails, or if nobody can go on before all have ended. The
/// error tells the schedule.
public final class Explorer {
  /// How a task is cancelled.
  public enum How {
    /// As asyncio does, once.
    REQUEST,
    /// The scope of the whole task: each later wait throws too.
    SCOPE
  }

  /// A program that begins anew for each run: it makes what its tasks share, and starts them.
  @FunctionalInterface
  public interface Program {
    void begin(Play play);
  }

  private final Engine engine;
  private final int cancels;
  private final How how;

  private Explorer(Engine engine, int cancels, How how) {
    this.engine = engine;
    this.cancels = cancels;
    this.how = how;
  }

  /// An explorer that cancels nobody.
  public static Explorer on(Engine engine) {
    return new Explorer(engine, 0, How.REQUEST);
  }

  /// The same with so many cancellations at most in each run, of any task at any moment.
  public Explorer cancelling(int times, How way) {
    return new Explorer(engine, times, way);
  }

  /// Runs all schedules of a program.
  ///
  /// @return how many there are
  public int explore(Program program) throws Exception {
    var choices = new Choices();
    OnLoop.run(
        OnLoop.options(engine),
        () -> {
          do {
            new Play(choices).run(program);
          } while (choices.next());
          return null;
        });
    return choices.runs;
  }

  /// The way through the tree of choices.
  private static final class Choices {
    private record Choice(int taken, int ways) {}

    private final ArrayList<Choice> path = new ArrayList<>();
    private int depth;
    int runs = 1;

    /// Takes one of several ways: that of the present run.
    int among(int ways) {
      if (depth == path.size()) {
        path.add(new Choice(0, ways));
      }
      var choice = path.get(depth++);
      if (choice.ways != ways) {
        throw new AssertionError(
            "the same schedule came to another choice: " + choice + ", " + ways);
      }
      return choice.taken;
    }

    /// Turns to the next run, if there is one.
    boolean next() {
      depth = 0;
      while (!path.isEmpty()) {
        var last = path.removeLast();
        if (last.taken + 1 < last.ways) {
          path.add(new Choice(last.taken + 1, last.ways));
          runs++;
          return true;
        }
      }
      return false;
    }
  }

  /// One run of a program.
  public final class Play {
    private final Choices choices;
    private final ReadyQueue queue = EventLoop.current().queue;
    private final ArrayList<Task<?>> tasks = new ArrayList<>();
    private final ArrayList<String> schedule = new ArrayList<>();

    /// Who could have the turn: all that stood in the loop's own queue.
    private final ArrayList<Ready> ready = new ArrayList<>();

    private Runnable always = () -> {};
    private Runnable atEnd = () -> {};
    private int cancelsLeft = cancels;
    private @Nullable Throwable failure;

    private Play(Choices choices) {
      this.choices = choices;
    }

    /// Starts a task.
    public Task<?> task(String name, Action<?> code) {
      var task = EventLoop.current().createTask(name, () -> perform(code));
      tasks.add(task);
      return task;
    }

    /// Has something checked before each choice, while no task has the turn.
    public void always(Runnable check) {
      always = check;
    }

    /// Has something checked when all tasks have ended.
    public void atEnd(Runnable check) {
      atEnd = check;
    }

    private @Nullable Void perform(Action<?> code) {
      try {
        code.run();
      } catch (Cancelled e) {
        throw e;
      } catch (Throwable t) {
        failure = t;
      }
      return null;
    }

    private void run(Program program) {
      try {
        program.begin(this);
        while (step()) {
          if (failure != null) {
            throw failure;
          }
        }
        checkAllHaveEnded();
        atEnd.run();
      } catch (Throwable t) {
        ready.forEach(queue::append);
        throw new AssertionError(t + ", in run " + choices.runs + ": " + schedule, t);
      }
    }

    /// Chooses who has the turn or is cancelled.
    ///
    /// @return false if nobody can go on
    private boolean step() {
      for (var next = queue.poll(); next != null; next = queue.poll()) {
        ready.add(next);
      }
      always.run();
      if (ready.isEmpty()) {
        return false;
      }
      var victims = cancelsLeft == 0 ? List.<Task<?>>of() : alive();
      int way = choices.among(ready.size() + victims.size());
      if (way < ready.size()) {
        giveTurn(ready.remove(way));
      } else {
        cancel(victims.get(way - ready.size()));
      }
      return true;
    }

    private List<Task<?>> alive() {
      return tasks.stream().filter(task -> !task.isDone()).toList();
    }

    private void giveTurn(Ready next) {
      schedule.add(String.valueOf(next instanceof Fiber fiber ? fiber.body() : next));
      queue.append(next);
      Tulip.yield();
    }

    private void cancel(Task<?> task) {
      schedule.add("cancel " + task);
      cancelsLeft--;
      switch (how) {
        case REQUEST -> task.cancel("by the explorer");
        case SCOPE -> task.taskScope().cancel("by the explorer");
      }
    }

    private void checkAllHaveEnded() {
      for (var task : tasks) {
        if (!task.isDone()) {
          throw new AssertionError(task + " waits for ever for " + task.waitingFor());
        }
      }
    }
  }
}
