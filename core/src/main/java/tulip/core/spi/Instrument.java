// SPDX-License-Identifier: Apache-2.0
package tulip.core.spi;

import tulip.core.Task;

/// Is told what the loop does with its tasks: trio's instruments.
///
/// [tulip.core.EventLoop#addInstrument] puts one in, at run time too. A loop without instruments
/// does nothing for them. One that throws is taken out, and reported to the exception handler.
///
/// All methods are called by whoever has the turn, on the loop's bare thread most of the time: they
/// must neither wait nor take a lock that a task may hold, and should be short.
///
/// Callbacks are not tasks and have no events.
public interface Instrument {
  /// The loop begins to run; a pumped one does so every time.
  default void beforeRun() {}

  /// The loop has ceased to run.
  default void afterRun() {}

  /// A task was started, by the one that has the turn. Its first turn comes later.
  default void taskSpawned(Task<?> task) {}

  /// A task was made ready, for its first turn or by the end of a wait of Tulip's. The end of a
  /// wait in foreign code is not seen before [#beforeTaskStep].
  default void taskScheduled(Task<?> task) {}

  /// A task is about to get the turn.
  default void beforeTaskStep(Task<?> task) {}

  /// A task has given the turn back. It waits for [Task#waitingFor], or is done, or waits in
  /// foreign code if it is neither.
  default void afterTaskStep(Task<?> task) {}

  /// A task has ended; its last step is about to.
  default void taskExited(Task<?> task) {}

  /// The loop is about to wait for channels, other threads and time, or to look at its channels. A
  /// guest waits elsewhere, unseen.
  ///
  /// @param nanos how long at most; 0 for a look, `Long.MAX_VALUE` for as long as it takes
  default void beforeIoWait(long nanos) {}

  /// The wait is over.
  ///
  /// @param nanos how long it should have been at most
  default void afterIoWait(long nanos) {}
}
