// SPDX-License-Identifier: Apache-2.0
package tulip.testing.loop;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A loop that is broken on purpose: one small edit of a source file of the core.
///
/// @param name what is wrong with it
/// @param file the source file, below the package `tulip.core`
/// @param text what stands there, exactly once, however it is laid out
/// @param instead what the mutant has in its place
/// @param rejectedBy the case of the contract that must fail
record Mutant(String name, String file, String text, String instead, String rejectedBy) {
  static final List<Mutant> ALL =
      List.of(
          new Mutant(
              "last in, first out",
              "EventLoop.java",
              "queue.append(call); } else { checkTurn();",
              "queue.prepend(call); } else { checkTurn();",
              "callbacksRunFirstInFirstOut"),
          new Mutant(
              "callbacks run inline",
              "EventLoop.java",
              "public Handle callSoon(Runnable callback) {",
              "public Handle callSoon(Runnable given) { given.run(); Runnable callback = () -> {};",
              "aCallbackNeverRunsInline"),
          new Mutant(
              "what a callback queues runs in the same iteration",
              "Turns.java",
              "give(queue.size(), end);",
              "give(1000, end);",
              "whatACallbackQueuesRunsInTheNextIteration"),
          new Mutant(
              "stop drops the rest of the iteration",
              "EventLoop.java",
              "stopping = true;",
              "stopping = true; while (queue.poll() != null) {}",
              "stopLetsTheCallbacksBehindItRun"),
          new Mutant(
              "failures of callbacks are swallowed",
              "EventLoop.java",
              "errors.report(\"exception in \" + source, t, source); } } private void callAndTime(",
              "} } private void callAndTime(",
              "aFailingCallbackIsReportedWithItsHandle"),
          new Mutant(
              "failures that nobody reads are forgotten",
              "Errors.java",
              "report( \"the failure of \" + failed + \" was never read\" + Traces.creationAsText(failed),"
                  + " failed.failure(), failed);",
              "",
              "aTaskThatFailsUnseenIsReportedWhenItEnds"),
          new Mutant(
              "timers before channels",
              "Turns.java",
              "poller.dispatch(); queue.collect(); if (!timers",
              "timers.expire(clock.time()); poller.dispatch(); queue.collect(); if (!timers",
              "timersComeAfterChannels"),
          new Mutant(
              "timers for the same time in the reverse order",
              "Timers.java",
              "timer.order = orders++;",
              "timer.order = -orders++;",
              "timersForTheSameTimeFireInTheOrderOfTheCalls"),
          new Mutant(
              "a cancelled timer fires",
              "Timer.java",
              "super.cancel(); loop.timers.remove(this);",
              "",
              "aCancelledTimerDoesNotFire"),
          new Mutant(
              "virtual time jumps over work that is under way",
              "VirtualClock.java",
              "|| outside == Outside.WORK",
              "",
              "virtualTimeWaitsForAJobInAnExecutor"),
          new Mutant(
              "another thread does not wake the loop",
              "engine/ReadyQueue.java",
              "wakeup.run();",
              "",
              "aCallOfAnotherThreadWakesTheLoop"),
          new Mutant(
              "resumption after the close throws",
              "engine/ReadyQueue.java",
              "if (!tryPost(ready)) { Reaper.take(ready);",
              "if (!tryPost(ready)) { throw new IllegalStateException(\"closed\");",
              "aForeignWaitThatOutlivesItsLoopUnwinds"),
          new Mutant(
              "a task that outlives its loop sleeps for ever",
              "Task.java",
              "fiber.abandon();",
              "",
              "aTaskThatOutlivesItsLoopUnwinds"),
          new Mutant(
              "a replaced reader is still called",
              "Readiness.java",
              "clear(operations); if",
              "if",
              "addingAReaderOrWriterAgainReplacesTheOldOne"),
          new Mutant(
              "done-callbacks run inline",
              "Future.java",
              "loop.enqueue(callback);",
              "callback.run();",
              "doneCallbacksRunInOrderAndNotInline"),
          new Mutant(
              "yield keeps the turn",
              "Tulip.java",
              "task.yieldTurn();",
              "",
              "aYieldingTaskLetsEachReadyCallbackRunOnce"),
          new Mutant(
              "a cancelled task never starts",
              "Task.java",
              "T result = code.call();",
              "throwIfCancelled(); T result = code.call();",
              "aTaskAlwaysGetsItsFirstTurn"),
          new Mutant(
              "cancellation does not end a wait",
              "Task.java",
              "abortedBy = takeCause(); wake = Wake.ABORTED;",
              "if (wake == Wake.NONE) { return; }",
              "aCancelledWaitThrowsWithTheReason"),
          new Mutant(
              "cancellation of a scope comes once",
              "Task.java",
              "return scope.isEffective() ? scope : null;",
              "return scope.isEffective() && abortedBy == null ? scope : null;",
              "whoSwallowsCancellationGetsItAgain"),
          new Mutant(
              "a group keeps its first failure only",
              "TaskGroup.java",
              "failure.add(problem);",
              "",
              "noFailureIsLost"));

  /// The mutant's source.
  ///
  /// @throws AssertionError if the edit does not fit the source exactly once
  String applyTo(String source) {
    var pattern =
        text.chars()
            .filter(c -> !Character.isWhitespace(c))
            .mapToObj(c -> Pattern.quote(Character.toString(c)))
            .collect(joining("\\s*"));
    var places = Pattern.compile(pattern).matcher(source);
    if (places.results().count() != 1) {
      throw new AssertionError(
          "the mutant \"" + name + "\" does not fit " + file + " exactly once: adapt its text");
    }
    return places.replaceFirst(Matcher.quoteReplacement(instead));
  }

  @Override
  public String toString() {
    return name;
  }
}
