// SPDX-License-Identifier: Apache-2.0
package tulip.core.pool;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// What comes out of [Pool]: results to iterate over once.
///
/// They are for whoever asked for them: the task that called [Pool], or one thread at a time. In a
/// task they are a [scope][tulip.core.Scope] too: they are closed before what was opened before
/// them.
///
/// @param <R> the results
public sealed interface Results<R extends @Nullable Object> extends Iterable<R>, AutoCloseable
    permits TaskResults, ThreadResults {
  /// The results that are left; every call returns the same iterator.
  ///
  /// Its `hasNext` waits for the next result. It throws the first failure of a call or of the
  /// source: an unchecked one as it is, a checked one as the cause of a
  /// [java.util.concurrent.CompletionException]. In a task it throws [tulip.core.Cancelled] if that
  /// was cancelled, and so are the calls then; in other threads an interrupt has it throw a
  /// [java.util.concurrent.CancellationException] with the thread's flag set.
  @Override
  Iterator<R> iterator();

  /// Cancels what is under way, and waits until no task of it is left. Does nothing the second
  /// time.
  ///
  /// Throws a failure, as the iterator would, if the iteration has not thrown it.
  @Override
  void close();
}
