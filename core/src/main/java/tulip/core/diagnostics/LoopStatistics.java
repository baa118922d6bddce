// SPDX-License-Identifier: Apache-2.0
package tulip.core.diagnostics;

/// What a loop has done since it was made: a snapshot that does not change.
///
/// @param iterations how often the loop went round
/// @param turns how often a task got the turn, or a row of callbacks
/// @param callbacks how many callbacks were made, those of timers among them; a row of them counts
///   when all are done
/// @param tasksStarted how many tasks were started
/// @param tasks how many of them have not ended
/// @param strangerTurns how many turns went to virtual threads that are no tasks
/// @param iterationTimes how long the loop took to go round, waits for something to do excluded: so
///   long, at most, what became ready had to wait. Iterations that follow each other without a wait
///   are timed sixteen at a time, and count with their mean, while sixteen take less than 100
///   microseconds; the first that takes longer counts together with those it was timed with
/// @param timerLag how long after their time timers fired; empty for a clock that is not real
public record LoopStatistics(
    long iterations,
    long turns,
    long callbacks,
    long tasksStarted,
    int tasks,
    long strangerTurns,
    Histogram iterationTimes,
    Histogram timerLag) {}
