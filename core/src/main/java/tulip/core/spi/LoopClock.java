// SPDX-License-Identifier: Apache-2.0
package tulip.core.spi;

/// The time of a loop. Called on the loop's thread only.
public interface LoopClock {
  /// What could end a wait besides the next timer.
  enum Outside {
    /// Nothing but another thread that calls the loop.
    NOTHING,
    /// A watched channel that becomes ready.
    CHANNELS,
    /// Work that is under way: a job in an executor, or a task that waits in foreign code.
    WORK
  }

  /// The time in nanoseconds since some moment in the past; never goes back.
  long time();

  /// Asked when nothing is ready: how many real nanoseconds the loop may wait for the timer at
  /// `deadline`. A clock that makes time itself moves to the deadline here and answers 0.
  ///
  /// @param deadline when the next timer is due; `Long.MAX_VALUE` when there is none
  /// @return `Long.MAX_VALUE` for as long as it takes
  long waitFor(long deadline, Outside outside);

  /// Told that a wait that [#waitFor] allowed has passed and nothing happened.
  default void waited(long deadline, Outside outside) {}

  /// Whether time passes by itself. If not, a timed wait in foreign code is an error.
  default boolean isReal() {
    return true;
  }
}
