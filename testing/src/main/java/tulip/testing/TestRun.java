// SPDX-License-Identifier: Apache-2.0
package tulip.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import tulip.core.Cancelled;
import tulip.core.ErrorContext;
import tulip.core.LoopOptions;
import tulip.core.TaskGroup;
import tulip.core.VirtualClock;
import tulip.testing.TestLoop.Code;
import tulip.testing.TulipTest.Leak;

/// One run of a test: its loop, and all that is watched while it runs.
final class TestRun {
  private final TestPlan.Run run;
  private final OpenResources resources = new OpenResources();
  private final ConcurrentLinkedQueue<ErrorContext> errors = new ConcurrentLinkedQueue<>();
  private final @Nullable ThreadWatch threads;
  private final @Nullable VirtualClock clock;
  private final TestLoop loop;
  private @Nullable TaskGroup group;

  private TestRun(TestPlan.Run run, boolean alone) {
    this.run = run;
    threads = alone ? ThreadWatch.begin() : null;
    clock =
        switch (run.clock()) {
          case VIRTUAL -> VirtualClock.autojump();
          case MANUAL -> VirtualClock.manual();
          case REAL -> null;
        };
    loop = TestLoop.open(options());
    loop.loop().setExceptionHandler(errors::add);
    loop.loop().setResourceTracker(resources);
  }

  /// @param alone whether no other test runs at the same time
  static TestRun begin(TestPlan.Run run, boolean alone) {
    return new TestRun(run, alone);
  }

  private LoopOptions options() {
    var options =
        LoopOptions.DEFAULT.withName("test").withEngine(run.engine()).withInterruptible(false);
    options = clock == null ? options : options.withClock(clock);
    return run.seed() == null ? options : options.withShuffle(run.seed());
  }

  TestLoop loop() {
    return loop;
  }

  VirtualClock clock() {
    if (clock == null) {
      throw new ParameterResolutionException("a test in real time has no VirtualClock");
    }
    return clock;
  }

  /// Opens the group that the test method gets.
  TaskGroup openGroup() {
    var open = group;
    if (open == null) {
      open = loop.call(TaskGroup::open);
      group = open;
    }
    return open;
  }

  /// Runs the test method.
  void runTest(Code method) throws Throwable {
    var open = group;
    loop.run(open == null ? method : () -> runIn(open, method));
  }

  private static void runIn(TaskGroup group, Code method) throws Throwable {
    try (group) {
      method.run();
    } catch (Cancelled e) {
      boolean byTheTest = e.scope() == group.scope() && e.getSuppressed().length == 0;
      if (!byTheTest) {
        throw e;
      }
    }
  }

  /// Ends the loop, and looks at what is left.
  ///
  /// @param failure of the test
  /// @throws AssertionError if there is anything
  void end(@Nullable Throwable failure) {
    var leaks = new ArrayList<Leftover>();
    try {
      loop.close(() -> leaks.addAll(resources.left()));
    } catch (RuntimeException | Error e) {
      leaks.add(new Leftover(Leak.TASK, "a loop that could not be ended: " + e, e));
    }
    if (loop.hasOpenScope()) {
      leaks.add(
          new Leftover(Leak.TASK, "a scope or task group that was entered and not left", null));
    }
    if (threads != null) {
      leaks.addAll(threads.end());
    }
    errors.forEach(error -> leaks.add(Leftover.of(error)));
    leaks.removeIf(leak -> run.allowed().contains(leak.kind()));
    if (failure != null) {
      loop.placesOfForce().forEach(failure::addSuppressed);
      tellSeed(failure);
    }
    if (!leaks.isEmpty()) {
      throw error(leaks);
    }
  }

  private AssertionError error(List<Leftover> leaks) {
    var error = Leftover.error(leaks);
    tellSeed(error);
    return error;
  }

  private void tellSeed(Throwable failure) {
    if (run.seed() != null) {
      failure.addSuppressed(
          new Leftover.Trace(
              "the tasks ran in a random order: -Dtulip.test.seed=" + run.seed() + " repeats it",
              new StackTraceElement[0]));
    }
  }
}
